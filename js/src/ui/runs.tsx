/** The runs of a view: chips for few, a list at the side for many. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { matcher } from "../panels/groups";
import { curvesOf } from "../panels/curve";
import type { CurvesState } from "../panels/state";
import { subscribeTo } from "../store/subscribe";
import type { RunInfo } from "../wire/frame";
import { elideMiddle, formatStep, formatValue, visible } from "./format";
import { Icon } from "./icons";
import { Name } from "./name";
import { runLabel } from "./run-name";
import { Scroller } from "./scroller";
import { solo, toggled } from "./shown-runs";
import { runColor } from "./tokens";

/** Up to this many runs are chips. */
export const FEW_RUNS = 6;

export function RunChips({ state }: { state: CurvesState }): JSX.Element {
  return (
    <div class="tbn-chips" role="group" aria-label="Runs">
      {state.store.runs.value.map((run) => (
        <RunButton key={run.id} run={run} state={state} value={run.last_step === null ? "" : formatStep(run.last_step)} />
      ))}
    </div>
  );
}

/** A click hides or shows, a double click (or one with Shift) shows alone. */
function RunButton({ run, state, value }: { run: RunInfo; state: CurvesState; value: string }): JSX.Element {
  const { options, store } = state;
  const shown = !options.get("hidden").includes(run.name);
  const label = runLabel(run, store.log.value.path);
  const alone = () => options.set("hidden", solo(names(state), options.peek("hidden"), run.name));
  const onClick = (event: MouseEvent) => {
    if (event.shiftKey) alone();
    // The second click of a double click would undo the first.
    else if (event.detail < 2) options.set("hidden", toggled(options.peek("hidden"), run.name));
  };
  // Both clicks have left the run as it was but for one toggle: undo that, then decide.
  const onDblClick = () => {
    options.set("hidden", toggled(options.peek("hidden"), run.name));
    alone();
  };
  const color = runColor(state.theme.value, run.color);
  return (
    <button
      type="button"
      class="tbn-run"
      data-run={run.name}
      aria-pressed={shown}
      aria-label={`${visible(elideMiddle(label, 200))}${value === "" ? "" : `, ${value}`}`}
      title="Click to hide or show, double click or Shift to show it alone"
      onClick={onClick}
      onDblClick={onDblClick}
    >
      <i class="tbn-swatch" style={shown ? { background: color } : { boxShadow: `inset 0 0 0 1px ${color}` }} />
      <Name text={label} />
      <span class="tbn-second tbn-value">{value}</span>
    </button>
  );
}

function names(state: CurvesState): string[] {
  return state.store.runs.value.map((run) => run.name);
}

/** The list: hidden runs below the others, the last value of the first tag at the right. */
export function RunList({ state, height, onFold }: { state: CurvesState; height: number | null; onFold: () => void }): JSX.Element {
  const filter = useSignal("");
  const { store, options } = state;
  const hidden = new Set(options.get("hidden"));
  const { path } = store.log.value;
  const matches = matcher(filter.value);
  const runs = store.runs.value.filter((run) => matches(runLabel(run, path)));
  const shown = runs.filter((run) => !hidden.has(run.name));
  const others = runs.filter((run) => hidden.has(run.name));
  const values = lastValues(state);
  const row = (run: RunInfo) => <RunButton key={run.id} run={run} state={state} value={values.text(run)} />;
  const only = () => {
    const kept = new Set(runs);
    options.set("hidden", store.runs.value.filter((run) => !kept.has(run)).map((run) => run.name));
  };
  return (
    <aside class="tbn-list" aria-label="Runs">
      <div class="tbn-list-tools">
        <label class="tbn-field">
          <Icon name="search" />
          <input
            type="search"
            placeholder="Filter runs"
            aria-label="Filter runs by a regular expression"
            value={filter.value}
            onInput={(event) => (filter.value = event.currentTarget.value)}
          />
        </label>
        <button type="button" class="tbn-button" aria-label="Fold the list of runs" title="Fold the list of runs" onClick={onFold}>
          <Icon name="fold" />
        </button>
      </div>
      <p class="tbn-list-sum">
        {filter.value === "" ? `${runs.length} runs` : `${runs.length} of ${store.runs.value.length} runs`}
        {filter.value !== "" && (
          <button type="button" class="tbn-link" onClick={only}>
            show only these
          </button>
        )}
      </p>
      <p class="tbn-list-head">
        <span>run</span>
        <Name text={values.title} />
      </p>
      <Scroller limit={height} class="tbn-rows">
        {shown.map(row)}
        {others.length > 0 && (
          <p class="tbn-list-sum">
            {others.length} hidden
            <button type="button" class="tbn-link" onClick={() => options.set("hidden", [])}>
              show all
            </button>
          </p>
        )}
        {others.map(row)}
      </Scroller>
    </aside>
  );
}

/** The last smoothed value of each run in the first tag. */
function lastValues(state: CurvesState): { title: string; text: (run: RunInfo) => string } {
  const data = state.store.tags.value[0];
  if (data === undefined) return { title: "", text: () => "" };
  subscribeTo(data.revision.value);
  const runOf = (id: number) => state.store.run(id);
  const curves = curvesOf(data, runOf, state.options.get("smoothing"), "step");
  const last = new Map(curves.filter((curve) => !curve.older).map((curve) => [curve.run.id, curve.smoothed.at(-1)]));
  return {
    title: `${data.tag}, last`,
    text: (run) => {
      const value = last.get(run.id);
      return value === undefined ? "" : formatValue(value, 3, false);
    },
  };
}
