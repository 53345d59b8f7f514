/** Outlines as paths of a canvas. */
import type { Outline } from "../maths/outline";

/** Two stairs nearer than this touch. */
const TOUCH = 0.01;

/**
 * The area between an outline and its ground.
 *
 * @param heightOf pixels above the ground
 */
export function tracePeaks(context: CanvasRenderingContext2D, { from, to, height }: Outline, base: number, heightOf: (height: number) => number): void {
  for (let i = 0; i < height.length; i++) {
    const y = base - heightOf(height[i]!);
    if (!touches(from, to, i)) context.moveTo(from[i]!, base);
    context.lineTo(from[i]!, y);
    context.lineTo(to[i]!, y);
    if (i === height.length - 1 || !touches(from, to, i + 1)) {
      context.lineTo(to[i]!, base);
      context.closePath();
    }
  }
}

/** Stroke an outline without its ground. */
export function strokeOutline(context: CanvasRenderingContext2D, { from, to, height }: Outline, base: number, heightOf: (height: number) => number): void {
  context.beginPath();
  for (let i = 0; i < height.length; i++) {
    const y = base - heightOf(height[i]!);
    if (!touches(from, to, i)) context.moveTo(from[i]!, base);
    context.lineTo(from[i]!, y);
    context.lineTo(to[i]!, y);
    if (i === height.length - 1 || !touches(from, to, i + 1)) context.lineTo(to[i]!, base);
  }
  context.stroke();
}

/** Whether a stair begins where the one before ends. */
function touches(from: Float64Array, to: Float64Array, i: number): boolean {
  return i > 0 && from[i]! - to[i - 1]! < TOUCH;
}
