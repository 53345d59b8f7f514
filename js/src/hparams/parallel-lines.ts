/** The lines of parallel coordinates: where they run, how they are painted, and which lies under the pointer. */
import type { CanvasLook } from "../panels/state";
import type { Scale } from "./scale";
import { pixelOf } from "./spread";
import type { TableColumn } from "./table";

export interface Axes {
  readonly columns: readonly TableColumn[];
  readonly scales: readonly Scale[];
  /** Of each axis, CSS pixels. */
  readonly x: readonly number[];
  readonly top: number;
  readonly bottom: number;
  /** Where lines run whose row has no place on an axis. */
  readonly missing: number;
}

/** How near the pointer is to a line that it means, CSS pixels. */
const NEAR = 8;
/** Share of the way between two axes that a line keeps its direction. */
const BEND = 0.4;
/** More lines than this are finer. */
const MANY = 100;

/** A row's y on each axis. */
export function pathOf({ columns, scales, top, bottom, missing }: Axes, row: number): number[] {
  return columns.map(({ cells }, i) => {
    const at = pixelOf(scales[i]!, cells[row], row, bottom - top);
    return Number.isNaN(at) ? missing : bottom - at;
  });
}

function trace(context: CanvasRenderingContext2D, x: readonly number[], y: readonly number[]): void {
  context.beginPath();
  context.moveTo(x[0]!, y[0]!);
  for (let i = 1; i < x.length; i++) {
    const bend = BEND * (x[i]! - x[i - 1]!);
    context.bezierCurveTo(x[i - 1]! + bend, y[i - 1]!, x[i]! - bend, y[i]!, x[i]!, y[i]!);
  }
}

export interface Painted {
  readonly count: number;
  readonly shown: readonly boolean[];
  readonly colours: readonly string[];
}

/** All lines: those that are not chosen behind the others, without colour. */
export function paintLines(context: CanvasRenderingContext2D, axes: Axes, { count, shown, colours }: Painted, rest: string): void {
  const many = shown.filter(Boolean).length > MANY;
  context.lineJoin = "round";
  for (const front of [false, true]) {
    context.lineWidth = front && !many ? 1.5 : 1;
    context.globalAlpha = front ? (many ? 0.55 : 0.85) : 1;
    for (let row = 0; row < count; row++) {
      if (shown[row] !== front) continue;
      context.strokeStyle = front ? colours[row]! : rest;
      trace(context, axes.x, pathOf(axes, row));
      context.stroke();
    }
  }
  context.globalAlpha = 1;
}

/** One line above all others, with a dot on each axis. */
export function paintLit(context: CanvasRenderingContext2D, axes: Axes, row: number, colour: string, look: CanvasLook): void {
  const y = pathOf(axes, row);
  context.lineJoin = "round";
  for (const [style, width] of [[look.ground, 5], [colour, 2.5]] as const) {
    context.strokeStyle = style;
    context.lineWidth = width;
    trace(context, axes.x, y);
    context.stroke();
  }
  for (const [i, x] of axes.x.entries()) {
    context.beginPath();
    context.arc(x, y[i]!, 3.2, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.strokeStyle = look.ground;
    context.lineWidth = 1.5;
    context.fill();
    context.stroke();
  }
}

/** The row whose line lies nearest under the pointer, among those that show; −1 for none. */
export function rowAt(axes: Axes, shown: readonly boolean[], atX: number, atY: number): number {
  const { x } = axes;
  if (x.length === 0) return -1;
  const right = Math.max(1, x.findIndex((one, i) => i > 0 && atX <= one));
  const i = atX > x.at(-1)! ? Math.max(1, x.length - 1) : Math.min(right, x.length - 1);
  const [from, to] = [x[i - 1] ?? x[0]!, x[i] ?? x[0]!];
  const part = to > from ? bent(Math.min(1, Math.max(0, (atX - from) / (to - from)))) : 0;
  let [best, nearest] = [-1, NEAR];
  for (let row = 0; row < shown.length; row++) {
    if (!shown[row]) continue;
    const y = pathOf(axes, row);
    const away = Math.abs((y[i - 1] ?? y[0]!) * (1 - part) + (y[i] ?? y[0]!) * part - atY);
    if (away < nearest) [best, nearest] = [row, away];
  }
  return best;
}

/** How far a line between two axes has come down at a share of the way: the curve of `trace`, solved for its x. */
function bent(share: number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 12; i++) {
    const t = (low + high) / 2;
    const at = 3 * (1 - t) ** 2 * t * BEND + 3 * (1 - t) * t * t * (1 - BEND) + t ** 3;
    if (at < share) low = t;
    else high = t;
  }
  const t = (low + high) / 2;
  return 3 * (1 - t) * t * t + t ** 3;
}
