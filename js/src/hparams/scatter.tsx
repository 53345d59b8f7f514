/** A scatter plot of two columns; a drag chooses the rows within. */
import { useSignal } from "@preact/signals";
import type { JSX, TargetedPointerEvent } from "preact";
import { useCallback } from "preact/hooks";
import { elideMiddle, visible } from "../ui/format";
import { Canvas } from "./canvas";
import type { HParamsModel } from "./model";
import { restColor } from "./ramp";
import { filterOf, marksOf, type Scale, type Span } from "./scale";
import { pixelOf } from "./spread";
import { givenIn, type TableColumn } from "./table";

const HEAD = 28;
const LEFT = 52;
const RIGHT = 10;
const TOP = 8;
const BOTTOM = 22;
/** From the axes to the first points. */
const PAD = 10;
const NEAR = 14;
const CLICK = 4;
const MANY = 300;

interface Plot {
  x: TableColumn;
  y: TableColumn;
  scaleX: Scale;
  scaleY: Scale;
  width: number;
  height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface ScatterProps {
  model: HParamsModel;
  width: number;
  height: number;
}

export function Scatter({ model, width, height }: ScatterProps): JSX.Element | null {
  const columns = model.columns.value;
  const { ui } = model;
  const x = columns.find(({ key }) => key === ui.value.x) ?? columns.find(({ column }) => column.kind === "hparam") ?? columns[0];
  const y = columns.find(({ key }) => key === ui.value.y) ?? columns.find(({ column }) => column.kind === "metric") ?? columns.at(-1);
  if (x === undefined || y === undefined) return null;
  const choose = (which: "x" | "y") => (
    <select
      class="tbn-hp-select"
      aria-label={which === "x" ? "Horizontal axis" : "Vertical axis"}
      value={(which === "x" ? x : y).key}
      onChange={(event) => model.set({ [which]: event.currentTarget.value })}
    >
      {columns.map(({ key, title }) => (
        <option key={key} value={key}>
          {visible(elideMiddle(title, 40))}
        </option>
      ))}
    </select>
  );
  const plot = { x, y, scaleX: model.scales.value.get(x.key)!, scaleY: model.scales.value.get(y.key)!, width, height: height - HEAD };
  return (
    <div class="tbn-hp-scatter" style={{ width: `${width}px` }} role="figure" aria-label="Scatter plot: a point for each run">
      <div class="tbn-hp-scatter-head">
        {choose("y")} <span class="tbn-second">by</span> {choose("x")}
      </div>
      <Points model={model} plot={plot} />
    </div>
  );
}

function Points({ model, plot }: { model: HParamsModel; plot: Plot }): JSX.Element {
  const { width, height, x, y, scaleX, scaleY } = plot;
  const { look, theme } = model.state;
  const rect = useSignal<readonly [Point, Point] | null>(null);
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      context.clearRect(0, 0, width, height);
      paintPoints(context, plot, model.shown.value, model.colours.value, look.value.ground, restColor(theme.value));
    },
    [x, y, scaleX, scaleY, width, height],
  );
  const paintOver = useCallback(
    (context: CanvasRenderingContext2D) => {
      context.clearRect(0, 0, width, height);
      const at = pointOf(plot, model.lit.value);
      if (at !== null) paintPoint(context, at, 5.5, model.colours.value[model.lit.value]!, look.value.ground);
    },
    [x, y, scaleX, scaleY, width, height],
  );
  const at = (event: PointerEvent, box: Element): Point => {
    const place = box.getBoundingClientRect();
    return { x: event.clientX - place.left, y: event.clientY - place.top };
  };
  const under = ({ x: left, y: top }: Point): string | null => {
    let [best, nearest] = [-1, NEAR];
    for (const [row, shown] of model.shown.peek().entries()) {
      const point = shown ? pointOf(plot, row) : null;
      const away = point === null ? Infinity : Math.hypot(point.x - left, point.y - top);
      if (away < nearest) [best, nearest] = [row, away];
    }
    return model.rows.peek()[best]?.key ?? null;
  };
  const onPointerDown = (event: TargetedPointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    const box = event.currentTarget;
    const begun = at(event, box);
    box.setPointerCapture(event.pointerId);
    const controller = new AbortController();
    const { signal } = controller;
    const move = (moved: PointerEvent) => {
      const now = at(moved, box);
      if (rect.value !== null || Math.hypot(now.x - begun.x, now.y - begun.y) >= CLICK) rect.value = [begun, now];
    };
    const end = () => {
      controller.abort();
      if (rect.value === null) model.picked.value = under(begun);
      else model.setFilters(filtersOf(plot, rect.value));
      rect.value = null;
    };
    box.addEventListener("pointermove", move, { signal });
    box.addEventListener("pointerup", end, { signal });
    box.addEventListener("pointercancel", end, { signal });
  };
  const [inX, inY] = [width - LEFT - RIGHT - 2 * PAD, height - TOP - BOTTOM - 2 * PAD];
  const across = marksOf(scaleX, givenIn(x), inX / (scaleX.kind === "number" ? 70 : 60));
  const up = marksOf(scaleY, givenIn(y), inY / (scaleY.kind === "number" ? 34 : 16));
  const floor = height - BOTTOM;
  return (
    <div
      class="tbn-hp-stage tbn-hp-points"
      style={{ width: `${width}px`, height: `${height}px` }}
      onPointerMove={(event) => (model.hovered.value = rect.value === null ? under(at(event, event.currentTarget)) : null)}
      onPointerLeave={() => (model.hovered.value = null)}
      onPointerDown={onPointerDown}
    >
      <svg width={width} height={height} aria-hidden="true">
        {up.map(({ place, label }) => (
          <g key={label}>
            <line class="tbn-hp-gridline" x1={LEFT} x2={width - RIGHT} y1={floor - PAD - place * inY} y2={floor - PAD - place * inY} />
            <text class="tbn-hp-tick" x={LEFT - 8} y={floor - PAD - place * inY + 4} text-anchor="end">
              {elideMiddle(label, 8)}
            </text>
          </g>
        ))}
        <line class="tbn-hp-baseline" x1={LEFT} x2={width - RIGHT} y1={floor} y2={floor} />
        {across.map(({ place, label }) => (
          <text key={label} class="tbn-hp-tick" x={LEFT + PAD + place * inX} y={height - 6} text-anchor="middle">
            {elideMiddle(label, 10)}
          </text>
        ))}
      </svg>
      <Canvas width={width} height={height} paint={paint} />
      <Canvas width={width} height={height} paint={paintOver} />
      {rect.value !== null && <span class="tbn-hp-rect" style={boxOf(rect.value)} />}
      <LitPoint model={model} plot={plot} />
    </div>
  );
}

