/** Which records of a tag a card shows: of each run that shows the one at the chosen step. */
import type { CurvesState } from "../panels/state";
import type { MediaTag } from "../store/media";
import type { MediaSeries } from "../store/media-series";
import { subscribeTo } from "../store/subscribe";
import { runLabel } from "../ui/run-name";
import type { RunInfo } from "../wire/frame";
import { placeOf } from "./steps";

export interface ShownRecord {
  series: MediaSeries;
  /** Its place in the series; −1 where no step is known yet. */
  at: number;
  /** No step is chosen: it is the newest. */
  followed: boolean;
  run: RunInfo;
  label: string;
  color: string;
}

/**
 * The records of a tag, in the order of its series; a component that reads this follows what it depends on.
 *
 * @param step null: the newest of each
 * @param older earlier attempts of a run, too
 */
export function recordsOf(data: MediaTag, step: number | null, older: boolean, state: CurvesState): ShownRecord[] {
  subscribeTo(data.revision.value);
  const shown: ShownRecord[] = [];
  const runOf = state.runOf.value;
  const path = state.store.log.value.path;
  for (const series of data.series) {
    const run = runOf(series.run, series.attempt);
    if (run === undefined || (!older && hasLater(series, data))) continue;
    const attempt = hasLater(series, data) ? ` · attempt ${series.attempt + 1}` : "";
    const owner = run.parent === null ? undefined : state.store.run(run.parent);
    const name = owner === undefined ? runLabel(run, path) : `${runLabel(owner, path)} · ${run.name}`;
    const at = placeOf(series.steps, step);
    shown.push({ series, at, followed: step === null, run, label: name + attempt, color: state.colorOf(run) });
  }
  return shown;
}

/** Whether a later attempt of the run wrote this tag, too. */
export function hasLater({ run, attempt }: MediaSeries, { series }: MediaTag): boolean {
  return series.some((other) => other.run === run && other.attempt > attempt);
}
