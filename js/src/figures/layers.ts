/** What of a tag is drawn: its series whose runs are shown. */
import type { MediaTag } from "../store/media";
import type { MediaSeries } from "../store/media-series";
import type { RunInfo } from "../wire/frame";

export interface Layer {
  run: RunInfo;
  series: MediaSeries;
  /** An attempt that a newer one follows. */
  older: boolean;
}

/** The series of shown runs, in the order of the runs, a run's newest attempt last. */
export function layersOf(data: MediaTag, runOf: (id: number, attempt?: number) => RunInfo | undefined): Layer[] {
  return data.series.flatMap((series) => {
    const run = runOf(series.run, series.attempt);
    if (run === undefined || series.length === 0) return [];
    const older = data.series.some((other) => other.run === series.run && other.attempt > series.attempt);
    return [{ run, series, older }];
  });
}

/** What of the records of series is here. */
export interface Presence {
  total: number;
  here: number;
  /** Not in a saved view. */
  absent: number;
  /** Why some cannot be shown. */
  errors: readonly string[];
}

export function presenceOf(layers: readonly Layer[], live: boolean): Presence {
  let [total, here] = [0, 0];
  const errors: string[] = [];
  for (const { series } of layers) {
    total += series.length;
    for (const at of series.here) {
      here += 1;
      const error = series.payload(at)?.error;
      if (error != null) errors.push(error);
    }
  }
  return { total, here, absent: live ? 0 : total - here, errors };
}

/**
 * At most so many of some places, evenly, the last always among them.
 *
 * Which ones stays the same while others are appended, until every other of them goes.
 *
 * @param places in ascending order
 */
export function thinned(places: readonly number[], most: number): number[] {
  const last = places.at(-1);
  if (last === undefined || places.length <= most) return [...places];
  for (let stride = 2; ; stride *= 2) {
    const kept = places.filter((at) => at % stride === 0);
    if (kept.length < most) return kept.at(-1) === last ? kept : [...kept, last];
  }
}
