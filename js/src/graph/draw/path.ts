import type { Point } from "../layout/cell";

const CORNER = 12;

/** Length and half of the width of the head of a line `width` wide. */
export function headSize(width: number): { length: number; half: number } {
  return { length: 5.5 + 0.3 * width, half: width / 2 + 3 };
}

/** SVG path through `points`, corners rounded; `short` pixels of its end are left out, for an arrow's head. */
export function roundedPath(points: readonly Point[], short = 0): string {
  const way = clean(points);
  const first = way[0];
  if (first === undefined) return "";
  let path = `M${num(first.x)} ${num(first.y)}`;
  for (let i = 1; i < way.length; i++) {
    const at = way[i]!;
    const before = way[i - 1]!;
    const after = way[i + 1];
    if (after === undefined) {
      const end = toward(at, before, Math.min(short, distance(at, before)));
      path += `L${num(end.x)} ${num(end.y)}`;
      break;
    }
    const radius = Math.min(CORNER, distance(before, at) / 2, distance(at, after) / 2);
    const enter = toward(at, before, radius);
    const leave = toward(at, after, radius);
    path += `L${num(enter.x)} ${num(enter.y)}Q${num(at.x)} ${num(at.y)} ${num(leave.x)} ${num(leave.y)}`;
  }
  return path;
}

/** The triangle at the end of a line, its tip at the last point. */
export function headPath(points: readonly Point[], width: number): string {
  const way = clean(points);
  const tip = way.at(-1);
  const before = way.at(-2);
  if (tip === undefined || before === undefined) return "";
  const { length, half } = headSize(width);
  const base = toward(tip, before, length);
  const dx = (tip.x - base.x) / length;
  const dy = (tip.y - base.y) / length;
  return `M${num(tip.x)} ${num(tip.y)}L${num(base.x - dy * half)} ${num(base.y + dx * half)}L${num(base.x + dy * half)} ${num(base.y - dx * half)}Z`;
}

/** Without points that repeat or lie on the way between their neighbours. */
function clean(points: readonly Point[]): Point[] {
  const way: Point[] = [];
  for (const point of points) {
    const last = way.at(-1);
    if (last !== undefined && Math.abs(last.x - point.x) < 0.01 && Math.abs(last.y - point.y) < 0.01) continue;
    const before = way.at(-2);
    const inLine =
      last !== undefined &&
      before !== undefined &&
      ((Math.abs(before.x - last.x) < 0.01 && Math.abs(last.x - point.x) < 0.01) ||
        (Math.abs(before.y - last.y) < 0.01 && Math.abs(last.y - point.y) < 0.01));
    if (inLine) way.pop();
    way.push(point);
  }
  return way;
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

/** The point `by` pixels from `from` on an axis-parallel way to `to`. */
function toward(from: Point, to: Point, by: number): Point {
  return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by };
}

function num(value: number): string {
  return String(Math.round(value * 100) / 100);
}
