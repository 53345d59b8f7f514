/** The runs of a view: chips for few, a list at the side for many. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { memberLabel } from "../maths/seeds";
import { curvesOf } from "../panels/curve";
import type { RunGroup } from "../panels/run-groups";
import type { CurvesState } from "../panels/state";
import { subscribeTo } from "../store/subscribe";
import type { RunInfo } from "../wire/frame";
import { RunSwatch } from "./color-menu";
import { elideMiddle, formatStep, formatValue, visible } from "./format";
import { GroupMenu, GroupPattern } from "./group-menu";
import { Icon } from "./icons";
import { Name } from "./name";
import { runLabel } from "./run-name";
import { Scroller } from "./scroller";
import { solo, toggled } from "./shown-runs";

/** Up to this many runs are chips. */
export const FEW_RUNS = 6;

export function RunChips({ state }: { state: CurvesState }): JSX.Element {
  return (
    <div class="tbn-chips" role="group" aria-label="Runs">
      {listed(state).map((entry) => (
        <RunButton key={entry.key} entry={entry} state={state} value={lastStepOf(entry)} />
      ))}
      <GroupMenu state={state} />
      <GroupPattern state={state} />
      <FilteredOut state={state} />
    </div>
  );
}

/** A run by itself, or a group of them. */
interface Entry {
  key: string;
  label: string;
  /** The run, or what stands for the group. */
  run: RunInfo;
  /** One, or the group's that the filter lets through. */
  runs: readonly RunInfo[];
  group: boolean;
}

/** What is in the list, in the order of the runs; a group stands where its first run does. */
function listed(state: CurvesState): Entry[] {
  const groupOf = new Map<RunInfo, RunGroup>();
  for (const group of state.groups.value) for (const run of group.members) groupOf.set(run, group);
  const entries = new Map<string, Entry & { runs: RunInfo[] }>();
  for (const run of state.matching.value) {
    const group = groupOf.get(run);
    if (group === undefined) {
      const one = single(run, state);
      entries.set(one.key, { ...one, runs: [run] });
      continue;
    }
    const key = `group ${group.run.name}`;
    const known = entries.get(key);
    if (known === undefined) entries.set(key, { key, label: group.run.name, run: group.run, runs: [run], group: true });
    else known.runs.push(run);
  }
  return [...entries.values()];
}

function single(run: RunInfo, state: CurvesState): Entry {
  return { key: `run ${run.id}`, label: runLabel(run, state.store.log.value.path), run, runs: [run], group: false };
}

function lastStepOf({ runs }: Entry): string {
  const last = Math.max(...runs.map((run) => run.last_step ?? -Infinity));
  return last === -Infinity ? "" : formatStep(last);
}

interface RunButtonProps {
  entry: Entry;
  state: CurvesState;
  value: string;
  label?: string;
  /** Whose colour it bears. */
  swatch?: RunInfo;
}

/** A click hides or shows, a double click (or one with Shift) shows alone. */
function RunButton({ entry, state, value, label = entry.label, swatch = entry.run }: RunButtonProps): JSX.Element {
  const { options } = state;
  const { group } = entry;
  const own = entry.runs.map((run) => run.name);
  const hidden = options.get("hidden");
  const shown = own.some((name) => !hidden.includes(name));
  const alone = () => options.set("hidden", solo(names(state), options.peek("hidden"), own));
  const onClick = (event: MouseEvent) => {
    if (event.shiftKey) alone();
    // The second click of a double click would undo the first.
    else if (event.detail < 2) options.set("hidden", toggled(options.peek("hidden"), own));
  };
  // Both clicks have left the run as it was but for one toggle: undo that, then decide.
  const onDblClick = () => {
    options.set("hidden", toggled(options.peek("hidden"), own));
    alone();
  };
  const count = group ? `· ${entry.runs.length} runs` : "";
  const words = [visible(elideMiddle(label, 200)), count, value].filter((word) => word !== "");
  return (
    <span class="tbn-run-item" data-shown={shown}>
      <RunSwatch run={swatch} label={label} shown={shown} state={state} />
      <button
        type="button"
        class="tbn-run"
        {...(group ? { "data-group": entry.run.name } : { "data-run": entry.run.name })}
        aria-pressed={shown}
        aria-label={words.join(" ")}
        title="Click to hide or show, double click or Shift to show it alone"
        onClick={onClick}
        onDblClick={onDblClick}
      >
        <Name text={label} /> {group && <span class="tbn-second tbn-count">{count} </span>}
        <span class="tbn-second tbn-value">{value}</span>
      </button>
    </span>
  );
}

