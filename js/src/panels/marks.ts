/** What befell a run, on its charts: where an exception ended it, and which steps it lost. */
import { firstFrom } from "../maths/polyline";
import { toX, type Scales } from "../maths/scale";
import { formatStep } from "../ui/format";
import { breakOf, type Columns, type Curve } from "./curve";
import type { Mark } from "./paint";
import type { CanvasLook } from "./state";

/** Where a run was ended by an exception. */
export interface Stop {
  x: number;
  words: string;
}

/** Where a curve lacks points that its writer lost: between point `after` and the next. */
export interface Hole {
  after: number;
  from: number;
  to: number;
}

const FONT_SIZE = 11;
const TINT = 0.08;
const WORD_GAP = 8;

/** The stop of a curve on its x axis; null where its run goes on or ended as it should. */
export function stopOf({ run, older, axis, x, shift }: Curve): Stop | null {
  if (older || !run.ended || run.ended_by === null || run.last_step === null) return null;
  const at = axis === "step" ? run.last_step : x.at(-1)! - shift;
  return { x: at, words: `stopped at ${formatStep(run.last_step)}` };
}

function stopsOf(curves: readonly Curve[]): Stop[] {
  return curves.map(stopOf).filter((stop) => stop !== null);
}

/** The stops as what an x range is fitted to: a tag's last point may lie before its run's last step. */
export function stopsAt(curves: readonly Curve[]): number[] {
  return stopsOf(curves).map(({ x }) => x);
}

/** Where the curves' values turned non-finite for good, each with what it says. */
export function breaksOf(curves: readonly Curve[], { gone }: CanvasLook): (Mark & { text: string })[] {
  return curves.flatMap((curve) => {
    const found = breakOf(curve);
    if (found === null) return [];
    const { series, x, shift } = curve;
    const text = `${found.kind} from ${formatStep(series.step[found.from]!)}`;
    return [{ x: x[found.index]! - shift, y: curve.smoothedAt(found.index), color: gone, radius: 4, text }];
  });
}

/** The hole of a curve on its x axis: the widest that its points leave among the lost steps; null if they leave none. */
export function holeOf({ run, older, axis, series, x, shift }: Curve): Hole | null {
  const steps = run.lost?.steps;
  if (older || steps == null) return null;
  const [first, last] = steps;
  const after = widestGap(series, first, last);
  if (after < 0) return null;
  const { step } = series;
  if (axis !== "step") return { after, from: x[after]! - shift, to: x[after + 1]! - shift };
  return { after, from: Math.max(first, step[after]!), to: Math.min(last, step[after + 1]!) };
}

const gaps = new WeakMap<Columns, { of: string; after: number }>();

/** After which point the steps of a series leave most of some steps out; −1 if none leaves half of them out. */
function widestGap(series: Columns, first: number, last: number): number {
  const { step, epoch } = series;
  const [start, end] = [Math.max(0, firstFrom(step, first) - 1), firstFrom(step, last + 1)];
  // Points that come behind change nothing, so that one looks once.
  const of = [epoch, first, last, start, end, step[end] ?? NaN].join(" ");
  const known = gaps.get(series);
  if (known?.of === of) return known.after;
  let [after, widest] = [-1, 0];
  for (let i = start; i < end && i + 1 < step.length; i++) {
    const width = Math.min(last, step[i + 1]!) - Math.max(first, step[i]!);
    const holds = step[i + 1]! > first && width >= widest;
    if (holds) [after, widest] = [i, width];
  }
  // An attempt that has the steps of a loss before it lacks nothing.
  if (2 * widest < last - first) after = -1;
  gaps.set(series, { of, after });
  return after;
}

/** Tint the holes, with the word where it fits. */
export function paintHoles(canvas: HTMLCanvasElement, curves: readonly Curve[], scales: Scales, look: CanvasLook): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const right = scales.left + scales.width;
  for (const { from, to } of curves.map(holeOf).filter((hole) => hole !== null)) {
    const start = Math.max(scales.left, toX(scales, from));
    const end = Math.min(right, Math.max(toX(scales, to), toX(scales, from) + 1));
    if (start >= end) continue;
    context.globalAlpha = TINT;
    context.fillStyle = look.gone;
    context.fillRect(start, scales.top, end - start, scales.height);
    context.globalAlpha = 1;
    context.font = `${FONT_SIZE}px ${look.font}`;
    if (context.measureText("dropped").width + 2 > end - start) continue;
    context.textAlign = "center";
    context.textBaseline = "top";
    context.fillStyle = look.second;
    context.fillText("dropped", (start + end) / 2, scales.top + 5);
  }
}

/** Draw the stops, with their words where those before leave room. */
export function paintStops(canvas: HTMLCanvasElement, curves: readonly Curve[], scales: Scales, look: CanvasLook): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  let free = scales.left;
  for (const { x, words } of stopsOf(curves).sort((a, b) => a.x - b.x)) {
    const px = Math.round(toX(scales, x)) + 0.5;
    if (px < scales.left - 0.5 || px > scales.left + scales.width + 1) continue;
    context.strokeStyle = look.gone;
    context.lineWidth = 1.25;
    context.setLineDash([4, 2.5]);
    context.beginPath();
    context.moveTo(px, scales.top);
    context.lineTo(px, scales.top + scales.height);
    context.stroke();
    context.setLineDash([]);
    context.font = `${FONT_SIZE}px ${look.font}`;
    const start = px - WORD_GAP - context.measureText(words).width;
    if (start >= free) {
      context.textAlign = "left";
      context.textBaseline = "top";
      context.strokeStyle = look.ground;
      context.lineWidth = 4;
      context.lineJoin = "round";
      context.strokeText(words, start, scales.top + 2);
      context.fillStyle = look.text;
      context.fillText(words, start, scales.top + 2);
    }
    free = px + WORD_GAP;
  }
}
