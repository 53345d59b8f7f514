/** What a person does with a column: which rows it chooses, what it tells, where it stands. */
import { useSignal } from "@preact/signals";
import type { JSX, RefObject } from "preact";
import { useRef } from "preact/hooks";
import { elideMiddle, visible } from "../ui/format";
import { Icon } from "../ui/icons";
import { Overlay } from "../ui/overlay";
import { Segments } from "../ui/segments";
import { type Cell, cellKey, cellText, distinct } from "./cell";
import { isIdle } from "./filters";
import { OFS } from "./metric";
import type { HParamsModel } from "./model";
import type { TableColumn } from "./table";

/** Of more values than this the others are found by their text. */
const MOST = 100;
/** Short enough to be read without searching. */
const FEW = 8;

interface MenuProps {
  model: HParamsModel;
  name: string;
  title: string;
  /** Absent for the names of the runs. */
  column: TableColumn | null;
}

export function ColumnMenu(props: MenuProps): JSX.Element {
  const { model, name, title } = props;
  const open = useSignal(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const { filters } = model.ui.value;
  const filtered = Object.hasOwn(filters, name) && !isIdle(filters[name]!);
  const label = `Column ${visible(elideMiddle(title, 80))}${filtered ? ", filtered" : ""}`;
  return (
    <>
      <button
        type="button"
        class="tbn-hp-menu"
        ref={anchor}
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        aria-expanded={open.value}
        data-on={filtered}
        onClick={() => (open.value = !open.value)}
      >
        <Icon name={filtered ? "sliders" : "down"} />
      </button>
      {open.value && <ColumnBox {...props} anchor={anchor} onClose={() => (open.value = false)} />}
    </>
  );
}

interface BoxProps extends MenuProps {
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

function ColumnBox({ model, name, title, column, anchor, onClose }: BoxProps): JSX.Element {
  const filtered = Object.hasOwn(model.ui.value.filters, name);
  return (
    <Overlay anchor={anchor} side="right" onClose={onClose} class="tbn-box tbn-hp-box" label={`Column ${visible(elideMiddle(title, 80))}`}>
      <p class="tbn-box-head">
        <bdi>{visible(elideMiddle(title, 120))}</bdi>
      </p>
      {column?.column.kind === "metric" && <WhichNumber model={model} column={column} />}
      {column?.kind === "number" ? <RangeFilter model={model} column={column} /> : <ChoiceFilter model={model} name={name} cells={model.cells(name) ?? []} />}
      <div class="tbn-hp-deeds">
        {filtered && (
          <button type="button" class="tbn-link" onClick={() => model.setFilter(name, null)}>
            All values
          </button>
        )}
        {column !== null && <Placing model={model} column={column} onClose={onClose} />}
      </div>
    </Overlay>
  );
}

function WhichNumber({ model, column: { column, key } }: { model: HParamsModel; column: TableColumn }): JSX.Element | null {
  if (column.kind !== "metric") return null;
  return (
    <div class="tbn-control-row">
      <span class="tbn-second">Value</span>
      <Segments
        label="Which value of the curve"
        items={OFS.map((of) => ({
          text: of,
          on: column.of === of,
          select: () => model.setOf(key, of),
        }))}
      />
    </div>
  );
}

function RangeFilter({ model, column: { key } }: { model: HParamsModel; column: TableColumn }): JSX.Element {
  const filter = model.ui.value.filters[key];
  const range = filter?.kind === "range" ? filter : { kind: "range" as const, from: null, to: null };
  const scale = model.scales.value.get(key);
  const log = scale?.kind === "number" && scale.axis.log;
  const field = (side: "from" | "to") => (
    <BoundField label={side} value={range[side]} onValue={(value) => model.setFilter(key, { ...range, [side]: value })} />
  );
  return (
    <>
      <div class="tbn-fields">
        {field("from")}
        {field("to")}
      </div>
      <label class="tbn-hp-option">
        <input type="checkbox" checked={log} onChange={() => model.set({ log: { ...model.ui.peek().log, [key]: !log } })} />
        Logarithmic axis
      </label>
    </>
  );
}

interface BoundProps {
  label: string;
  value: number | null;
  onValue: (value: number | null) => void;
}

/** What is being typed stays, whatever comes in meanwhile. */
function BoundField({ label, value, onValue }: BoundProps): JSX.Element {
  const typed = useSignal<string | null>(null);
  return (
    <label class="tbn-field">
      <span>{label}</span>
      <input
        type="number"
        step="any"
        value={typed.value ?? value ?? ""}
        onInput={(event) => (typed.value = event.currentTarget.value)}
        onChange={(event) => {
          typed.value = null;
          onValue(event.currentTarget.value === "" ? null : Number(event.currentTarget.value));
        }}
      />
    </label>
  );
}

function ChoiceFilter({ model, name, cells }: { model: HParamsModel; name: string; cells: readonly Cell[] }): JSX.Element {
  const filter = model.ui.value.filters[name];
  const values = distinct(cells);
  const all: Cell[] = cells.includes(undefined) ? [...values, undefined] : values;
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cellKey(cell), (counts.get(cellKey(cell)) ?? 0) + 1);
  const only = filter?.kind === "choice" ? new Set(filter.only) : null;
  const toggle = (key: string) => {
    const now = only ?? new Set(all.map(cellKey));
    const next = all.map(cellKey).filter((one) => now.has(one) !== (one === key));
    model.setFilter(name, next.length === all.length ? null : { kind: "choice", only: next });
  };
  return (
    <>
      {all.length > FEW && (
        <label class="tbn-field tbn-hp-search">
          <Icon name="search" />
          <input
            type="search"
            placeholder="Matching"
            aria-label="Values that match a regular expression"
            value={filter?.kind === "text" ? filter.pattern : ""}
            onInput={(event) => model.setFilter(name, { kind: "text", pattern: event.currentTarget.value })}
          />
        </label>
      )}
      <div class="tbn-hp-choices" role="group" aria-label="Values">
        {all.slice(0, MOST).map((cell) => {
          const key = cellKey(cell);
          return (
            <label key={key} class="tbn-hp-option">
              <input type="checkbox" checked={only === null || only.has(key)} onChange={() => toggle(key)} />
              <bdi>{elideMiddle(cellText(cell), 60)}</bdi>
              <span class="tbn-second">{counts.get(key)}</span>
            </label>
          );
        })}
        {all.length > MOST && <p class="tbn-second">and {all.length - MOST} more</p>}
      </div>
    </>
  );
}

function Placing({ model, column, onClose }: { model: HParamsModel; column: TableColumn; onClose: () => void }): JSX.Element {
  const columns = model.columns.value;
  const at = columns.findIndex(({ key }) => key === column.key);
  const move = (before: number) => model.moveColumn(column.key, columns[before]?.key ?? null);
  return (
    <>
      <button type="button" class="tbn-link" disabled={at === 0} onClick={() => move(at - 1)}>
        ← Move
      </button>
      <button type="button" class="tbn-link" disabled={at === columns.length - 1} onClick={() => move(at + 2)}>
        Move →
      </button>
      <button
        type="button"
        class="tbn-link"
        onClick={() => {
          onClose();
          model.toggleColumn(column.column);
        }}
      >
        Hide
      </button>
    </>
  );
}
