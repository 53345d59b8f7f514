import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Icon } from "../ui/icons";
import { classWords, countText, flopsText, tensorText } from "./facts";
import { hueColor } from "./colour";
import { type Model, pathOf } from "./model";
import { amountOf, type Painting } from "./painting";
import { groupsAround, ownName, type Sort, type SortBy, sortedRows, type TableRow, treeRows } from "./table-rows";
import { shownText } from "./text";
import type { Theme } from "../ui/tokens";

interface TableProps {
  readonly model: Model;
  readonly painting: Painting;
  readonly theme: Theme;
  readonly selected: number | null;
  readonly width: number;
  /** Of the rows that are seen at once, at most. */
  readonly height: number;
  onSelect: (id: number) => void;
}

const ROW = 28;
const INDENT = 20;
const BAR = 68;
/** Narrower than this there is no room for bars, and less than that none for classes. */
const ROOM_FOR_BARS = 640;
const ROOM_FOR_CLASS = 480;
/** Rows above and below those in sight. */
const BESIDE = 8;

/** The layers with their sizes; one selection with the diagram. */
export function LayerTable({ model, painting, theme, selected, width, height, onSelect }: TableProps): JSX.Element {
  const [open, setOpen] = useState<ReadonlySet<number>>(() => new Set(model.top.filter((id) => model.items[id]?.kind === "fold" && model.items[id].aside !== true)));
  const [sort, setSort] = useState<Sort>(null);
  const [top, setTop] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => (sort === null ? treeRows(model, open) : sortedRows(model, sort)), [model, open, sort]);
  const most = useMemo(() => ({ params: largest(model, rows, "params"), flops: largest(model, rows, "flops") }), [model, rows]);
  const at = rows.findIndex((row) => row.id === selected);
  const room = Math.max(5 * ROW, height - 2 * ROW);

  // What is selected in the diagram is seen here, too.
  useEffect(() => {
    if (selected === null) return;
    if (sort === null) setOpen((now) => (groupsAround(model, selected).every((id) => now.has(id)) ? now : new Set([...now, ...groupsAround(model, selected)])));
  }, [selected, sort, model]);
  useEffect(() => {
    const box = scroller.current;
    if (box === null || at < 0) return;
    if (at * ROW < box.scrollTop) box.scrollTop = at * ROW;
    else if ((at + 1) * ROW > box.scrollTop + box.clientHeight) box.scrollTop = (at + 1) * ROW - box.clientHeight;
  }, [at]);

  const toggle = (id: number): void =>
    setOpen((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLButtonElement) return;
    const row = rows[at];
    const go = (next: TableRow | undefined): void => (next === undefined ? undefined : onSelect(next.id));
    if (event.key === "ArrowDown") go(rows[at + 1]);
    else if (event.key === "ArrowUp") go(rows[Math.max(at - 1, 0)]);
    else if (event.key === "Home") go(rows[0]);
    else if (event.key === "End") go(rows.at(-1));
    else if (event.key === "ArrowRight" && row?.canOpen === true && !row.open) toggle(row.id);
    else if (event.key === "ArrowLeft" && row?.open === true) toggle(row.id);
    else if ((event.key === "Enter" || event.key === " ") && row?.canOpen === true) toggle(row.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const first = Math.max(0, Math.floor(top / ROW) - BESIDE);
  const last = Math.min(rows.length, Math.ceil((top + room) / ROW) + BESIDE);
  const columns: Columns = { cls: width >= ROOM_FOR_CLASS, bars: width >= ROOM_FOR_BARS };
  const { totals } = model.payload;
  return (
    <div class={`tbn-layers ${columns.cls ? "" : "tbn-classless"} ${columns.bars ? "" : "tbn-barless"}`} style={{ width: `${width}px` }}>
      <div
        class="tbn-layers-grid"
        role="treegrid"
        aria-label="Layers"
        aria-rowcount={rows.length + 1}
        tabIndex={0}
        {...(at < 0 ? {} : { "aria-activedescendant": `tbn-layer-${selected}` })}
        onKeyDown={onKeyDown}
      >
        <div class="tbn-layers-head" role="row" aria-rowindex={1}>
          <Head by="name" text={sort === null ? "Layer, as run" : "Layer"} sort={sort} onSort={setSort} />
          {columns.cls && <span role="columnheader">Class</span>}
          <Head by="output" text="Output" sort={sort} onSort={setSort} />
          <Head by="params" text="Parameters" sort={sort} onSort={setSort} />
          <Head by="flops" text="FLOPs" sort={sort} onSort={setSort} />
        </div>
        <div class="tbn-layers-body" ref={scroller} role="rowgroup" style={{ maxHeight: `${room}px` }} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
          <div style={{ height: `${rows.length * ROW}px`, paddingTop: `${first * ROW}px`, boxSizing: "border-box" }} role="presentation">
            {rows.slice(first, last).map((row, i) => (
              <Row
                key={row.id}
                row={row}
                index={first + i}
                model={model}
                painting={painting}
                theme={theme}
                columns={columns}
                most={most}
                whole={sort !== null}
                isSelected={row.id === selected}
                onSelect={onSelect}
                onToggle={toggle}
              />
            ))}
          </div>
        </div>
      </div>
      <div class="tbn-layers-foot">
        <span class="tbn-quiet">Total</span>
        {columns.cls && <span />}
        <span />
        <span class="tbn-number">{countText(totals.params)}</span>
        <span class="tbn-number">{totals.flops === null ? "–" : flopsShort(totals.flops)}</span>
      </div>
    </div>
  );
}

interface Columns {
  readonly cls: boolean;
  readonly bars: boolean;
}

function largest(model: Model, rows: readonly TableRow[], of: "params" | "flops"): number {
  return rows.reduce((most, { id }) => Math.max(most, amountOf(model, id, of)), 0);
}

function flopsShort(flops: number): string {
  return flopsText(flops).replace(/FLOPs$/, "").replace(/\s+/g, "");
}

interface HeadProps {
  readonly by: SortBy;
  readonly text: string;
  readonly sort: Sort;
  onSort: (sort: Sort) => void;
}

/** Sorts by a column: numbers from the largest, then from the smallest, then no more. */
function Head({ by, text, sort, onSort }: HeadProps): JSX.Element {
  const now = sort?.by === by ? sort : null;
  const begins = by !== "name";
  const next = (): Sort => (now === null ? { by, down: begins } : now.down === begins ? { by, down: !begins } : null);
  return (
    <span class={by === "params" || by === "flops" ? "tbn-number" : ""} role="columnheader" aria-sort={now === null ? "none" : now.down ? "descending" : "ascending"}>
      <button type="button" onClick={() => onSort(next())}>
        {text}
        {now !== null && (now.down ? " ↓" : " ↑")}
      </button>
    </span>
  );
}

interface RowProps {
  readonly row: TableRow;
  readonly index: number;
  readonly model: Model;
  readonly painting: Painting;
  readonly theme: Theme;
  readonly columns: Columns;
  readonly most: { readonly params: number; readonly flops: number };
  /** Whether it stands without its groups, and so bears their names. */
  readonly whole: boolean;
  readonly isSelected: boolean;
  onSelect: (id: number) => void;
  onToggle: (id: number) => void;
}

function Row({ row, index, model, painting, theme, columns, most, whole, isSelected, onSelect, onToggle }: RowProps): JSX.Element {
  const item = model.items[row.id]!;
  const hue = painting.hueOf(row.id);
  const params = amountOf(model, row.id, "params");
  const flops = amountOf(model, row.id, "flops");
  const output = item.outputs?.[0];
  const more = (item.outputs?.length ?? 0) - 1;
  const openOrSelect = (event: MouseEvent): void => {
    event.stopPropagation();
    (row.canOpen ? onToggle : onSelect)(row.id);
  };
  return (
    <div
      class="tbn-module-row"
      id={`tbn-layer-${row.id}`}
      role="row"
      data-id={row.id}
      aria-rowindex={index + 2}
      aria-level={row.depth + 1}
      aria-selected={isSelected}
      {...(row.canOpen ? { "aria-expanded": row.open } : {})}
      onClick={() => onSelect(row.id)}
      onDblClick={() => (row.canOpen ? onToggle(row.id) : undefined)}
    >
      <span class={params > 0 ? "tbn-layer-name tbn-strong" : "tbn-layer-name"} role="gridcell" style={{ paddingLeft: `${row.depth * INDENT}px` }}>
        <span class="tbn-layer-open" aria-hidden="true" onClick={openOrSelect}>
          {row.canOpen && <Icon name={row.open ? "down" : "right"} />}
        </span>
        {hue !== undefined && <span class="tbn-layer-hue" style={{ background: hueColor(theme, hue) }} aria-hidden="true" />}
        <bdi title={shownText(pathOf(model, row.id))}>{shownText(whole ? pathOf(model, row.id) : ownName(model, row.id))}</bdi>
      </span>
      {columns.cls && (
        <span role="gridcell">
          <bdi>{classWords(item)}</bdi>
        </span>
      )}
      <span role="gridcell">{output === undefined ? "" : `${shownText(tensorText(output))}${more > 0 ? ` and ${more} more` : ""}`}</span>
      <Amount text={params > 0 ? countText(params) : "–"} share={most.params > 0 ? params / most.params : 0} bar={columns.bars} />
      <Amount text={flops > 0 ? flopsShort(flops) : "–"} share={most.flops > 0 ? flops / most.flops : 0} bar={columns.bars} />
    </div>
  );
}

function Amount({ text, share, bar }: { text: string; share: number; bar: boolean }): JSX.Element {
  return (
    <span class="tbn-number" role="gridcell">
      {text}
      {bar && (
        <span class="tbn-layer-bar" aria-hidden="true">
          {share > 0 && <span style={{ width: `${Math.max(2, BAR * Math.min(1, share))}px` }} />}
        </span>
      )}
    </span>
  );
}
