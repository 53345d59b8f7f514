/** Paints what is shaded around the curves of groups. */
import { toX, toY, type Scales } from "../maths/scale";
import { thinToPixels } from "../maths/thin";
import type { Curve } from "./curve";

const ALPHA = 0.19;

/** Shade the bands over what the canvas holds. */
export function paintBands(canvas: HTMLCanvasElement, curves: readonly Curve[], scales: Scales, colorOf: (curve: Curve) => string): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.save();
  context.beginPath();
  context.rect(scales.left, scales.top, scales.width, scales.height);
  context.clip();
  context.globalAlpha = ALPHA;
  for (const curve of curves) {
    context.fillStyle = colorOf(curve);
    for (const outline of outlinesOf(curve, scales)) {
      context.beginPath();
      for (const [x, y] of outline) context.lineTo(x, y);
      context.fill();
    }
  }
  context.restore();
}

type Point = readonly [number, number];

/** A polygon for each stretch in which both edges are finite, in pixels. */
export function outlinesOf({ band, fitLine }: Pick<Curve, "band" | "fitLine">, scales: Scales): Point[][] {
  if (band === null) return [];
  const { x, shift } = fitLine;
  const pixels = Math.max(1, Math.round(scales.width));
  const kept = [band.low, band.high].flatMap((edge) => [...thinToPixels(x, shift, edge, scales.x, pixels).indices]);
  const indices = [...new Set(kept)].sort((a, b) => a - b);
  const outlines: Point[][] = [];
  let upper: Point[] = [];
  let lower: Point[] = [];
  const close = () => {
    if (upper.length > 1) outlines.push([...upper, ...lower.reverse()]);
    [upper, lower] = [[], []];
  };
  for (const i of indices) {
    const px = toX(scales, x.values[i]! - shift);
    const [low, high] = [height(scales, band.low.at(i)), height(scales, band.high.at(i))];
    if (Number.isNaN(low + high)) {
      close();
      continue;
    }
    upper.push([px, high]);
    lower.push([px, low]);
  }
  close();
  return outlines;
}

/** NaN for what is no number; on a log axis what lies at zero or below is far down. */
function height(scales: Scales, value: number): number {
  if (!Number.isFinite(value)) return NaN;
  if (scales.y.log && value <= 0) return 1e5;
  return Math.max(-1e5, Math.min(1e5, toY(scales, value)));
}
