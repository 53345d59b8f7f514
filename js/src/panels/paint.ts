/** The painter of curves: lines into a canvas that lies in a chart's plot area. */
import { toX, toY, type Scales } from "../maths/scale";
import type { Kept } from "../maths/thinned";
import { drawLine } from "./stroke";

export interface Line {
  x: Float64Array;
  /** Subtracted from each x. */
  shift: number;
  /** The points to draw. */
  kept: Kept;
  /** Width of the columns in which they lie, CSS pixels. */
  pitch: number;
  /** Index of the point after which the line breaks: what came next is lost. */
  hole: number | null;
  color: string;
  /** Lengths of strokes and gaps, CSS pixels; empty: none. */
  dash: readonly number[];
  /** CSS pixels. */
  width: number;
  alpha: number;
  /** A dot at the last point: filled while the run is live, hollow while its kernel is silent. */
  head: "live" | "silent" | null;
}

export interface Mark {
  x: number;
  y: number;
  color: string;
  radius: number;
}

/** The colour around dots, so that they stand off the lines. */
export interface Ground {
  color: string;
}

/** Draw `lines` over what the canvas held. */
export function paint(canvas: HTMLCanvasElement, lines: readonly Line[], scales: Scales, ground: Ground): void {
  const context = cleared(canvas);
  if (context === null) return;
  context.save();
  context.beginPath();
  context.rect(scales.left, scales.top, scales.width, scales.height);
  context.clip();
  for (const line of lines) drawLine(context, line, scales);
  context.restore();
  for (const line of lines) {
    paintEnd(context, line, scales, ground);
  }
}

/** The live head, or a cross where the values turn non-finite. */
function paintEnd(context: CanvasRenderingContext2D, line: Line, scales: Scales, ground: Ground): void {
  if (line.head === null) return;
  const last = line.kept.indices.at(-1);
  if (last === undefined) return;
  const px = toX(scales, line.x[last]! - line.shift);
  const py = toY(scales, line.kept.values.at(-1)!);
  if (!inside(px, py, scales)) return;
  if (line.head === "live") {
    disc(context, px, py, 6, line.color, 0.18);
    disc(context, px, py, 4.5, ground.color, 1);
    disc(context, px, py, 3, line.color, 1);
  } else {
    disc(context, px, py, 4.25, line.color, 1);
    disc(context, px, py, 2.5, ground.color, 1);
  }
}

/** Draw a vertical line at `x` (a cross-hair), and dots. */
export function paintHover(
  canvas: HTMLCanvasElement,
  hair: { x: number; color: string; dashed: boolean },
  marks: readonly Mark[],
  scales: Scales,
  ground: Ground,
): void {
  const context = cleared(canvas);
  if (context === null) return;
  const px = toX(scales, hair.x);
  if (px < scales.left - 0.5 || px > scales.left + scales.width + 0.5) return;
  context.strokeStyle = hair.color;
  context.lineWidth = 1;
  context.setLineDash(hair.dashed ? [2, 3] : []);
  context.beginPath();
  context.moveTo(Math.round(px) + 0.5, scales.top);
  context.lineTo(Math.round(px) + 0.5, scales.top + scales.height);
  context.stroke();
  paintDots(canvas, marks, scales, ground);
}

/** Draw dots with a ring of the ground over what the canvas holds. */
export function paintDots(canvas: HTMLCanvasElement, marks: readonly Mark[], scales: Scales, ground: Ground): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  for (const { x, y, color, radius } of marks) {
    const [px, py] = [toX(scales, x), toY(scales, y)];
    if (!inside(px, py, scales)) continue;
    disc(context, px, py, radius + 1.5, ground.color, 1);
    disc(context, px, py, radius, color, 1);
  }
}

/** Draw a cross and a word where a run's values turned non-finite. */
export function paintBreaks(
  canvas: HTMLCanvasElement,
  breaks: readonly (Mark & { text: string })[],
  scales: Scales,
  ground: Ground & { font: string },
): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  for (const { x, y, color, radius, text } of breaks) {
    const [px, py] = [toX(scales, x), toY(scales, y)];
    if (!inside(px, py, scales)) continue;
    context.strokeStyle = color;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(px - radius, py - radius);
    context.lineTo(px + radius, py + radius);
    context.moveTo(px - radius, py + radius);
    context.lineTo(px + radius, py - radius);
    context.stroke();
    context.font = ground.font;
    const room = context.measureText(text).width + 8;
    const before = px + room > scales.left + scales.width;
    context.textAlign = before ? "right" : "left";
    context.textBaseline = "middle";
    const [textX, textY] = [before ? px - 8 : px + 8, Math.max(scales.top + 8, py)];
    context.strokeStyle = ground.color;
    context.lineWidth = 4;
    context.strokeText(text, textX, textY);
    context.fillStyle = color;
    context.fillText(text, textX, textY);
  }
}

/** Draw one dot with a ring of the ground. */
export function dot(context: CanvasRenderingContext2D, px: number, py: number, radius: number, { color, ground }: { color: string; ground: string }): void {
  disc(context, px, py, radius + 1.5, ground, 1);
  disc(context, px, py, radius, color, 1);
}

export function erase(canvas: HTMLCanvasElement): void {
  cleared(canvas);
}

function cleared(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const context = canvas.getContext("2d");
  if (context === null) return null;
  const ratio = canvas.width / Math.max(1, Number.parseFloat(canvas.style.width) || canvas.clientWidth);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

function inside(px: number, py: number, { left, top, width, height }: Scales): boolean {
  return px >= left - 1 && px <= left + width + 1 && py >= top - 1 && py <= top + height + 1;
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number, color: string, alpha: number): void {
  context.globalAlpha = alpha;
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
  context.globalAlpha = 1;
}
