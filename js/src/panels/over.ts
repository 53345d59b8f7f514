/** A series over another tag of its run, as loss over epochs. */
import { ascending, valuesAt } from "../maths/polyline";
import type { Series } from "../store/series";
import type { TagData } from "../store/store";
import type { Columns } from "./curve";

interface Known {
  other: Series;
  /** What of both has been looked at. */
  state: string;
  columns: Columns;
}

const known = new WeakMap<Series, Known>();
let epochs = 0;

/**
 * The points of a series, each where another tag of its run and attempt is at its step: between that tag's points
 * interpolated; what lies beyond its ends is left out.
 *
 * @returns null where the run has no such tag
 */
export function overTag(series: Series, tag: TagData | null): Columns | null {
  const other = tag?.series.find(({ run, attempt }) => run === series.run && attempt === series.attempt);
  if (other === undefined) return null;
  const state = [series, other].map(({ epoch, length }) => `${epoch} ${length}`).join(", ");
  const before = known.get(series);
  if (before?.other === other && before.state === state) return before.columns;
  const columns = compute(series, other);
  known.set(series, { other, state, columns });
  return columns;
}

function compute(series: Series, other: Series): Columns {
  const { step, wall, value, attempt, tag } = series;
  const over = valuesAt(step, ascending({ x: other.step, y: other.value }));
  const there = (_: number, i: number) => !Number.isNaN(over[i]);
  epochs += 1;
  return {
    attempt,
    tag,
    step: step.filter(there),
    wall: wall.filter(there),
    value: value.filter(there),
    over: over.filter(there),
    epoch: epochs,
  };
}
