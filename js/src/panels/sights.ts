/** Which points of a log the charted area shows, and where the page has too few of them. */
import { firstFrom } from "../maths/polyline";
import { pixelsOf, type Scales } from "../maths/scale";
import type { Sight } from "../store/details";
import type { Gap, Series } from "../store/series";
import type { TagData } from "../store/store";
import type { RunInfo } from "../wire/frame";
import type { XAxis } from "../wire/options";
import { columnOf } from "./curve";

/** Stand-ins to a pixel, among them the extremes of what they stand for, with which no more can be seen of a line. */
const ENOUGH = 4;

/** Of the points where there are too few so many are here, of so many that there are. */
export interface Held {
  held: number;
  total: number;
}

/** What the charted area shows of each series; nothing where x is another tag. */
export function sightsOf(data: TagData, runOf: (id: number, attempt: number) => RunInfo | undefined, axis: XAxis, scales: Scales): Sight[] {
  const shown = data.series.filter((series) => runOf(series.run, series.attempt) !== undefined);
  return shown.flatMap((series) => sightOf(series, axis, scales) ?? []);
}

function sightOf(series: Series, axis: XAxis, { x, width }: Scales): Sight | null {
  const column = columnOf(series, axis);
  if (column.length === 0 || column.length !== series.length) return null;
  const shift = axis === "relative" ? column[0]! : 0;
  // The neighbours beyond the edges, too: lines lead to them.
  const first = Math.max(0, firstFrom(column, x.from + shift) - 1);
  const last = Math.min(column.length - 1, firstFrom(column, x.to + shift));
  const toPixel = pixelsOf(x, 0, width);
  const lacks = series.gapsWithin(first, last + 1).filter(({ from, to, index, at }) => {
    const pixels = Math.abs(toPixel(column[at + index.length - 1]! - shift) - toPixel(column[at]! - shift));
    return index.length < to - from && index.length < ENOUGH * Math.max(1, Math.min(width, pixels));
  });
  return { series, from: series.indexAt(first), to: series.indexAt(last) + 1, lacks };
}

/** Counted over all that is drawn of too few points; null where nothing is. */
export function heldOf(sights: readonly Sight[]): Held | null {
  const lacks: Gap[] = sights.flatMap((sight) => sight.lacks);
  if (lacks.length === 0) return null;
  const [held, total] = [lacks.map(({ index }) => index.length), lacks.map(({ from, to }) => to - from)];
  return { held: sum(held), total: sum(total) };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
