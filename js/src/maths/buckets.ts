/** Which points of a column of x lie in which pixel column. */
import { BLOCK, roomFor, type Spans } from "./levels";
import type { Axis } from "./scale";

/** The pixel column of an x, the first in sight being 0; −∞ for what the axis has no place for. */
export type ColumnOf = (x: number) => number;

/** Of the points whose x ascend from the first on. */
export interface Buckets {
  /** Those in sight: from `start` to before `end`, of `length`. */
  start: number;
  end: number;
  length: number;
  /** The pixel columns in which there are some, ascending, and where the points of each end. */
  columns: Uint32Array;
  ends: Uint32Array;
}

interface Sight extends Axis {
  shift: number;
  pixels: number;
}

const known = new WeakMap<Spans, { sight: Sight; epoch: number; buckets: Buckets }>();

/** The buckets of some x, found once for all that is drawn over them. */
export function bucketsOf(x: Spans, columnOf: ColumnOf, sight: Sight): Buckets {
  const before = known.get(x);
  if (before?.epoch === x.epoch && before.buckets.length === x.sorted * BLOCK && alike(before.sight, sight)) return before.buckets;
  const buckets = find(x.values, x.sorted * BLOCK, columnOf, sight.pixels);
  known.set(x, { sight, epoch: x.epoch, buckets });
  return buckets;
}

function alike(one: Sight, other: Sight): boolean {
  const { from, to, log, shift, pixels } = one;
  return from === other.from && to === other.to && log === other.log && shift === other.shift && pixels === other.pixels;
}

function find(x: Float64Array, length: number, columnOf: ColumnOf, pixels: number): Buckets {
  let columns = new Uint32Array(pixels + 1);
  let ends = new Uint32Array(pixels + 1);
  let count = 0;
  const start = firstBeyond(x, 0, length, -1, columnOf);
  let at = start;
  for (let points = 1; at < length; count++) {
    const column = columnOf(x[at]!);
    if (column > pixels) break;
    // As a rule a column has as many points as the one before.
    const end = endFrom(x, at, Math.min(at + points, length), length, column, columnOf);
    points = end - at;
    columns = roomFor(columns, count + 1);
    ends = roomFor(ends, count + 1);
    columns[count] = column;
    ends[count] = end;
    at = end;
  }
  return { start, end: at, length, columns: columns.slice(0, count), ends: ends.slice(0, count) };
}

/** Where the points of a pixel column end that begin at `at`, looked for around a guess that lies behind `at`. */
function endFrom(x: Float64Array, at: number, guess: number, length: number, column: number, columnOf: ColumnOf): number {
  const inside = (i: number) => columnOf(x[i]!) <= column;
  let [low, high] = [guess, guess];
  if (inside(guess - 1)) {
    for (let step = 1; high < length && inside(high); step *= 2) {
      low = high + 1;
      high = Math.min(length, high + step);
    }
  } else {
    for (let step = 1; low > at && !inside(low - 1); step *= 2) {
      high = low - 1;
      low = Math.max(at, low - step);
    }
  }
  return firstBeyond(x, low, high, column, columnOf);
}

/** The first of ascending x, from `from` to before `to`, that lies beyond a pixel column; else `to`. */
function firstBeyond(x: Float64Array, from: number, to: number, column: number, columnOf: ColumnOf): number {
  while (from < to) {
    const middle = (from + to) >> 1;
    if (columnOf(x[middle]!) > column) to = middle;
    else from = middle + 1;
  }
  return from;
}
