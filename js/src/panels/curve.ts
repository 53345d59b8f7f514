/** What one line of a chart is made of. */
import type { Averages } from "../maths/averages";
import { BLOCK, type Extremes, type Values } from "../maths/levels";
import type { FitLine } from "../maths/range";
import type { TagData } from "../store/store";
import type { RunInfo } from "../wire/frame";
import type { TimeAxis, XAxis } from "../wire/options";
import { overTag } from "./over";
import { advance, summaryOf, type Summary } from "./summary";

/** The points of a curve, be they read from files or computed of others. */
export interface Columns {
  readonly attempt: number;
  readonly tag: string;
  readonly step: Float64Array;
  readonly wall: Float64Array;
  readonly value: Float64Array;
  /** The values of another tag, where x is these. */
  readonly over?: Float64Array;
  /** Grows when points were replaced. */
  readonly epoch: number;
  /** How many points, from the first on, are as they were at an epoch; none where this is not told. */
  keptSince?(epoch: number): number;
}

type Given = Pick<Curve, "series" | "run" | "older" | "member" | "axis" | "x" | "shift" | "raw" | "band">;

/** A curve, however its points came about. */
export abstract class Curve {
  readonly series: Columns;
  readonly run: RunInfo;
  /** Of an attempt that a newer one has followed. */
  readonly older: boolean;
  /** One of the runs that a group's curve stands for, drawn faintly. */
  readonly member: boolean;
  /** What x means. */
  readonly axis: XAxis;
  readonly x: Float64Array;
  /** Subtracted from each x. */
  readonly shift: number;
  readonly raw: Float64Array;
  /** What is shaded around it; null: nothing. */
  readonly band: { low: Extremes; high: Extremes } | null;

  constructor({ series, run, older, member, axis, x, shift, raw, band }: Given) {
    this.series = series;
    this.run = run;
    this.older = older;
    this.member = member;
    this.axis = axis;
    this.x = x;
    this.shift = shift;
    this.raw = raw;
    this.band = band;
  }

  get lastSmoothed(): number {
    return this.smoothedAt(this.raw.length - 1);
  }

  /** The smoothed line is another than the raw one. */
  abstract readonly isSmoothed: boolean;
  abstract readonly fitLine: FitLine;
  /** The smoothed values, as far as they are summed up. */
  abstract readonly smoothed: Values;
  /** Points were put in between since, and the curve must be taken anew. */
  abstract readonly isStale: boolean;
  /** Points over which the average has not gone yet. */
  abstract readonly unsmoothed: number;
  /** The smoothed value of a point. */
  abstract smoothedAt(index: number): number;
  /** Sum the points up until a moment of `performance.now()`; returns whether all are. */
  abstract prepare(until: number): boolean;
  /** Average until a moment of `performance.now()`; returns whether all is. */
  abstract smooth(until: number): boolean;
  /** Guess what has not been averaged yet, so that the line can be sketched. */
  abstract sketch(): void;
}

/** A curve of points as they are. */
export class SeriesCurve extends Curve {
  readonly #summary: Summary;
  readonly #epoch: number;
  readonly #weight: number;
  /** Held, so that an old curve is drawn as it was while another has a new weight. */
  #averages: Averages | null = null;

  constructor(series: Columns, run: RunInfo, weight: number, axis: XAxis) {
    const older = series.attempt < run.attempts - 1;
    const shift = axis === "relative" ? series.wall[0]! : 0;
    super({ series, run, older, member: false, axis, x: columnOf(series, axis), shift, raw: series.value, band: null });
    this.#summary = summaryOf(series);
    this.#epoch = series.epoch;
    this.#weight = weight;
  }

  get isSmoothed(): boolean {
    return !this.#summary.isUntouched(this.#weight);
  }

  smoothedAt(index: number): number {
    return this.#summary.smoothedAt(index, this.#weight);
  }

  get fitLine(): FitLine {
    return { x: this.#summary.x(this.axis), shift: this.shift, y: this.#summary.raw };
  }

  get smoothed(): Values {
    return this.#average() ?? this.#summary.raw;
  }

  get isStale(): boolean {
    return this.series.epoch !== this.#epoch;
  }

  prepare(until: number): boolean {
    return this.#summary.advance(this.axis, until);
  }

  get unsmoothed(): number {
    return (this.#average()?.left ?? 0) * BLOCK;
  }

  smooth(until: number): boolean {
    const averages = this.#average();
    return averages === null || advance(averages, until);
  }

  sketch(): void {
    if (this.unsmoothed > 0) this.#average()?.guess();
  }

  #average(): Averages | null {
    if (!this.isSmoothed) return null;
    this.#averages ??= this.#summary.averages(this.#weight);
    return this.#averages;
  }
}

/** The column that x is. */
export function columnOf(series: Columns, axis: XAxis): Float64Array {
  if (axis === "step") return series.step;
  return axis === "relative" || axis === "wall" ? series.wall : (series.over ?? NONE);
}

const NONE = new Float64Array();

/**
 * The curves of a tag, older attempts first: what is drawn later lies above.
 *
 * @param runOf the run of an id; undefined where it, or this attempt of it, is not shown
 * @param other the tag that x is; null where x is a time
 */
export function curvesOf(
  data: TagData,
  runOf: (id: number, attempt: number) => RunInfo | undefined,
  weight: number,
  axis: XAxis,
  other: TagData | null = null,
): Curve[] {
  const curves: Curve[] = [];
  for (const series of data.series) {
    const run = runOf(series.run, series.attempt);
    const columns = isTime(axis) ? series : overTag(series, other);
    if (run === undefined || columns === null || columns.value.length === 0) continue;
    curves.push(new SeriesCurve(columns, run, weight, axis));
  }
  return curves.sort((a, b) => Number(b.older) - Number(a.older));
}

export function isTime(axis: XAxis): axis is TimeAxis {
  return axis === "step" || axis === "relative" || axis === "wall";
}

/** The curve that is written now: of the runs that have not ended the one with the youngest point, else of all. */
export function youngest(curves: readonly Curve[]): Curve | undefined {
  const newest = curves.filter((curve) => !curve.older);
  const live = newest.filter((curve) => !curve.run.ended);
  const wall = ({ series }: Curve) => series.wall.at(-1) ?? -Infinity;
  return (live.length > 0 ? live : newest).reduce<Curve | undefined>(
    (found, curve) => (found === undefined || wall(curve) > wall(found) ? curve : found),
    undefined,
  );
}

/** Where a curve's values turned non-finite for good; null if its last value is finite. */
export function breakOf({ raw, fitLine }: Curve): { index: number; from: number; kind: "NaN" | "∞" } | null {
  const { y } = fitLine;
  let from = raw.length;
  while (from > 0 && !Number.isFinite(raw[from - 1])) {
    const block = from / BLOCK - 1;
    const skipped = Number.isInteger(block) && block < y.summed && y.lowest[block]! > y.highest[block]!;
    from -= skipped ? BLOCK : 1;
  }
  if (from === raw.length || from === 0) return null;
  return { index: from - 1, from, kind: Number.isNaN(raw[from]) ? "NaN" : "∞" };
}
