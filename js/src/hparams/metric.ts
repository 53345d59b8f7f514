/** A metric of a run: one number of a series. */
import type { Series } from "../store/series";

/** Which number: the last, the least or the greatest one. */
export type Of = "last" | "min" | "max";
export const OFS: readonly Of[] = ["last", "min", "max"];

interface Extremes {
  epoch: number;
  length: number;
  min: number;
  max: number;
}

const known = new WeakMap<Points, Extremes>();

type Points = Pick<Series, "value" | "epoch" | "length" | "keptSince">;

/** The number; undefined where there is no point, NaN where the last is none, or where all are none. */
export function metricOf(series: Points, of: Of): number | undefined {
  const { length } = series;
  if (length === 0) return undefined;
  return of === "last" ? series.value[length - 1] : extremesOf(series)[of];
}

/** Only what has come since it was last asked is looked at. */
function extremesOf(series: Points): Extremes {
  const { value, epoch, length } = series;
  const before = known.get(series);
  const goesOn = before?.epoch === epoch && before.length <= length;
  const now = goesOn ? before : { epoch, length: 0, min: NaN, max: NaN };
  for (let i = now.length; i < length; i++) {
    const one = value[i]!;
    if (!(one >= now.min)) now.min = Number.isNaN(one) ? now.min : one;
    if (!(one <= now.max)) now.max = Number.isNaN(one) ? now.max : one;
  }
  now.length = length;
  known.set(series, now);
  return now;
}
