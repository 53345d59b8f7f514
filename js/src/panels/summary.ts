/** What has been computed of a series, once for all charts that show it. */
import { Averages } from "../maths/averages";
import { Extremes, Spans } from "../maths/levels";
import { alike, smoothedAt } from "../maths/smooth";
import type { XAxis } from "../wire/options";
import type { Columns } from "./curve";

/** Blocks between two looks at the clock. */
const PIECE = 256;

export class Summary {
  readonly raw = new Extremes();
  readonly #step = new Spans();
  readonly #wall = new Spans();
  readonly #over = new Spans();
  #epoch = 0;
  #averages: Averages | null = null;
  #alike = 0;
  /** The value that was computed last without averages. */
  #asked = { index: -1, weight: 0, value: NaN };

  /** Take a series as it stands; of what was replaced in it since, nothing is known any more. */
  take(series: Columns): void {
    const kept = series.epoch === this.#epoch ? Infinity : (series.keptSince?.(this.#epoch) ?? 0);
    this.raw.take(series.value, kept);
    this.#step.take(series.step, kept);
    this.#wall.take(series.wall, kept);
    if (series.over !== undefined) this.#over.take(series.over, kept);
    if (series.epoch === this.#epoch) return;
    this.#epoch = series.epoch;
    this.#averages?.keep(kept);
    this.#alike = Math.min(this.#alike, kept);
    this.#asked.index = -1;
  }

  x(axis: XAxis): Spans {
    if (axis === "step") return this.#step;
    return axis === "relative" || axis === "wall" ? this.#wall : this.#over;
  }

  /** Whether smoothing leaves the values as they are. */
  isUntouched(weight: number): boolean {
    if (weight === 0) return true;
    this.#alike = alike(this.raw.values, this.#alike);
    return this.#alike === this.raw.length;
  }

  averages(weight: number): Averages {
    if (this.#averages?.weight !== weight) this.#averages = new Averages(this.raw, weight);
    return this.#averages;
  }

  /** The smoothed value of a point, exact whether or not the averages have come so far. */
  smoothedAt(index: number, weight: number): number {
    if (this.isUntouched(weight)) return this.raw.at(index);
    if (this.#averages?.weight === weight) return this.#averages.exactAt(index);
    if (this.#asked.index !== index || this.#asked.weight !== weight) {
      this.#asked = { index, weight, value: smoothedAt(this.raw.values, index, weight) };
    }
    return this.#asked.value;
  }

  /** Sum the raw values up until a moment; returns whether all are. */
  advance(axis: XAxis, until: number): boolean {
    return advance(this.raw, until) && advance(this.x(axis), until);
  }
}

/** Let something go on until a moment of `performance.now()`; returns whether it is done. */
export function advance(work: { advance(most: number): boolean }, until: number): boolean {
  while (!work.advance(PIECE)) if (performance.now() >= until) return false;
  return true;
}

const summaries = new WeakMap<Columns, Summary>();

/** The summary of a series as it stands. */
export function summaryOf(series: Columns): Summary {
  let summary = summaries.get(series);
  if (summary === undefined) {
    summary = new Summary();
    summaries.set(series, summary);
  }
  summary.take(series);
  return summary;
}
