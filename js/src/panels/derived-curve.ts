/** A curve that was computed of others: compared with a baseline, or the centre of a group. */
import { Extremes, Spans, type Values } from "../maths/levels";
import type { FitLine } from "../maths/range";
import type { RunInfo } from "../wire/frame";
import type { XAxis } from "../wire/options";
import type { Columns, Curve } from "./curve";
import { advance } from "./summary";

export interface Derived {
  series: Columns;
  run: RunInfo;
  older: boolean;
  member: boolean;
  axis: XAxis;
  /** Nothing is subtracted from it any more. */
  x: Float64Array;
  raw: Float64Array;
  /** The raw ones themselves where nothing was smoothed. */
  smoothed: Float64Array;
  band: { low: Float64Array; high: Float64Array } | null;
}

export class DerivedCurve implements Curve {
  readonly series: Columns;
  readonly run: RunInfo;
  readonly older: boolean;
  readonly member: boolean;
  readonly axis: XAxis;
  readonly x: Float64Array;
  readonly shift = 0;
  readonly raw: Float64Array;
  readonly band: { low: Extremes; high: Extremes } | null;
  readonly isStale = false;
  readonly unsmoothed = 0;
  readonly #x: Spans;
  readonly #raw: Extremes;
  readonly #smoothed: Extremes;

  constructor({ series, run, older, member, axis, x, raw, smoothed, band }: Derived) {
    this.series = series;
    this.run = run;
    this.older = older;
    this.member = member;
    this.axis = axis;
    this.x = x;
    this.raw = raw;
    this.#x = new Spans();
    this.#x.take(x);
    this.#raw = extremesOf(raw);
    this.#smoothed = smoothed === raw ? this.#raw : extremesOf(smoothed);
    this.band = band === null ? null : { low: extremesOf(band.low), high: extremesOf(band.high) };
  }

  get isSmoothed(): boolean {
    return this.#smoothed !== this.#raw;
  }

  get fitLine(): FitLine {
    return { x: this.#x, shift: 0, y: this.#raw };
  }

  get smoothed(): Values {
    return this.#smoothed;
  }

  get lastSmoothed(): number {
    return this.smoothedAt(this.raw.length - 1);
  }

  smoothedAt(index: number): number {
    return this.#smoothed.at(index);
  }

  prepare(until: number): boolean {
    const columns = [this.#x, this.#raw, this.#smoothed, ...(this.band === null ? [] : [this.band.low, this.band.high])];
    return columns.every((column) => advance(column, until));
  }

  smooth(): boolean {
    return true;
  }

  sketch(): void {
    // There is nothing to guess.
  }
}

function extremesOf(values: Float64Array): Extremes {
  const extremes = new Extremes();
  extremes.take(values);
  return extremes;
}