/** What the lit row is, beside its point. */
function LitPoint({ model, plot }: { model: HParamsModel; plot: Plot }): JSX.Element | null {
  const row = model.lit.value;
  const at = pointOf(plot, row);
  if (at === null) return null;
  const left = at.x > plot.width / 2;
  const side = left ? { right: `${plot.width - at.x + 10}px` } : { left: `${at.x + 10}px` };
  return (
    <span class="tbn-hp-note" style={{ ...side, top: `${Math.max(0, at.y - 34)}px` }}>
      <bdi>{visible(elideMiddle(model.rows.value[row]!.label, 32))}</bdi>
      <span>
        {elideMiddle(plot.x.texts[row]!, 20)} · <b>{elideMiddle(plot.y.texts[row]!, 20)}</b>
      </span>
    </span>
  );
}

/** Where a row lies; null where one of its values has no place. */
function pointOf({ x, y, scaleX, scaleY, width, height }: Plot, row: number): Point | null {
  if (row < 0) return null;
  const across = pixelOf(scaleX, x.cells[row], row, width - LEFT - RIGHT - 2 * PAD);
  const up = pixelOf(scaleY, y.cells[row], row, height - TOP - BOTTOM - 2 * PAD);
  return Number.isNaN(across + up) ? null : { x: LEFT + PAD + across, y: height - BOTTOM - PAD - up };
}

function paintPoints(
  context: CanvasRenderingContext2D,
  plot: Plot,
  shown: readonly boolean[],
  colours: readonly string[],
  ground: string,
  rest: string,
): void {
  const radius = shown.length > MANY ? 2.5 : 4;
  for (const front of [false, true]) {
    for (const [row, one] of shown.entries()) {
      const at = one === front ? pointOf(plot, row) : null;
      if (at !== null) paintPoint(context, at, front ? radius : 2.5, front ? colours[row]! : rest, ground);
    }
  }
}

function paintPoint(context: CanvasRenderingContext2D, { x, y }: Point, radius: number, colour: string, ground: string): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.strokeStyle = ground;
  context.lineWidth = 1;
  context.fill();
  context.stroke();
}

function boxOf([a, b]: readonly [Point, Point]): Record<string, string> {
  const pixels = { left: Math.min(a.x, b.x), top: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
  return Object.fromEntries(Object.entries(pixels).map(([name, value]) => [name, `${value}px`]));
}

/** The filters of both columns that let through what lies within a rectangle. */
function filtersOf({ x, y, scaleX, scaleY, width, height }: Plot, [a, b]: readonly [Point, Point]): Record<string, ReturnType<typeof filterOf>> {
  const span = (one: number, other: number, length: number): Span => [Math.min(one, other) / length, Math.max(one, other) / length];
  const [inX, inY] = [width - LEFT - RIGHT - 2 * PAD, height - TOP - BOTTOM - 2 * PAD];
  const floor = height - BOTTOM - PAD;
  return {
    [x.key]: filterOf(scaleX, span(a.x - LEFT - PAD, b.x - LEFT - PAD, inX)),
    [y.key]: filterOf(scaleY, span(floor - a.y, floor - b.y, inY)),
  };
}
