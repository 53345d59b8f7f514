/** A curve against another quantity of its run, and against another run. */
import { ascending, valuesAt, type Polyline } from "./polyline";

export type Comparison = "difference" | "ratio";

/**
 * A curve over another tag of the same run, as loss over epochs: each point stands where that tag is at its step.
 *
 * @param over the other tag, by step; between its points it is interpolated, and a point beyond its ends is left out
 */
export function over(curve: Polyline, other: Polyline): Polyline {
  const x = valuesAt(curve.x, ascending(other));
  return filtered({ x, y: curve.y }, (i) => !Number.isNaN(x[i]));
}

/**
 * A curve as its difference from a baseline, or as its multiple of it.
 *
 * Between its points the baseline is interpolated; where it has no value, the curve's points are left out.
 */
export function against({ x, y }: Polyline, baseline: Polyline, how: Comparison): Polyline {
  const base = valuesAt(x, ascending(baseline));
  const compared = y.map((value, i) => (how === "difference" ? value - base[i]! : value / base[i]!));
  return filtered({ x, y: compared }, (i) => !Number.isNaN(base[i]));
}

/** The line without the points for which `keep` is false. */
function filtered({ x, y }: Polyline, keep: (i: number) => boolean): Polyline {
  return { x: x.filter((_, i) => keep(i)), y: y.filter((_, i) => keep(i)) };
}