/** How many runs the filter leaves out, where there is no field that shows the filter. */
function FilteredOut({ state }: { state: CurvesState }): JSX.Element | null {
  const out = state.listed.value.length - state.matching.value.length;
  if (out === 0) return null;
  return (
    <span class="tbn-run-item tbn-second">
      {out} filtered out
      <button type="button" class="tbn-link" onClick={() => state.options.set("runs", "")}>
        show all
      </button>
    </span>
  );
}

function names(state: CurvesState): string[] {
  return state.listed.value.map((run) => run.name);
}

/** The list: what is hidden stands below the others, the last value of the first tag at the right. */
export function RunList({ state, height, onFold }: { state: CurvesState; height: number | null; onFold: () => void }): JSX.Element {
  const { options } = state;
  const hidden = new Set(options.get("hidden"));
  const filter = options.get("runs");
  const found = new Set(state.matching.value);
  const entries = listed(state);
  const isShown = ({ runs }: Entry) => runs.some((run) => !hidden.has(run.name));
  const others = entries.filter((entry) => !isShown(entry));
  const values = lastValues(state);
  const row = (entry: Entry) => <Row key={entry.key} entry={entry} state={state} value={values.text} />;
  const groups = state.groups.value.length;
  return (
    <aside class="tbn-list" aria-label="Runs">
      <div class="tbn-list-tools">
        <label class="tbn-field">
          <Icon name="search" />
          <input
            type="search"
            placeholder="Filter runs"
            aria-label="Filter runs by a regular expression"
            value={filter}
            onInput={(event) => options.set("runs", event.currentTarget.value)}
          />
        </label>
        <button type="button" class="tbn-button" aria-label="Fold the list of runs" title="Fold the list of runs" onClick={onFold}>
          <Icon name="fold" />
        </button>
      </div>
      <div class="tbn-list-sum">
        <span>
          {filter === "" ? `${found.size} runs` : `${found.size} of ${state.listed.value.length} runs`}
          {groups > 0 && ` in ${groups} ${groups === 1 ? "group" : "groups"}`}
        </span>
        <GroupMenu state={state} />
      </div>
      <GroupPattern state={state} />
      <p class="tbn-list-head">
        <span>run</span>
        <Name text={values.title} />
      </p>
      <Scroller limit={height} class="tbn-rows">
        {entries.filter(isShown).map(row)}
        {others.length > 0 && (
          <div class="tbn-list-sum">
            {others.length} hidden
            <button type="button" class="tbn-link" onClick={() => options.set("hidden", [])}>
              show all
            </button>
          </div>
        )}
        {others.map(row)}
      </Scroller>
    </aside>
  );
}

/** A run, or a group that can be opened. */
function Row({ entry, state, value }: { entry: Entry; state: CurvesState; value: (runs: readonly RunInfo[]) => string }): JSX.Element {
  const open = useSignal(false);
  const { group, runs, label } = entry;
  if (!group) return <RunButton entry={entry} state={state} value={value(runs)} />;
  return (
    <>
      <div class="tbn-group-row">
        <button
          type="button"
          class="tbn-button"
          aria-expanded={open.value}
          aria-label={`Runs of ${visible(elideMiddle(label, 80))}`}
          onClick={() => (open.value = !open.value)}
        >
          <Icon name={open.value ? "down" : "right"} />
        </button>
        <RunButton entry={entry} state={state} value={value(runs)} />
      </div>
      {open.value && (
        <div class="tbn-members">
          {runs.map((run) => {
            const one = single(run, state);
            return (
              <RunButton key={one.key} entry={one} state={state} value={value([run])} label={memberLabel(one.label, label)} swatch={entry.run} />
            );
          })}
        </div>
      )}
    </>
  );
}

/** The last smoothed value of runs in the first tag; of several their mean. */
function lastValues(state: CurvesState): { title: string; text: (runs: readonly RunInfo[]) => string } {
  const data = state.store.tags.value[0];
  if (data === undefined) return { title: "", text: () => "" };
  subscribeTo(data.revision.value);
  const runOf = (id: number) => state.store.run(id);
  const curves = curvesOf(data, runOf, state.options.get("smoothing"), "step");
  const last = new Map(curves.filter((curve) => !curve.older).map((curve) => [curve.run.id, curve.lastSmoothed]));
  return {
    title: `${data.tag}, last`,
    text: (runs) => {
      const values = runs.map((run) => last.get(run.id)).filter((value) => value !== undefined);
      if (values.length === 0) return "";
      return formatValue(values.reduce((sum, value) => sum + value, 0) / values.length, 3, false);
    },
  };
}
