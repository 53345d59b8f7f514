/** Which step of a series is looked at. Pure. */

/** The steps of several series, each once, ascending; those that are not known (NaN) are left out. */
export function unionOf(all: readonly Float64Array[]): number[] {
  const steps = new Set<number>();
  for (const [i, one] of all.entries()) {
    // What is recorded together has the same steps.
    if (i > 0 && same(one, all[i - 1]!)) continue;
    for (const step of one) if (!Number.isNaN(step)) steps.add(step);
  }
  return [...steps].sort((a, b) => a - b);
}

function same(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((step, i) => step === b[i]);
}

/**
 * Where a step stands among others: at the last that is not behind it, else at the first.
 *
 * @param steps ascending, those that are not known (NaN) before the others
 * @param step null: the newest
 * @returns −1 where no step is known
 */
export function placeOf(steps: ArrayLike<number>, step: number | null): number {
  const last = steps.length - 1;
  if (last < 0 || Number.isNaN(steps[last]!)) return -1;
  if (step === null) return last;
  let [low, high] = [0, last];
  // An unknown step is no later than any other.
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (steps[middle]! > step) high = middle - 1;
    else low = middle;
  }
  return Number.isNaN(steps[low]!) ? low + 1 : low;
}
