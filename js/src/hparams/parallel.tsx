/** Parallel coordinates: an axis a column, a line a row; a drag along an axis chooses rows. */
import { useSignal } from "@preact/signals";
import type { JSX, TargetedPointerEvent } from "preact";
import { useCallback, useMemo } from "preact/hooks";
import { elideMiddle, visible } from "../ui/format";
import { Canvas } from "./canvas";
import type { HParamsModel } from "./model";
import { type Axes, paintLines, paintLit, pathOf, rowAt } from "./parallel-lines";
import { restColor } from "./ramp";
import { filterOf, marksOf, type Scale, type Span, spansOf } from "./scale";
import { givenIn, type TableColumn } from "./table";

const TOP = 34;
const BOTTOM = 12;
/** Below an axis, for rows that have no place on it. */
const MISSING = 18;
/** Least and widest room of an axis, CSS pixels. */
const ROOM = 76;
const WIDEST = 260;
/** Left of the first axis: for numbers, and for words. */
const LEFT = { number: 46, choice: 84 } as const;
const RIGHT = 30;
/** A press within this of an axis begins a brush; a shorter drag than this is a click. */
const STRIP = 12;
const CLICK = 4;
const CHARACTER = 6.2;

interface ParallelProps {
  model: HParamsModel;
  width: number;
  height: number;
}

export function Parallel({ model, width, height }: ParallelProps): JSX.Element {
  const columns = model.columns.value;
  const axes = useAxes(columns, model.scales.value, width, height);
  const whole = Math.max(width, (axes.x.at(-1) ?? 0) + RIGHT);
  const { look, theme } = model.state;
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      context.clearRect(0, 0, whole, height);
      const rows = { count: model.rows.value.length, shown: model.shown.value, colours: model.colours.value };
      if (axes.x.length > 1) paintLines(context, axes, rows, restColor(theme.value));
    },
    [axes, whole, height],
  );
  const paintOver = useCallback(
    (context: CanvasRenderingContext2D) => {
      context.clearRect(0, 0, whole, height);
      const row = model.lit.value;
      if (row >= 0 && axes.x.length > 1) paintLit(context, axes, row, model.colours.value[row]!, look.value);
    },
    [axes, whole, height],
  );
  const under = (event: TargetedPointerEvent<HTMLDivElement>): string | null => {
    const place = event.currentTarget.getBoundingClientRect();
    const row = rowAt(axes, model.shown.peek(), event.clientX - place.left, event.clientY - place.top);
    return model.rows.peek()[row]?.key ?? null;
  };
  return (
    <div class="tbn-hp-parallel" style={{ width: `${width}px` }} role="figure" aria-label="Parallel coordinates: a line for each run" {...(whole > width ? { tabIndex: 0 } : {})}>
      <div
        class="tbn-hp-stage"
        style={{ width: `${whole}px`, height: `${height}px` }}
        onPointerMove={(event) => (model.hovered.value = under(event))}
        onPointerLeave={() => (model.hovered.value = null)}
        onClick={(event) => (model.picked.value = under(event as unknown as TargetedPointerEvent<HTMLDivElement>))}
      >
        <Canvas width={whole} height={height} paint={paint} />
        <Canvas width={whole} height={height} paint={paintOver} />
        <svg width={whole} height={height}>
          {columns.map((column, i) => (
            <ParallelAxis key={column.key} model={model} column={column} axes={axes} index={i} last={i === columns.length - 1} />
          ))}
        </svg>
        <LitValues model={model} axes={axes} />
      </div>
    </div>
  );
}

function useAxes(columns: readonly TableColumn[], scales: ReadonlyMap<string, Scale>, width: number, height: number): Axes {
  return useMemo(() => {
    const left = LEFT[columns[0]?.kind ?? "number"];
    const gap = Math.max(ROOM, Math.min(WIDEST, (width - left - RIGHT) / Math.max(1, columns.length - 1)));
    const bottom = height - BOTTOM - MISSING;
    const x = columns.map((_, i) => Math.round(left + i * gap) + 0.5);
    return { columns, scales: columns.map(({ key }) => scales.get(key)!), x, top: TOP, bottom, missing: bottom + MISSING };
  }, [columns, scales, width, height]);
}

