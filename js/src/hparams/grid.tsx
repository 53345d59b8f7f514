/** The table of runs: as many rows as are in sight. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { elideMiddle, visible } from "../ui/format";
import { Icon } from "../ui/icons";
import { Name } from "../ui/name";
import { ColumnMenu } from "./column-menu";
import { type HParamsModel, RUN } from "./model";
import type { TableColumn } from "./table";

const ROW = 26;
const HEAD = 28;
/** Rows above and below those in sight. */
const BESIDE = 8;
/** Widths of the names and of each column at least, CSS pixels. */
const NAMES = 150;
const NAMES_NARROW = 112;
const COLUMN = 88;
const NARROW = 520;

interface GridProps {
  model: HParamsModel;
  width: number;
  /** Of the rows that are seen at once, at most; null: all. */
  height: number | null;
}

export function Grid({ model, width, height }: GridProps): JSX.Element {
  const columns = model.columns.value;
  const order = model.order.value;
  const rows = model.rows.value;
  const top = useSignal(0);
  const box = useRef<HTMLDivElement>(null);
  const room = Math.min(height ?? Infinity, order.length * ROW);
  const first = Math.max(0, Math.floor(top.value / ROW) - BESIDE);
  const last = Math.min(order.length, Math.ceil((top.value + room) / ROW) + BESIDE);
  const names = width < NARROW ? NAMES_NARROW : NAMES;
  const template = `minmax(${names}px, 2.2fr) repeat(${columns.length}, minmax(${COLUMN}px, 1fr))`;
  const picked = model.picked.value;
  const at = order.findIndex((row) => rows[row]!.key === picked);
  // What is picked in a plot is seen here, too.
  useEffect(() => {
    const element = box.current;
    if (element === null || at < 0) return;
    const inside = element.clientHeight - HEAD;
    if (at * ROW < element.scrollTop) element.scrollTop = at * ROW;
    else if ((at + 1) * ROW > element.scrollTop + inside) element.scrollTop = (at + 1) * ROW - inside;
  }, [at]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const row = rows[order[at] ?? -1];
    const pick = (to: number) => (model.picked.value = rows[order[Math.min(order.length - 1, Math.max(0, to))] ?? -1]?.key ?? null);
    if (event.key === "ArrowDown") pick(at + 1);
    else if (event.key === "ArrowUp") pick(at - 1);
    else if (event.key === "Home") pick(0);
    else if (event.key === "End") pick(order.length - 1);
    else if (event.key === " " && row !== undefined) model.toggle(row);
    else if (event.key === "Enter" && row !== undefined) model.goTo(row, event.shiftKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      class="tbn-hp-grid"
      ref={box}
      role="grid"
      aria-label="Runs"
      aria-rowcount={order.length + 1}
      tabIndex={0}
      {...(at < first || at >= last ? {} : { "aria-activedescendant": rowId(model, order[at]!) })}
      style={{ maxHeight: `${room + HEAD + 12}px`, "--tbn-hp-columns": template, "--tbn-hp-width": `${names + columns.length * COLUMN}px` }}
      onScroll={(event) => (top.value = event.currentTarget.scrollTop)}
      onPointerLeave={() => (model.hovered.value = null)}
      onKeyDown={onKeyDown}
    >
      <div class="tbn-hp-head" role="row" aria-rowindex={1}>
        <Head model={model} name={RUN} title="Run" column={null} />
        {columns.map((column) => (
          <Head key={column.key} model={model} name={column.key} title={column.title} column={column} />
        ))}
      </div>
      <div role="rowgroup" class="tbn-hp-rows" style={{ height: `${order.length * ROW}px`, paddingTop: `${first * ROW}px` }}>
        {order.slice(first, last).map((row, i) => (
          <GridRow key={rows[row]!.key} model={model} row={row} index={first + i} columns={columns} />
        ))}
      </div>
    </div>
  );
}

function rowId(model: HParamsModel, row: number): string {
  return `tbn-hp-${model.id}-${row}`;
}

interface HeadProps {
  model: HParamsModel;
  name: string;
  title: string;
  /** Absent for the names. */
  column: TableColumn | null;
}

/** A click sorts: numbers from the greatest, texts from the first, then the other way, then no more; a drag moves the column. */
function Head({ model, name, title, column }: HeadProps): JSX.Element {
  const { sort } = model.ui.value;
  const now = sort?.key === name ? sort : null;
  const begins = column?.kind === "number";
  const next = () => model.set({ sort: now === null ? { key: name, down: begins } : now.down === begins ? { key: name, down: !begins } : null });
  const over = useSignal(false);
  const draggable = column !== null && {
    draggable: true,
    onDragStart: (event: DragEvent) => event.dataTransfer?.setData("text/x-tbn-column", name),
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("text/x-tbn-column") !== true) return;
      event.preventDefault();
      over.value = true;
    },
    onDragLeave: () => (over.value = false),
    onDrop: (event: DragEvent) => {
      over.value = false;
      const moved = event.dataTransfer?.getData("text/x-tbn-column") ?? "";
      if (moved !== name) model.moveColumn(moved, name);
      event.preventDefault();
    },
  };
  return (
    <span
      class={column?.kind === "number" ? "tbn-hp-cell tbn-hp-right" : "tbn-hp-cell"}
      role="columnheader"
      aria-sort={now === null ? "none" : now.down ? "descending" : "ascending"}
      data-column={name}
      data-over={over.value}
      {...draggable}
    >
      <button type="button" class="tbn-hp-sort" title={`Sort by ${visible(elideMiddle(title, 1000))}`} onClick={next}>
        <Name text={title} />
        {now !== null && <span aria-hidden="true">{now.down ? "↓" : "↑"}</span>}
      </button>
      <ColumnMenu model={model} name={name} title={title} column={column} />
    </span>
  );
}

