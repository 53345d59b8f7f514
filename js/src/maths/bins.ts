/** The bins of a histogram as they were counted, made fit to be drawn. */

export interface Bins {
  /** Edges in ascending order; a bin that holds one value only has both edges there. */
  left: Float64Array;
  right: Float64Array;
  count: Float64Array;
  /** Of all counts. */
  total: number;
  /** The first bin holds all that lies below it, the last all that lies above. */
  openLeft: boolean;
  openRight: boolean;
}

/** TensorFlow's outermost limits are ±1.8e308: they bound nothing. */
const FAR = 1e300;

/**
 * Bins without the empty ones at both ends.
 *
 * An edge that bounds nothing (±∞, ±1.8e308) moves to the bin's other one, where there is nothing known about how far
 * its values lie.
 *
 * @returns null where nothing was counted
 */
export function binsOf({ left, right, count }: Readonly<Record<"left" | "right" | "count", Float64Array>>): Bins | null {
  const kept: number[] = [];
  for (let i = 0; i < count.length; i++) if (count[i]! >= 0 && left[i]! <= right[i]!) kept.push(i);
  kept.sort((a, b) => left[a]! - left[b]! || right[a]! - right[b]!);
  const first = kept.findIndex((i) => count[i]! > 0);
  const last = kept.findLastIndex((i) => count[i]! > 0);
  if (first < 0) return null;
  const pick = (from: Float64Array) => Float64Array.from(kept.slice(first, last + 1), (i) => from[i]!);
  const bins = { left: pick(left), right: pick(right), count: pick(count) };
  const openLeft = bins.left[0]! <= -FAR;
  const openRight = bins.right.at(-1)! >= FAR;
  for (let i = 0; i < bins.count.length; i++) {
    const [low, high] = [bins.left[i]!, bins.right[i]!];
    if (low <= -FAR) bins.left[i] = high >= FAR ? 0 : high;
    if (high >= FAR) bins.right[i] = bins.left[i]!;
  }
  return { ...bins, total: bins.count.reduce((sum, one) => sum + one, 0), openLeft, openRight };
}

/** From the lowest to the highest edge of several; of one value only what makes it a range. */
export function spanOf(all: readonly Bins[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { left, right } of all) {
    low = Math.min(low, left[0]!);
    // The last bin need not be the one that reaches furthest: bins of a file may overlap.
    for (const edge of right) if (edge > high) high = edge;
  }
  if (low > high) return [0, 1];
  const room = low === high ? Math.max(Math.abs(low) / 10, 0.5 * (low === 0 ? 1 : 0)) : 0;
  return [low - room, high + room];
}

/** The bin that a value lies in, or the nearest within `reach`; −1 if there is none. */
export function binAt({ left, right }: Bins, value: number, reach: number): number {
  let best = -1;
  let distance = reach;
  for (let i = 0; i < left.length; i++) {
    if (value >= left[i]! && value < right[i]!) return i;
    const away = value < left[i]! ? left[i]! - value : value - right[i]!;
    if (away <= distance) [best, distance] = [i, away];
  }
  return best;
}