interface AxisProps {
  model: HParamsModel;
  column: TableColumn;
  axes: Axes;
  index: number;
  last: boolean;
}

function ParallelAxis({ model, column, axes, index, last }: AxisProps): JSX.Element {
  const { top, bottom, missing } = axes;
  const x = axes.x[index]!;
  const scale = axes.scales[index]!;
  const length = bottom - top;
  const drawn = useSignal<Span | null>(null);
  const spans = drawn.value === null ? spansOf(scale, model.ui.value.filters[column.key]) : [drawn.value];
  const marks = marksOf(scale, givenIn(column), length / (scale.kind === "number" ? 34 : 15));
  const lacks = column.cells.some((cell) => cell === undefined || cell === null);
  const gap = index > 0 ? x - axes.x[index - 1]! : (axes.x[1] ?? x + ROOM) - x;
  // The first and the last name stand beside their axis, and end where the next one's room begins.
  const room = index === 0 ? gap / 2 + x : last ? gap / 2 + RIGHT : gap;
  const letters = Math.max(4, Math.floor((room - 10) / CHARACTER));
  const share = (event: PointerEvent, strip: SVGElement) =>
    Math.min(1, Math.max(0, (bottom - (event.clientY - strip.ownerSVGElement!.getBoundingClientRect().top)) / length));
  const onPointerDown = (event: TargetedPointerEvent<SVGRectElement>) => {
    if (event.button !== 0) return;
    const strip = event.currentTarget;
    const begun = share(event, strip);
    strip.setPointerCapture(event.pointerId);
    const controller = new AbortController();
    const { signal } = controller;
    const move = (moved: PointerEvent) => {
      const now = share(moved, strip);
      if (drawn.value === null && Math.abs(now - begun) * length < CLICK) return;
      drawn.value = [Math.min(begun, now), Math.max(begun, now)];
      model.setFilter(column.key, filterOf(scale, drawn.value));
    };
    const end = () => {
      controller.abort();
      if (drawn.value === null) model.setFilter(column.key, null);
      drawn.value = null;
    };
    strip.addEventListener("pointermove", move, { signal });
    strip.addEventListener("pointerup", end, { signal });
    strip.addEventListener("pointercancel", end, { signal });
    event.preventDefault();
  };
  const anchor = index === 0 ? "start" : last ? "end" : "middle";
  return (
    <g class="tbn-hp-axis" data-column={column.key}>
      <text class="tbn-hp-axis-name" x={index === 0 ? 2 : last ? x + RIGHT - 2 : x} y={14} text-anchor={anchor}>
        <title>{visible(elideMiddle(column.title, 1000))}</title>
        {visible(elideMiddle(column.title, letters))}
      </text>
      <line x1={x} x2={x} y1={top} y2={bottom} />
      {marks.map(({ place, label }) => (
        <text key={label} class="tbn-hp-tick" x={x - 6} y={bottom - place * length + 4} text-anchor="end">
          {elideMiddle(label, Math.min(12, letters))}
        </text>
      ))}
      {lacks && (
        <text class="tbn-hp-tick" x={x - 6} y={missing + 4} text-anchor="end">
          –
        </text>
      )}
      {spans.map(([from, to], i) => (
        <rect key={i} class="tbn-hp-brush" x={x - 5} width={10} y={bottom - to * length} height={Math.max(2, (to - from) * length)} rx={2} />
      ))}
      <rect
        class="tbn-hp-strip"
        x={x - STRIP}
        width={2 * STRIP}
        y={top - 6}
        height={length + 12}
        onPointerDown={onPointerDown}
        onClick={(event) => event.stopPropagation()}
      >
        <title>Drag to choose runs, click to choose all</title>
      </rect>
    </g>
  );
}

/** What the lit row has on each axis. */
function LitValues({ model, axes }: { model: HParamsModel; axes: Axes }): JSX.Element | null {
  const row = model.lit.value;
  if (row < 0) return null;
  const y = pathOf(axes, row);
  return (
    <>
      {axes.columns.map(({ key, texts }, i) => (
        <span key={key} class="tbn-hp-value" style={{ left: `${axes.x[i]! + 7}px`, top: `${y[i]! - 9}px` }} data-last={i === axes.x.length - 1}>
          {elideMiddle(texts[row]!, 14)}
        </span>
      ))}
    </>
  );
}
