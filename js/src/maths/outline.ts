/** The outline of a histogram: one stair a bin, as high as the bin is dense, or as what it counts. */
import type { Bins } from "./bins";
import { pixelsOf, type Axis } from "./scale";

/** What a stair's height stands for: the share of all values per unit of x, or the values counted. */
export type Measure = "density" | "count";

/** Stairs from left to right; between two that do not touch there is nothing. */
export interface Outline {
  /** Pixels. */
  from: Float64Array;
  to: Float64Array;
  height: Float64Array;
  /** Whether a stair is a spike: most of its values lie in a bin that is a fraction of a pixel wide. */
  spike: Uint8Array;
}

/** What heights are drawn against. */
export interface Heights {
  peak: number;
  /** Lowest that is there. */
  least: number;
  log: boolean;
}

/** How far a spike may rise, as a share of the peak of what is none. */
export const TALLEST = 1.15;
/** Stairs are at least so wide, pixels: what is finer is noise to the eye. */
const FINE = 2;
/** A bin narrower than this, in pixels, that holds most of what its stair does makes it a spike. */
const SLIM = 1 / 8;
/** Of a logarithmic height. */
const MOST_DECADES = 6;

/**
 * The outline over an axis of `width` pixels.
 *
 * Neighbours narrower than a stair's least width are joined until they fill it: the density is that of all of them, and the highest of
 * their counts is shown.
 */
export function outlineOf(bins: Bins, axis: Axis, start: number, width: number, measure: Measure): Outline {
  const { left, right, count, total } = bins;
  const toPixel = pixelsOf(axis, start, width);
  const perPixel = (axis.to - axis.from) / width;
  const stairs: { from: number; to: number; height: number; spike: boolean }[] = [];
  const none = { from: NaN, to: NaN, sum: 0, most: 0, slim: false };
  let open = none;
  const close = () => {
    const { from, to, sum, most, slim } = open;
    open = none;
    if (sum === 0) return;
    const wide = Math.max(FINE, to - from);
    const middle = (from + to) / 2;
    const height = measure === "count" ? most : sum / total / (wide * perPixel);
    const stair = { from: middle - wide / 2, to: middle + wide / 2, height, spike: slim && 2 * most > sum };
    const before = stairs.at(-1);
    // A crack narrower than any stair tells of fine bins that happen to be empty: it is no gap in what was counted.
    if (before !== undefined && stair.from > before.to && stair.from - before.to < FINE) before.to = stair.from = (before.to + stair.from) / 2;
    stairs.push(stair);
  };
  for (let i = 0; i < count.length; i++) {
    const [one, from, to] = [count[i]!, toPixel(left[i]!), toPixel(right[i]!)];
    if (open.sum > 0 && (to - from >= FINE || from - open.from >= FINE)) close();
    if (one === 0) continue;
    const most = one > open.most;
    open = {
      from: open.sum === 0 ? from : open.from,
      to: open.sum === 0 ? to : Math.max(open.to, to),
      sum: open.sum + one,
      most: most ? one : open.most,
      slim: most ? to - from < SLIM : open.slim,
    };
    if (open.to - open.from >= FINE) close();
  }
  close();
  const column = (of: (stair: (typeof stairs)[number]) => number) => Float64Array.from(stairs, of);
  return {
    from: column(({ from }) => from),
    to: column(({ to }) => to),
    height: column(({ height }) => height),
    spike: Uint8Array.from(stairs, ({ spike }) => (spike ? 1 : 0)),
  };
}

/**
 * What the heights of several outlines are drawn against: the highest that is no spike.
 *
 * The density of a spike (the zeros of a ReLU) would only say how fine the screen is, and flatten all else; where there
 * are spikes alone they are compared with each other. A count is a count.
 */
export function heightsOf(outlines: readonly Outline[], measure: Measure, log: boolean): Heights {
  let [wide, all, least] = [0, 0, Infinity];
  for (const { height, spike } of outlines) {
    for (let i = 0; i < height.length; i++) {
      const one = height[i]!;
      if (one > all) all = one;
      if (one > wide && (spike[i] === 0 || measure === "count")) wide = one;
      if (one > 0 && one < least) least = one;
    }
  }
  const peak = wide || all || 1;
  return { peak, least: Math.min(peak, least), log };
}

/** A height as a share of the peak, up to `TALLEST`. */
export function shareOf(height: number, heights: Heights): number {
  if (height <= 0) return 0;
  const { peak } = heights;
  if (!heights.log) return Math.min(TALLEST, height / peak);
  return Math.max(0, Math.min(TALLEST, 1 + Math.log10(height / peak) / decadesOf(heights)));
}

/** The height that is drawn at a share of the peak. */
export function heightAt(share: number, heights: Heights): number {
  return heights.log ? heights.peak * 10 ** ((share - 1) * decadesOf(heights)) : heights.peak * share;
}

/** The lowest stands half a decade above the ground, so that it is seen. */
function decadesOf({ peak, least }: Heights): number {
  return Math.min(MOST_DECADES, Math.log10(peak / least) + 0.5);
}
