/** One line of a chart, as quickly as a canvas can draw it. */
import { pixelsOf, type Scales } from "../maths/scale";
import type { Line } from "./paint";

/** Points a column from which on a line is drawn by pixel columns. */
const DENSE = 2;
/** Pixels between two points below which nobody sees how their strokes are joined: round joints are a third of the time. */
const CLOSE = 4;
/** A column in which a line goes up and down by less is a point of a path, CSS pixels. */
const FLAT = 2;
/** Points that are stroked at once: the time for a path grows faster than its length (measured: 5 times, for 3400 points). */
const PIECE = 24;
/** Radius of a point that no line shows, in CSS pixels; stroked at half of it, the width of the line does the rest. */
const LONE_RADIUS = 2;

/** Draw a line; it breaks at non-finite values, and a point alone between two of them becomes a dot. */
export function drawLine(context: CanvasRenderingContext2D, line: Line, scales: Scales): void {
  const opaque = line.alpha === 1;
  const dashed = line.dash.length > 0;
  const dense = !dashed && line.kept.indices.length * line.pitch > DENSE * scales.width;
  context.globalAlpha = line.alpha;
  context.strokeStyle = line.color;
  context.fillStyle = line.color;
  context.lineWidth = line.width;
  context.lineJoin = line.kept.indices.length * CLOSE > scales.width ? "bevel" : "round";
  // Round ends of the pieces of a line that shines through would be seen.
  context.lineCap = opaque || !dense ? "round" : "butt";
  context.setLineDash([...line.dash]);
  // Dashes go on through the whole of a line.
  const pen = new Pen(context, !dashed && (opaque || dense) ? PIECE : Infinity);
  if (dense) drawColumns(context, line, scales, pen);
  else forEachPoint(line, scales, (px, py) => pen.to(px, py), () => pen.lift(true));
  pen.lift(true);
}

/** Visit the points in pixels, and where the line breaks. */
function forEachPoint(
  { x, shift, kept, hole }: Line,
  scales: Scales,
  visit: (px: number, py: number) => void,
  onBreak: () => void,
): void {
  const toX = pixelsOf(scales.x, scales.left, scales.width);
  const toY = pixelsOf(scales.y, scales.top + scales.height, -scales.height);
  const { indices, values } = kept;
  let before = -1;
  for (let n = 0; n < indices.length; n++) {
    const i = indices[n]!;
    const value = toY(values[n]!);
    const lost = hole !== null && before <= hole && hole < i;
    before = i;
    if (lost || !Number.isFinite(value)) onBreak();
    if (Number.isFinite(value)) visit(toX(x[i]! - shift), clampPixel(value));
  }
}

/** Draw a line of which several points share a pixel: where it goes up and down in one, a bar is what one would see. */
function drawColumns(context: CanvasRenderingContext2D, line: Line, scales: Scales, pen: Pen): void {
  const { indices, values, columns } = line.kept;
  const toY = pixelsOf(scales.y, scales.top + scales.height, -scales.height);
  const { pitch } = line;
  const hole = line.hole ?? -1;
  // Bars of a line that shines through must not overlap. On whole pixels they are drawn in half of the time.
  const width = line.alpha === 1 ? Math.max(pitch, Math.round(line.width)) : pitch;
  const aside = Math.floor((width - pitch) / 2);
  /** Where the column before was left; NaN at the start of a line. */
  let beforeColumn = NaN;
  let beforeLast = NaN;
  for (let n = 0; n < indices.length; ) {
    const column = columns[n]!;
    const start = toY(values[n]!);
    const first = clampPixel(start);
    let [low, high, last] = [first, first, first];
    const lost = n > 0 && indices[n - 1]! <= hole && hole < indices[n]!;
    const broken = !Number.isFinite(start);
    if (lost || broken) {
      pen.lift(true);
      beforeColumn = NaN;
    }
    n += 1;
    if (broken) continue;
    for (; n < indices.length && columns[n] === column; n++) {
      const next = toY(values[n]!);
      if (!Number.isFinite(next) || (indices[n - 1]! <= hole && hole < indices[n]!)) break;
      const value = clampPixel(next);
      if (value < low) low = value;
      if (value > high) high = value;
      last = value;
    }
    const left = scales.left + column * pitch;
    const middle = left + pitch / 2;
    const beside = column - beforeColumn <= 1;
    const from = beside ? Math.min(low, beforeLast) : low;
    const to = beside ? Math.max(high, beforeLast) : high;
    if (!beside && !Number.isNaN(beforeColumn)) pen.to(middle, first);
    if (to - from < FLAT) {
      pen.to(middle, (low + high) / 2);
    } else {
      pen.lift(false);
      context.fillRect(left - aside, from - line.width / 2, width, to - from + line.width);
      pen.to(middle, last);
    }
    beforeColumn = column;
    beforeLast = last;
  }
}

/** Draws a line piece by piece. A path begins with its second point: between two bars there is none. */
class Pen {
  readonly #context: CanvasRenderingContext2D;
  readonly #piece: number;
  #points = 0;
  #inPiece = 0;
  #x = 0;
  #y = 0;

  constructor(context: CanvasRenderingContext2D, piece: number) {
    this.#context = context;
    this.#piece = piece;
  }

  to(x: number, y: number): void {
    if (this.#inPiece > 0) {
      if (this.#inPiece === 1) this.#begin();
      this.#context.lineTo(x, y);
    }
    this.#x = x;
    this.#y = y;
    this.#points += 1;
    this.#inPiece += 1;
    if (this.#inPiece < this.#piece) return;
    this.#context.stroke();
    this.#inPiece = 1;
  }

  /** End the line; `dot`: of one point make a dot. */
  lift(dot: boolean): void {
    if (this.#points === 1 && dot) {
      this.#begin();
      this.#context.moveTo(this.#x + LONE_RADIUS / 2, this.#y);
      this.#context.arc(this.#x, this.#y, LONE_RADIUS / 2, 0, 2 * Math.PI);
      this.#context.stroke();
    } else if (this.#inPiece > 1) {
      this.#context.stroke();
    }
    this.#points = 0;
    this.#inPiece = 0;
  }

  #begin(): void {
    this.#context.beginPath();
    this.#context.moveTo(this.#x, this.#y);
  }
}

/** A canvas draws nothing of a line with an end millions of pixels away. */
function clampPixel(value: number): number {
  return Math.max(-1e5, Math.min(1e5, value));
}
