/** What a person points at in a ridge or an overlay: a bin of a row. */
import type { ArrowKey } from "../figures/plate";
import type { Layer } from "../figures/layers";
import { binAt } from "../maths/bins";
import { share, valueAt, type Axis, type Scales } from "../maths/scale";
import type { Outline } from "../maths/outline";
import type { DrawnRow } from "./ridge";
import type { Row } from "./rows";

export interface Spot {
  layer: Layer;
  at: number;
  /** The value pointed at. */
  x: number;
}

interface Scene {
  scales: Scales;
  rows: readonly DrawnRow[];
}

/** A bin is hit from so far, pixels. */
const NEAR = 6;

/** The value below a pixel, at most that of the plot's edges. */
export function valueBelow({ x, left, width }: Scales, pixel: number): number {
  return valueAt(x, Math.max(0, Math.min(1, (pixel - left) / width)));
}

export function heightBelow({ from, to, height }: Outline, pixel: number): number {
  for (let i = 0; i < height.length; i++) if (pixel >= from[i]! && pixel < to[i]!) return height[i]!;
  return 0;
}

/**
 * The row that is seen at a place: the foremost that covers it, else the one whose distance from it is least.
 *
 * @param riseOf a height in pixels
 * @param covers whether rows hide what is behind them
 */
export function spotIn({ rows, scales }: Scene, px: number, py: number, riseOf: (height: number) => number, covers: boolean): Spot | null {
  let best: DrawnRow | null = null;
  let distance = Infinity;
  for (const row of rows.toReversed()) {
    const top = row.base - riseOf(heightBelow(row.outline, px));
    if (covers && py >= top && py <= row.base) return { layer: row.layer, at: row.at, x: valueBelow(scales, px) };
    const away = Math.abs(py - (covers ? row.base : top));
    if (away < distance) [best, distance] = [row, away];
  }
  return best && { layer: best.layer, at: best.at, x: valueBelow(scales, px) };
}

/** Up and down lead to older and newer rows, left and right from bin to bin. */
export function neighbourSpot({ rows, scales }: Scene, spot: Spot | null, key: ArrowKey): Spot | null {
  const newest = rows.at(-1);
  if (newest === undefined) return null;
  const found = spot === null ? -1 : rows.findIndex(({ layer, at }) => layer.series === spot.layer.series && at === spot.at);
  if (spot === null || found < 0) return { layer: newest.layer, at: newest.at, x: densest(newest) };
  if (key === "ArrowUp" || key === "ArrowDown") {
    const to = rows[Math.max(0, Math.min(rows.length - 1, found + (key === "ArrowDown" ? 1 : -1)))]!;
    return { layer: to.layer, at: to.at, x: spot.x };
  }
  const { bins } = rows[found]!;
  const step = key === "ArrowRight" ? 1 : -1;
  let bin = binAt(bins, spot.x, Infinity);
  do bin += step;
  while (bins.count[bin] === 0);
  return bins.count[bin] === undefined ? spot : { ...spot, x: middle(bins.left[bin]!, bins.right[bin]!, scales.x) };
}

/** The bin of a row that is pointed at; −1 if none is near. */
export function binOf({ bins }: Row, x: number, { x: axis, width }: Scales): number {
  return binAt(bins, x, (NEAR * (axis.to - axis.from)) / width);
}

function densest({ outline, bins }: DrawnRow): number {
  const highest = bins.count.indexOf(bins.count.reduce((most, one) => Math.max(most, one), 0));
  return outline.height.length === 0 ? 0 : (bins.left[highest]! + bins.right[highest]!) / 2;
}

function middle(left: number, right: number, axis: Axis): number {
  const at = (left + right) / 2;
  // Of two equal edges the value itself; of what the axis ends before, its end.
  return share(axis, at) > 1 ? axis.to : share(axis, at) < 0 ? axis.from : at;
}
