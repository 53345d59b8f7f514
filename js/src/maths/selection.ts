/** What a selected range says of a curve. Pure. */
import { firstFrom } from "./polyline";

/** Of the finite values in a range, in their order. */
export interface RangeStats {
  first: number;
  last: number;
  /** `last` − `first`. */
  change: number;
  mean: number;
  min: number;
  max: number;
  count: number;
  /** Values in the range that are no finite numbers: nothing else here knows them. */
  leftOut: number;
  /** Indices of the first point in the range and the first behind it. */
  start: number;
  end: number;
}

/**
 * Sum up the points of a curve whose x lies in [from, to].
 *
 * @param x ascending
 * @param shift subtracted from each x
 * @param y same length
 * @returns null if no point, or none with a finite value, lies there
 */
export function statsOf(x: Float64Array, shift: number, y: Float64Array, from: number, to: number): RangeStats | null {
  const start = firstFrom(x, from + shift);
  const end = firstBehind(x, to + shift, start);
  let first = NaN;
  let last = NaN;
  let mean = 0;
  let min = Infinity;
  let max = -Infinity;
  let count = 0;
  for (let i = start; i < end; i++) {
    const value = y[i]!;
    if (!Number.isFinite(value)) continue;
    if (count === 0) first = value;
    last = value;
    count += 1;
    // A running mean: the sum of large values could overflow.
    mean += (value - mean) / count;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (count === 0) return null;
  return { first, last, change: last - first, mean, min, max, count, leftOut: end - start - count, start, end };
}

/** Index of the first value above `limit`, from `start` on. */
function firstBehind(values: Float64Array, limit: number, start: number): number {
  let [low, high] = [start, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The ends after one was moved to `to`: moved across the other they change places, so that they stay in order. */
export function movedEnds(ends: readonly [number, number], moved: 0 | 1, to: number): [number, number] {
  const other = ends[1 - moved]!;
  return to <= other ? [to, other] : [other, to];
}
