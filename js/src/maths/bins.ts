/** The bins of a histogram as they were counted, made fit to be drawn. */

export interface Bins {
  /** Edges in ascending order; a bin that holds one value only has both edges there. */
  left: Float64Array;
  right: Float64Array;
  count: Float64Array;
  /** Of all counts. */
  total: number;
  /** The least and the greatest value; where that is not told the outermost edges. */
  low: number;
  high: number;
  /** The first bin holds all that lies below it, the last all that lies above. */
  openLeft: boolean;
  openRight: boolean;
}

/** TensorFlow's outermost limits are ±1.8e308: they bound nothing. */
const FAR = 1e300;
/** Less than this cannot be divided by. */
const SMALLEST = 1e-280;

/**
 * Bins without the empty ones at both ends.
 *
 * An edge that bounds nothing (±∞, ±1.8e308) moves to the least or greatest value that there is; where that is not told,
 * to the bin's other edge.
 *
 * @param told the least and the greatest value; what does not lie in the first or the last bin is not believed
 * @returns null where nothing was counted
 */
export function binsOf(
  { left, right, count }: Readonly<Record<"left" | "right" | "count", Float64Array>>,
  told: Readonly<Record<"min" | "max", number>> = { min: NaN, max: NaN },
): Bins | null {
  const sound = soundBins(left, right, count);
  const first = sound.count.findIndex((one) => one > 0);
  const last = sound.count.findLastIndex((one) => one > 0);
  if (first < 0) return null;
  const bins = {
    left: sound.left.slice(first, last + 1),
    right: sound.right.slice(first, last + 1),
    count: sound.count.subarray(first, last + 1),
  };
  const [least, greatest] = [bins.left[0]!, bins.right.reduce((most, edge) => Math.max(most, edge), -Infinity)];
  const ordered = !(told.min > told.max);
  const low = ordered && told.min >= least && told.min <= bins.right[0]! && Math.abs(told.min) < FAR ? told.min : null;
  const high = ordered && told.max <= greatest && told.max >= bins.left.at(-1)! && Math.abs(told.max) < FAR ? told.max : null;
  if (least <= -FAR && low !== null) bins.left[0] = low;
  if (bins.right.at(-1)! >= FAR && high !== null) bins.right[bins.right.length - 1] = high;
  const openLeft = bins.left[0]! <= -FAR;
  const openRight = bins.right.at(-1)! >= FAR;
  for (let i = 0; i < bins.count.length; i++) {
    const [low, high] = [bins.left[i]!, bins.right[i]!];
    if (low <= -FAR) bins.left[i] = high >= FAR ? 0 : high;
    if (high >= FAR) bins.right[i] = bins.left[i]!;
  }
  const [from, to] = edgesOf(bins);
  return { ...bins, total: bins.count.reduce((sum, one) => sum + one, 0), low: low ?? from, high: high ?? to, openLeft, openRight };
}

/** The bins that make sense, from left to right: nearly always those that were given. */
function soundBins(left: Float64Array, right: Float64Array, count: Float64Array): Pick<Bins, "left" | "right" | "count"> {
  const isSound = (i: number) => count[i]! >= 0 && count[i]! < FAR && left[i]! <= right[i]! && left[i]! < FAR && right[i]! > -FAR;
  let inOrder = true;
  for (let i = 0; i < count.length && inOrder; i++) inOrder = isSound(i) && (i === 0 || left[i - 1]! <= left[i]!);
  if (inOrder) return { left, right, count };
  const kept = Uint32Array.from(count.keys()).filter(isSound);
  kept.sort((a, b) => left[a]! - left[b]! || right[a]! - right[b]!);
  const pick = (from: Float64Array) => Float64Array.from(kept, (i) => from[i]!);
  return { left: pick(left), right: pick(right), count: pick(count) };
}

/** From the lowest edge to the highest. */
export function edgesOf({ left, right }: Pick<Bins, "left" | "right">): [number, number] {
  // The last bin need not be the one that reaches furthest: bins of a file may overlap.
  return [left[0]!, right.reduce((most, edge) => Math.max(most, edge), -Infinity)];
}

/** The range that holds several; of one value only what makes it a range. */
export function spanOf(all: readonly (readonly [number, number])[]): [number, number] {
  const low = all.reduce((least, [from]) => Math.min(least, from), Infinity);
  const high = all.reduce((most, [, to]) => Math.max(most, to), -Infinity);
  if (low > high) return [0, 1];
  const size = Math.max(Math.abs(low), Math.abs(high));
  // Closer than that the numbers of an axis cannot be told apart.
  if (high - low > Math.max(size * 1e-12, SMALLEST)) return [low, high];
  const room = size > SMALLEST ? size / 10 : 0.5;
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
