/** Thinning and fitting as they are meant, one point after the other: what levels must not change. */
import { Extremes, Spans } from "../../src/maths/levels";
import type { Axis } from "../../src/maths/scale";

export interface Columns {
  x: Float64Array;
  y: Float64Array;
}

/** The spans of a column, summed up. */
export function spans(x: Float64Array): Spans {
  const made = new Spans();
  made.take(x);
  made.advance();
  return made;
}

/** The extremes of a column, summed up. */
export function extremes(y: Float64Array): Extremes {
  const made = new Extremes();
  made.take(y);
  made.advance();
  return made;
}

/** Indices of the points that a line over a number of pixels needs. */
export function plainThin({ x, y }: Columns, shift: number, axis: Axis, pixels: number): number[] {
  const scale = pixels / (axis.to - axis.from);
  const kept: number[] = [];
  let column: number[] = [];
  let of = NaN;
  let [before, after] = [-1, false];
  const flush = () => {
    const finite = column.filter((i) => Number.isFinite(y[i]));
    const broken = column.find((i) => !Number.isFinite(y[i]));
    const points = new Set(broken === undefined ? [] : [broken]);
    if (finite.length > 0) {
      points.add(finite[0]!).add(finite.at(-1)!);
      points.add(finite.reduce((low, i) => (y[i]! < y[low]! ? i : low)));
      points.add(finite.reduce((high, i) => (y[i]! > y[high]! ? i : high)));
    }
    kept.push(...[...points].sort((a, b) => a - b));
    [column, of] = [[], NaN];
  };
  for (const [i, value] of x.entries()) {
    const at = Math.floor((value - shift - axis.from) * scale);
    if (at < 0) {
      flush();
      [before, after] = [i, false];
      continue;
    }
    if (before >= 0) kept.push(before);
    before = -1;
    if (at <= pixels) {
      if (at !== of) flush();
      of = at;
      column.push(i);
    } else if (!after) {
      flush();
      kept.push(i);
    }
    after = at > pixels;
  }
  flush();
  return kept;
}

/** Numbers from 0 to 1 that are the same in each run. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A column of `kind` with `count` values. */
export function column(kind: "noise" | "gaps" | "holes" | "constant" | "huge", count: number, roll: () => number): Float64Array {
  const wild = [NaN, Infinity, -Infinity];
  return Float64Array.from({ length: count }, (_, i) => {
    if (kind === "constant") return 3;
    if (kind === "gaps" && roll() < 0.1) return wild[Math.floor(roll() * 3)]!;
    // Whole blocks without a number, and a start without one.
    if (kind === "holes" && Math.floor(i / 300) % 2 === 0) return NaN;
    return kind === "huge" ? (roll() - 0.5) * 10 ** Math.floor(roll() * 300) : roll() - 0.5;
  });
}

export const KINDS = ["noise", "gaps", "holes", "constant", "huge"] as const;

/** Steps that ascend, stand still, or turn back and hold a NaN. */
export function steps(kind: "even" | "uneven" | "unsorted", count: number, roll: () => number): Float64Array {
  let x = 0;
  return Float64Array.from({ length: count }, (_, i) => {
    if (kind === "unsorted" && roll() < 0.002) return NaN;
    x += kind === "even" ? 1 : Math.floor(roll() * 3);
    if (kind === "unsorted" && roll() < 0.01) x = Math.max(0, x - 500);
    return kind === "even" ? i : x;
  });
}

export const STEPS = ["even", "uneven", "unsorted"] as const;

/** Index of the first number in which two columns differ, bit by bit; −1 if they are the same. */
export function differenceIn(a: Float64Array, b: Float64Array): number {
  return a.length === b.length ? a.findIndex((value, i) => !Object.is(value, b[i])) : Math.min(a.length, b.length);
}
