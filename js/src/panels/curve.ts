/** What one line of a chart is made of. */
import { Smoother } from "../maths/smooth";
import type { Series } from "../store/series";
import type { TagData } from "../store/store";
import type { RunInfo } from "../wire/frame";
import type { XAxis } from "../wire/options";

export interface Curve {
  series: Series;
  run: RunInfo;
  /** Of an attempt that a newer one has followed. */
  older: boolean;
  /** What x means. */
  axis: XAxis;
  x: Float64Array;
  /** Subtracted from each x. */
  shift: number;
  raw: Float64Array;
  smoothed: Float64Array;
}

interface Cached {
  epoch: number;
  smoother: Smoother;
}

const smoothers = new WeakMap<Series, Cached>();

/** The series' values smoothed; only what is new since the last call is computed. */
function smoothedOf(series: Series, weight: number): Float64Array {
  let cached = smoothers.get(series);
  if (cached?.epoch !== series.epoch || cached.smoother.weight !== weight) {
    cached = { epoch: series.epoch, smoother: new Smoother(weight) };
    smoothers.set(series, cached);
  }
  return cached.smoother.extend(series.value);
}

/**
 * The curves of a tag, older attempts first: what is drawn later lies above.
 *
 * @param runOf the run of an id; undefined where it is not shown
 */
export function curvesOf(data: TagData, runOf: (id: number) => RunInfo | undefined, weight: number, axis: XAxis): Curve[] {
  const curves: Curve[] = [];
  for (const series of data.series) {
    const run = runOf(series.run);
    if (run === undefined || series.length === 0) continue;
    curves.push({
      series,
      run,
      older: series.attempt < run.attempts - 1,
      axis,
      x: axis === "step" ? series.step : series.wall,
      shift: axis === "relative" ? series.wall[0]! : 0,
      raw: series.value,
      smoothed: smoothedOf(series, weight),
    });
  }
  return curves.sort((a, b) => Number(b.older) - Number(a.older));
}

/** The curve that is written now: of the runs that have not ended the one with the youngest point, else of all. */
export function youngest(curves: readonly Curve[]): Curve | undefined {
  const newest = curves.filter((curve) => !curve.older);
  const live = newest.filter((curve) => !curve.run.ended);
  const wall = ({ series }: Curve) => series.wall.at(-1) ?? -Infinity;
  return (live.length > 0 ? live : newest).reduce<Curve | undefined>(
    (found, curve) => (found === undefined || wall(curve) > wall(found) ? curve : found),
    undefined,
  );
}

/** Where a curve's values turned non-finite for good; null if its last value is finite. */
export function breakOf({ raw, smoothed }: Curve): { index: number; from: number; kind: "NaN" | "∞" } | null {
  let from = raw.length;
  while (from > 0 && !Number.isFinite(raw[from - 1])) from -= 1;
  if (from === raw.length || from === 0) return null;
  return { index: Math.min(from - 1, smoothed.length - 1), from, kind: Number.isNaN(raw[from]) ? "NaN" : "∞" };
}
