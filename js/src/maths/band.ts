/** Several curves of one quantity as one: their centre at each x, and how far they spread. */

import { ascending, valuesAt, type Polyline } from "./polyline";

export type Centre = "mean" | "median";
export type Spread = "std" | "stderr" | "minmax" | "none";

/** Columns of the same length; the edges are the centre itself where no spread is wanted. */
export interface Band {
  x: Float64Array;
  centre: Float64Array;
  low: Float64Array;
  high: Float64Array;
}

/** Places that are filled between two breaths. */
const PIECE = 20_000;

/**
 * The centre of curves and the band around it, at each x that any of them has; a step at a time, for many points.
 *
 * A curve that has none there is interpolated between its neighbours, and does not count before its first and behind
 * its last point, nor where one of the two neighbours is no finite number. Of points with the same x a curve's last
 * counts.
 *
 * @param spread the standard deviation of a sample (n − 1) on either side of the centre, that deviation by √n, or the
 * least and the greatest value; of a single curve the deviation is 0
 */
export function* bandSteps(members: readonly Polyline[], centre: Centre, spread: Spread): Generator<void, Band> {
  const curves: Polyline[] = [];
  let x: Float64Array = new Float64Array(0);
  for (const member of members) {
    curves.push(ascending(member));
    x = merged(x, curves.at(-1)!.x);
    yield;
  }
  const at: Float64Array[] = [];
  for (const curve of curves) {
    at.push(valuesAt(x, curve));
    yield;
  }
  const band: Band = { x, centre: new Float64Array(x.length), low: new Float64Array(x.length), high: new Float64Array(x.length) };
  const here = new Float64Array(curves.length);
  for (let i = 0; i < x.length; i++) {
    let count = 0;
    for (const values of at) {
      const value = values[i]!;
      if (!Number.isNaN(value)) here[count++] = value;
    }
    fill(band, i, here.subarray(0, count), centre, spread);
    if (i % PIECE === PIECE - 1) yield;
  }
  return band;
}

/** The same at once. */
export function bandOf(members: readonly Polyline[], centre: Centre, spread: Spread): Band {
  const steps = bandSteps(members, centre, spread);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

function fill(band: Band, i: number, values: Float64Array, centre: Centre, spread: Spread): void {
  const count = values.length;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / count;
  if (centre === "median" || spread === "minmax") values.sort();
  const middle = centre === "mean" ? mean : (values[(count - 1) >> 1]! + values[count >> 1]!) / 2;
  band.centre[i] = middle;
  if (spread === "minmax") {
    band.low[i] = values[0]!;
    band.high[i] = values[count - 1]!;
    return;
  }
  const reach = spread === "none" || count === 0 ? 0 : deviation(values, mean) / (spread === "stderr" ? Math.sqrt(count) : 1);
  band.low[i] = middle - reach;
  band.high[i] = middle + reach;
}

function deviation(values: Float64Array, mean: number): number {
  if (values.length < 2) return 0;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/** All numbers of two ascending columns, each once. */
function merged(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  let [i, j, length] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const next = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    if (a[i] === next) i += 1;
    if (b[j] === next) j += 1;
    all[length++] = next;
  }
  // Seeds of one experiment mostly have the same steps: then this is one of the columns, and no copy.
  if (length === a.length) return a;
  return length === b.length ? b : all.slice(0, length);
}
