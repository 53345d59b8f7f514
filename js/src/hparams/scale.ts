/** Where the values of a column lie on an axis: numbers by their size, all else in places of its own. Pure. */
import { type Axis, share, valueAt } from "../maths/scale";
import { valueTicks } from "../maths/ticks";
import { type Cell, cellKey, cellText, type ColumnKind, distinct } from "./cell";
import type { Filter } from "./filters";

export type Scale =
  | { readonly kind: "number"; readonly axis: Axis }
  | { readonly kind: "choice"; readonly values: readonly Cell[]; readonly places: ReadonlyMap<string, number> };

/** A part of an axis: from 0 at its beginning to 1 at its end. */
export type Span = readonly [from: number, to: number];

export interface Mark {
  readonly place: number;
  readonly label: string;
}

/** Positive numbers whose greatest is so many times the least may differ in size rather than by a sum. */
const LOG_FROM = 10;
/** Two numbers alone lie at the ends of an axis either way: what is between them is told by their size from here on. */
const LOG_FROM_TWO = 50;
/** Up to so many different numbers are named; not two that are closer than a share of a mark's room. */
const FEW = 6;
const CLOSE = 0.45;
/** Digits of a bound that was set by hand. */
const DIGITS = 4;

/**
 * The scale of a column.
 *
 * @param log whether numbers are told by their ratios; null: where they are positive, differ much and are so spread more evenly
 */
export function scaleOf(cells: readonly Cell[], kind: ColumnKind, log: boolean | null): Scale {
  if (kind === "choice") {
    const values = distinct(cells);
    return { kind, values, places: new Map(values.map((value, i) => [cellKey(value), (i + 0.5) / values.length])) };
  }
  let [low, high, least] = [Infinity, -Infinity, Infinity];
  for (const cell of cells) {
    if (typeof cell !== "number" || !Number.isFinite(cell)) continue;
    low = Math.min(low, cell);
    high = Math.max(high, cell);
    if (cell > 0) least = Math.min(least, cell);
  }
  if (low > high) [low, high] = [0, 1];
  const ratios = log ?? (low > 0 && high / low >= LOG_FROM && evenerByRatio(cells));
  if (ratios && least < Infinity) {
    const [from, to] = least === high ? [least / 2, high * 2] : [least, high];
    return { kind, axis: { from, to, log: true } };
  }
  const spread = low === high ? Math.abs(low) / 2 || 0.5 : 0;
  return { kind, axis: { from: low - spread, to: high + spread, log: false } };
}

/** Whether positive numbers that differ lie more evenly by their ratios than by their differences, as a grid of 1e-4, 3e-4, 1e-3 does. */
function evenerByRatio(cells: readonly Cell[]): boolean {
  const numbers = [...new Set(cells)].filter((cell): cell is number => typeof cell === "number" && Number.isFinite(cell)).sort((a, b) => a - b);
  if (numbers.length === 2) return numbers[1]! / numbers[0]! >= LOG_FROM_TWO;
  return unevenness(numbers.map(Math.log)) < unevenness(numbers);
}

/** The sum of the squares of the gaps' shares: the least where all are alike, 1 where there is but one. */
function unevenness(ascending: readonly number[]): number {
  const range = ascending.at(-1)! - ascending[0]!;
  return ascending.slice(1).reduce((sum, value, i) => sum + ((value - ascending[i]!) / range) ** 2, 0);
}

/** Where a value lies; NaN where it has no place. */
export function placeOf(scale: Scale, cell: Cell): number {
  if (scale.kind === "choice") return scale.places.get(cellKey(cell)) ?? NaN;
  if (typeof cell !== "number" || !Number.isFinite(cell) || (scale.axis.log && cell <= 0)) return NaN;
  return share(scale.axis, cell);
}

/**
 * What an axis says, at about so many places.
 *
 * @param given the values that somebody chose, if so: few of them are named themselves
 */
export function marksOf(scale: Scale, given: readonly Cell[], count: number): Mark[] {
  if (scale.kind === "number") {
    const own = distinct(given).filter((cell) => !Number.isNaN(placeOf(scale, cell)));
    if (own.length > 0 && own.length <= FEW) {
      const marks = own.map((cell) => ({ place: placeOf(scale, cell), label: cellText(cell) }));
      return marks.filter(({ place }, i) => i === 0 || place - marks[i - 1]!.place > CLOSE / count);
    }
    const { values, labels } = valueTicks(scale.axis, count);
    return values.map((value, i) => ({ place: share(scale.axis, value), label: labels[i]! }));
  }
  const every = Math.max(1, Math.ceil(scale.values.length / Math.max(1, count)));
  return scale.values.flatMap((value, i) => (i % every === 0 ? [{ place: placeOf(scale, value), label: cellText(value) }] : []));
}

/** The filter that lets through what lies in a span. */
export function filterOf(scale: Scale, [from, to]: Span): Filter {
  if (scale.kind === "choice") {
    const inside = [...scale.places].filter(([, place]) => place >= from && place <= to);
    return { kind: "choice", only: inside.map(([key]) => key) };
  }
  const bound = (place: number) => Number(valueAt(scale.axis, place).toPrecision(DIGITS));
  return { kind: "range", from: from <= 0 ? null : bound(from), to: to >= 1 ? null : bound(to) };
}

/** The spans that a filter lets through, as far as an axis can show it. */
export function spansOf(scale: Scale, filter: Filter | undefined): Span[] {
  if (filter === undefined || filter.kind === "text") return [];
  if (filter.kind === "range") {
    if (scale.kind === "choice" || (filter.from === null && filter.to === null)) return [];
    const at = (value: number | null, open: number) => (value === null ? open : scale.axis.log && value <= 0 ? 0 : share(scale.axis, value));
    const [from, to] = [Math.max(0, at(filter.from, 0)), Math.min(1, at(filter.to, 1))];
    return from <= to ? [[from, to]] : [];
  }
  if (scale.kind === "number") return [];
  const only = new Set(filter.only);
  const half = 0.5 / scale.values.length;
  const spans: [number, number][] = [];
  for (const [key, place] of scale.places) {
    if (!only.has(key)) continue;
    const last = spans.at(-1);
    if (last !== undefined && place - half - last[1] < half / 2) last[1] = place + half;
    else spans.push([place - half, place + half]);
  }
  return spans;
}