interface RowProps {
  model: HParamsModel;
  row: number;
  index: number;
  columns: readonly TableColumn[];
}

function GridRow({ model, row, index, columns }: RowProps): JSX.Element {
  const one = model.rows.value[row]!;
  const shown = model.shown.value[row]!;
  const colour = model.colours.value[row]!;
  const label = visible(elideMiddle(one.label, 200));
  const go = (event: MouseEvent) => {
    event.stopPropagation();
    model.goTo(one, event.shiftKey);
  };
  const toggle = (event: MouseEvent) => {
    event.stopPropagation();
    model.toggle(one);
  };
  return (
    <div
      class="tbn-hp-row"
      id={rowId(model, row)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={model.picked.value === one.key}
      data-run={one.run.name}
      data-shown={shown}
      data-lit={model.lit.value === row}
      onPointerEnter={() => (model.hovered.value = one.key)}
      onClick={() => (model.picked.value = model.picked.peek() === one.key ? null : one.key)}
    >
      <span class="tbn-hp-cell tbn-hp-name" role="gridcell">
        <button type="button" class="tbn-hp-check" role="checkbox" aria-checked={shown} aria-label={`Show ${label}`} tabIndex={-1} onClick={toggle}>
          <i style={shown ? { background: colour, color: colour } : { color: colour }}>{shown && <Icon name="check" />}</i>
        </button>
        <button type="button" class="tbn-hp-go" title="Click for its curves, Shift for its curves alone" tabIndex={-1} onClick={go}>
          <Name text={one.label} />
        </button>
      </span>
      {columns.map(({ key, kind, cells, texts }) => (
        <span
          key={key}
          role="gridcell"
          class={kind === "number" ? "tbn-hp-cell tbn-hp-right" : "tbn-hp-cell"}
          data-missing={cells[row] === undefined || cells[row] === null}
          title={typeof cells[row] === "string" ? visible(elideMiddle(cells[row], 1000)) : undefined}
        >
          <bdi>{texts[row]}</bdi>
        </span>
      ))}
    </div>
  );
}
