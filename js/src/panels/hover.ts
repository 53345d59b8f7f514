/** What lies under the cross-hair. */
import { toX, toY, type Scales } from "../maths/scale";
import { nearest } from "../maths/thin";
import type { TooltipSort } from "../wire/options";
import type { Curve } from "./curve";

export interface Hover {
  tag: string;
  /** In units of the x axis. */
  x: number;
  /** Where the pointer is in the chart's canvas; null where a key moved the cross-hair. */
  pointer: { x: number; y: number } | null;
}

export interface HoverPoint {
  curve: Curve;
  index: number;
  x: number;
  smoothed: number;
}

/** How far beyond its last point (or before its first) a curve still counts as hit, CSS pixels. */
const BEYOND = 12;

/** The point of each curve that is nearest in x, the highest first, as the lines lie; a group speaks for its members. */
export function pointsAt(curves: readonly Curve[], x: number, scales: Scales): HoverPoint[] {
  const points: HoverPoint[] = [];
  for (const curve of curves) {
    const index = curve.member ? -1 : nearest(curve.x, x + curve.shift);
    if (index < 0) continue;
    const at = curve.x[index]! - curve.shift;
    const end = index === 0 || index === curve.x.length - 1;
    if (end && Math.abs(toX(scales, at) - toX(scales, x)) > BEYOND) continue;
    points.push({ curve, index, x: at, smoothed: curve.smoothedAt(index) });
  }
  return points.sort((a, b) => height(b) - height(a));
}

function height({ smoothed }: HoverPoint): number {
  return Number.isNaN(smoothed) ? -Infinity : smoothed;
}

/** The x of the point that is nearest to the pointer, so that the cross-hair stands on a real step. */
export function snap(points: readonly HoverPoint[], x: number): number {
  let best = x;
  let distance = Infinity;
  for (const point of points) {
    if (Math.abs(point.x - x) < distance) {
      distance = Math.abs(point.x - x);
      best = point.x;
    }
  }
  return best;
}

/**
 * At most `limit` points, those whose lines are nearest to the pointer, in an order.
 *
 * @param points the highest first
 * @param y the pointer's height in the canvas; null: no pointer, and the uppermost lines count as the nearest
 */
export function chosen(points: readonly HoverPoint[], limit: number, sort: TooltipSort, y: number | null, scales: Scales): HoverPoint[] {
  const distance = (point: HoverPoint) => {
    const d = Math.abs(toY(scales, point.smoothed) - (y ?? 0));
    return Number.isNaN(d) ? Infinity : d;
  };
  const nearest = y === null ? [...points] : [...points].sort((a, b) => distance(a) - distance(b));
  const near = nearest.slice(0, limit);
  if (sort === "nearest") return near;
  const kept = new Set(near);
  const rows = points.filter((point) => kept.has(point));
  return sort === "name" ? rows.sort(byName) : rows;
}

const collator = new Intl.Collator("en", { numeric: true });

function byName(a: HoverPoint, b: HoverPoint): number {
  return collator.compare(a.curve.run.name, b.curve.run.name) || b.curve.series.attempt - a.curve.series.attempt;
}

/** The x of the next point of any curve in a direction; `x` itself at the end. */
export function neighbour(curves: readonly Curve[], x: number, direction: 1 | -1): number {
  let best = x;
  for (const curve of curves) {
    let index = nearest(curve.x, x + curve.shift);
    while (index >= 0 && index < curve.x.length && (curve.x[index]! - curve.shift - x) * direction <= 0) index += direction;
    const found = curve.x[index];
    if (found === undefined) continue;
    const at = found - curve.shift;
    if (best === x || (at - best) * direction < 0) best = at;
  }
  return best;
}
