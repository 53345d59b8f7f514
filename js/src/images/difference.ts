/** How two pictures differ, pixel by pixel. Pure. */

/** What is drawn: with its sign, in two colours, or its size, in grey. */
export type DifferenceKind = "signed" | "absolute";

export interface Difference {
  /** RGBA, row by row. */
  pixels: Uint8ClampedArray<ArrayBuffer>;
  /** The largest there is, and the mean of all, in levels of 0 to 255. */
  largest: number;
  mean: number;
  /** Pixels that differ at all. */
  count: number;
}

/** The ends of the signed scale, RGB: where the first is brighter, and where the second is; between them grey. */
export const MORE = [214, 96, 24] as const;
export const LESS = [27, 96, 200] as const;
const NONE = 128;

/** Parts of ten thousand that the eye takes each colour for (Rec. 709); whole, so that the difference of greys is exact. */
const WEIGHTS = [2126, 7152, 722] as const;

/**
 * First minus second.
 *
 * The largest difference is drawn in full colour, so that the smallest can be seen. Signed differences are those of
 * brightness; the absolute one is that of the colour that differs most, opacity among them.
 *
 * @param first RGBA
 * @param second as many
 */
export function differenceOf(first: Uint8ClampedArray, second: Uint8ClampedArray, kind: DifferenceKind): Difference {
  const count = first.length / 4;
  const values = new Float32Array(count);
  let [largest, sum, differing] = [0, 0, 0];
  for (let i = 0, at = 0; i < count; i++, at += 4) {
    const value = kind === "signed" ? brighter(first, second, at) : farthest(first, second, at);
    values[i] = value;
    const size = Math.abs(value);
    if (size > largest) largest = size;
    if (size > 0) differing += 1;
    sum += size;
  }
  const pixels = new Uint8ClampedArray(first.length);
  const scale = largest === 0 ? 0 : 1 / largest;
  for (let i = 0, at = 0; i < count; i++, at += 4) {
    const share = values[i]! * scale;
    const end = share < 0 ? LESS : MORE;
    for (let channel = 0; channel < 3; channel++) {
      pixels[at + channel] = kind === "signed" ? NONE + (end[channel]! - NONE) * Math.abs(share) : 255 * share;
    }
    pixels[at + 3] = 255;
  }
  return { pixels, largest, mean: count === 0 ? 0 : sum / count, count: differing };
}

function brighter(first: Uint8ClampedArray, second: Uint8ClampedArray, at: number): number {
  let value = 0;
  for (let channel = 0; channel < 3; channel++) value += WEIGHTS[channel]! * (first[at + channel]! - second[at + channel]!);
  return value / 10_000;
}

function farthest(first: Uint8ClampedArray, second: Uint8ClampedArray, at: number): number {
  let value = 0;
  for (let channel = 0; channel < 4; channel++) value = Math.max(value, Math.abs(first[at + channel]! - second[at + channel]!));
  return value;
}
