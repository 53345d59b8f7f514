/** What the selection says of the curves of one card: a row a run. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { statsOf, type RangeStats } from "../maths/selection";
import { nearest } from "../maths/thin";
import type { TagData } from "../store/store";
import { subscribeTo } from "../store/subscribe";
import { formatCount, formatDuration, formatStep, formatTogether } from "../ui/format";
import { Icon } from "../ui/icons";
import { Name } from "../ui/name";
import type { Selection } from "../wire/options";
import { titleOf } from "./composed";
import { curvesOf, type Curve } from "./curve";
import type { CurvesState } from "./state";
import { xText } from "./x-text";

const RANGE_COLUMNS = ["first", "last", "change", "mean", "min", "max"] as const satisfies readonly (keyof RangeStats)[];
const STEP_COLUMNS = ["smoothed", "value", "step", "relative"] as const;

type Column = "run" | (typeof RANGE_COLUMNS)[number] | (typeof STEP_COLUMNS)[number];

interface Row {
  curve: Curve;
  name: string;
  values: Partial<Record<Column, number>>;
  /** Values that are no finite numbers. */
  leftOut: number;
}

interface TableProps {
  data: TagData;
  state: CurvesState;
}

export function SelectionTable({ data, state }: TableProps): JSX.Element | null {
  const sort = useSignal<{ column: Column; up: boolean } | null>(null);
  subscribeTo(data.revision.value);
  const selection = state.selection.value;
  if (selection === null) return null;
  const rows = rowsOf(data, state, selection);
  const columns = selection.to === null ? STEP_COLUMNS : RANGE_COLUMNS;
  const first: Column = selection.to === null ? "value" : "last";
  const chosen = sort.value !== null && ["run", ...columns].includes(sort.value.column) ? sort.value : { column: first, up: false };
  rows.sort((a, b) => compare(a, b, chosen.column) * (chosen.up ? 1 : -1));
  const cells = new Map(columns.map((column) => [column, cellTexts(column, rows, state.isShare(data))]));
  const choose = (column: Column) => (sort.value = { column, up: chosen.column === column ? !chosen.up : column === "run" });
  const leftOut = rows.reduce((sum, row) => sum + row.leftOut, 0);
  const head = (column: Column) => (
    <th key={column} scope="col" aria-sort={chosen.column === column ? (chosen.up ? "ascending" : "descending") : undefined}>
      <button type="button" onClick={() => choose(column)}>
        {column}
        {chosen.column === column && (chosen.up ? " ↑" : " ↓")}
      </button>
    </th>
  );
  if (rows.length === 0) return <p class="tbn-second">No run that is shown has a point here.</p>;
  return (
    <div class="tbn-table-box">
      <table class="tbn-table">
        <thead>
          <tr>{(["run", ...columns] as const).map(head)}</tr>
        </thead>
        <tbody>
          {rows.map(({ curve, name }, i) => (
            <tr key={`${curve.run.id}/${curve.series.attempt}`}>
              <th scope="row">
                <i class="tbn-swatch" style={{ background: state.colorOf(curve.run) }} />
                <Name text={name} />
                {curve.run.attempts > 1 && <span class="tbn-second">attempt {curve.series.attempt + 1}</span>}
              </th>
              {columns.map((column) => (
                <td key={column} class={column === chosen.column ? "tbn-strong" : ""}>
                  {cells.get(column)?.[i]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {leftOut > 0 && (
        <p class="tbn-second">
          {formatCount(leftOut)} {leftOut === 1 ? "value that is no finite number is" : "values that are no finite numbers are"} left out.
        </p>
      )}
    </div>
  );
}

function rowsOf(data: TagData, state: CurvesState, selection: Selection): Row[] {
  const { options, runOf } = state;
  const rows: Row[] = [];
  for (const curve of curvesOf(data, runOf.value, options.get("smoothing"), options.get("x"), state.otherTag)) {
    const { x, shift, raw } = curve;
    const name = state.nameOf(curve, data);
    if (selection.to === null) {
      rows.push({ curve, name, values: atStep(curve, selection.from), leftOut: 0 });
      continue;
    }
    const stats = statsOf(x, shift, raw, selection.from, selection.to);
    if (stats !== null) rows.push({ curve, name, values: Object.fromEntries(RANGE_COLUMNS.map((key) => [key, stats[key]])), leftOut: stats.leftOut });
  }
  return rows;
}

function atStep(curve: Curve, at: number): Row["values"] {
  const { x, shift, raw, series } = curve;
  const index = nearest(x, at + shift);
  return { smoothed: curve.smoothedAt(index), value: raw[index]!, step: series.step[index]!, relative: series.wall[index]! - series.wall[0]! };
}

function cellTexts(column: Column, rows: readonly Row[], percent: boolean): string[] {
  const values = rows.map((row) => row.values[column] ?? NaN);
  if (column === "step") return values.map((value) => formatStep(value, true));
  return column === "relative" ? values.map(formatDuration) : formatTogether(values, percent);
}

const collator = new Intl.Collator("en", { numeric: true });

/** Ascending; what is no number comes first. */
function compare(a: Row, b: Row, column: Column): number {
  if (column === "run") return collator.compare(a.name, b.name);
  const [x, y] = [a, b].map((row) => row.values[column] ?? NaN) as [number, number];
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
  return x - y;
}

/** What is selected, in words, and what to do with it. */
export function SelectionHead({ data, state }: TableProps): JSX.Element | null {
  const selection = state.selection.value;
  if (selection === null) return null;
  const { axis, from, to } = selection;
  return (
    <div class="tbn-selection-head">
      <strong>{to === null ? xText(from, axis) : `${xText(from, axis)} – ${xText(to, axis)}`}</strong>
      <span class="tbn-second">{spanText(data, state, selection)}</span>
      <span class="tbn-gap" />
      {to !== null && to > from && (
        <button type="button" class="tbn-outlined" onClick={() => state.zoomAll([from, to])}>
          Zoom to range
        </button>
      )}
      <button type="button" class="tbn-button" aria-label="Clear the selection" title="Clear the selection" onClick={() => state.select(null)}>
        <Icon name="close" />
      </button>
    </div>
  );
}

/** How long a range is: `14.0k steps · 11 m 15 s`, of the run that took longest. */
function spanText(data: TagData, state: CurvesState, { axis, from, to }: Selection): string {
  if (to === null) return "";
  if (axis !== "step") return formatDuration(to - from);
  subscribeTo(data.revision.value);
  let seconds = 0;
  for (const { x, shift, raw, series } of curvesOf(data, state.runOf.value, 0, axis)) {
    const stats = statsOf(x, shift, raw, from, to);
    if (stats !== null) seconds = Math.max(seconds, series.wall[stats.end - 1]! - series.wall[stats.start]!);
  }
  return `${formatStep(to - from, true)} steps · ${formatDuration(seconds)}`;
}

/** Below the cards: the selection, and its table for the card that one last had to do with; an enlarged one has its own. */
export function SelectionBar({ state }: { state: CurvesState }): JSX.Element | null {
  const open = useSignal(true);
  const tags = state.store.tags.value;
  const enlarged = tags.find(({ tag }) => state.sizeOf(tag) !== null);
  const data = tags.find(({ tag }) => tag === state.focused.value) ?? enlarged ?? tags[0];
  if (state.selection.value === null || data === undefined || state.sizeOf(data.tag) !== null) return null;
  return (
    <section class="tbn-selection-bar" aria-label="Selection">
      <SelectionHead data={data} state={state} />
      <button type="button" class="tbn-fold" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
        <Icon name={open.value ? "down" : "right"} />
        <Name text={titleOf(data)} />
      </button>
      {open.value && <SelectionTable data={data} state={state} />}
    </section>
  );
}
