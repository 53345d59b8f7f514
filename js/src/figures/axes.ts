/** Axes of what we draw ourselves, in the manner of the curves' cards: a grid of lines across, ticks at the foot. */
import { toX, toY, type Scales } from "../maths/scale";
import type { Ticks } from "../maths/ticks";
import { LEFT, RIGHT, STANDOFF, TICK } from "../panels/axes";
import type { CanvasLook } from "../panels/state";

export interface Size {
  /** CSS pixels. */
  width: number;
  height: number;
}

const CHARACTER = 6.4;

/** Room left of the plot for these labels. */
export function leftRoom(labels: readonly string[]): number {
  const longest = labels.reduce((length, label) => Math.max(length, label.length), 0);
  return Math.max(LEFT, Math.ceil(longest * CHARACTER) + STANDOFF + 2);
}

export function tickFont({ font }: CanvasLook): string {
  return `11px ${font}`;
}

/** Lines across at the ticks of y with their labels, the foot, and the ticks of x. */
export function paintAxes(context: CanvasRenderingContext2D, scales: Scales, x: Ticks, y: Ticks, look: CanvasLook): void {
  paintLevels(context, scales, y.values.map((value) => toY(scales, value)), y.labels, look);
  paintFoot(context, scales, x, look);
}

/** Lines across at heights, with labels at their left. */
export function paintLevels(
  context: CanvasRenderingContext2D,
  { left, width }: Scales,
  heights: readonly number[],
  labels: readonly string[],
  look: CanvasLook,
): void {
  context.font = tickFont(look);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const [i, height] of heights.entries()) {
    const at = Math.round(height);
    context.fillStyle = look.grid;
    context.fillRect(left, at, width, 1);
    context.fillStyle = look.second;
    context.fillText(labels[i] ?? "", left - STANDOFF, at + 0.5);
  }
}

/** The line at the foot, and the ticks of x below it; a label that would be cut off moves a little, or is left out. */
export function paintFoot(context: CanvasRenderingContext2D, scales: Scales, { values, labels }: Ticks, look: CanvasLook): void {
  const { left, top, width, height } = scales;
  const foot = Math.round(top + height);
  context.fillStyle = look.baseline;
  context.fillRect(left, foot, width, 1);
  context.font = tickFont(look);
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  for (const [i, value] of values.entries()) {
    const at = toX(scales, value);
    context.fillStyle = look.baseline;
    context.fillRect(Math.round(at), foot, 1, TICK);
    const half = context.measureText(labels[i] ?? "").width / 2;
    const shown = Math.min(at, left + width + RIGHT - half);
    if (at - half < 0 || at - shown > half / 2) continue;
    context.fillStyle = look.second;
    context.fillText(labels[i] ?? "", shown, foot + 16);
  }
}
