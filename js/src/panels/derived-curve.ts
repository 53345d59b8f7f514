/** A curve that was computed of others: compared with a baseline, or the centre of a group. */
import { Extremes, Spans, type Values } from "../maths/levels";
import type { FitLine } from "../maths/range";
import type { RunInfo } from "../wire/frame";
import type { XAxis } from "../wire/options";
import { Curve, type Columns } from "./curve";
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

export class DerivedCurve extends Curve {
  readonly isStale = false;
  readonly unsmoothed = 0;
  readonly #x: Spans;
  readonly #raw: Extremes;
  readonly #smoothed: Extremes;

  constructor({ smoothed, band, ...points }: Derived) {
    super({ ...points, shift: 0, band: band === null ? null : { low: extremesOf(band.low), high: extremesOf(band.high) } });
    const { x, raw } = points;
    this.#x = new Spans();
    this.#x.take(x);
    this.#raw = extremesOf(raw);
    this.#smoothed = smoothed === raw ? this.#raw : extremesOf(smoothed);
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
