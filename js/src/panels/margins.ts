/** The bounds of lines, as the margin charts of layouts have them. */
import { ascending, type Polyline } from "../maths/polyline";
import type { XAxis } from "../wire/options";
import type { Composed } from "./composed";
import { columnOf, type Curve } from "./curve";

export interface Edges {
  /** Tells whether they are the same as before. */
  revision: number;
  /** Null for a line that has none. */
  of: (curve: Curve) => { low: Polyline; high: Polyline } | null;
}

export function marginsOf(data: Composed, axis: XAxis): Edges {
  const line = (curve: Curve, tag: string): Polyline | null => {
    const series = data.bound(tag, curve.run.id, curve.series.attempt);
    if (series === undefined) return null;
    const x = columnOf(series, axis);
    return ascending({ x: curve.shift === 0 ? x : x.map((value) => value - curve.shift), y: series.value });
  };
  return {
    revision: data.revision.peek(),
    of: (curve) => {
      const margin = data.margins.find(({ tag }) => tag === curve.series.tag);
      const [low, high] = margin === undefined ? [null, null] : [line(curve, margin.lower), line(curve, margin.upper)];
      return low === null || high === null ? null : { low, high };
    },
  };
}
