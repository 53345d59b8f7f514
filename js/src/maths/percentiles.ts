/** TensorBoard's bands of a distribution, from a histogram's bins. */
import type { Bins } from "./bins";

/** Of the normal distribution at −∞, −1.5, −1, −0.5, 0, 0.5, 1, 1.5 and ∞ deviations, in hundredths of a per cent. */
export const BASIS_POINTS = [0, 668, 1587, 3085, 5000, 6915, 8413, 9332, 10_000] as const;
/** What they are called, from the lowest. */
export const BAND_NAMES = ["min", "7%", "16%", "31%", "50%", "69%", "84%", "93%", "max"] as const;

/** In hundredths of a per cent: beyond them a value is rare. */
const RARE = [50, 9950] as const;

/**
 * The values at TensorBoard's basis points.
 *
 * As its `compressor.py` has it: values are taken to be spread evenly within a bin, in the first from the least value on,
 * in the last up to the greatest, and where a share falls on an edge the value is that of the next bin that counts
 * anything.
 */
export function bandsOf(bins: Bins): Float64Array {
  return valuesAt(bins, BASIS_POINTS);
}

/** Between which values all lie but the rare ones: half a per cent at either end. */
export function innerOf(bins: Bins): [number, number] {
  const [low, high] = valuesAt(bins, RARE);
  return [low!, high!];
}

/** @param points in ascending order */
function valuesAt({ left, right, count, total, low: lowest, high: highest }: Bins, points: readonly number[]): Float64Array {
  const found = new Float64Array(points.length).fill(highest);
  let [at, before] = [0, 0];
  for (let i = 0; i < count.length && at < points.length; i++) {
    if (count[i]! <= 0) continue;
    const sum = before + count[i]!;
    const low = before === 0 ? lowest : Math.max(left[i]!, lowest);
    const high = Math.max(low, Math.min(right[i]!, highest));
    while (at < points.length && (points[at]! * total) / 10_000 < sum) {
      const share = ((points[at]! * total) / 10_000 - before) / count[i]!;
      found[at] = low + share * (high - low);
      at += 1;
    }
    before = sum;
  }
  return found;
}
