/**
 * The points of a log with more of them than a page may hold, where a person looks closely.
 *
 * Of such a log a part stays thinned for good; the kernel is asked for the points of a range that is in sight, when it
 * can answer. What is out of sight gives way to its stand-ins again when there is much of it.
 */
import type { Lack } from "../wire/frame";
import type { Gap, Series, Standing } from "./series";

/** Points that are held besides those that a page may have. */
const MOST = 4_000_000;
/** Until what was asked for is asked for again. */
const ASK_AGAIN_MS = 4000;

/** Points of a series, from one to before another, that a chart shows; those among them that are too few. */
export interface Sight {
  series: Series;
  from: number;
  to: number;
  lacks: readonly Gap[];
}

/** All that is not held of series. */
export function lacksOf(all: readonly Series[]): Lack[] {
  return all.flatMap(({ run, attempt, tag, gen, gaps }) => gaps.map(({ from, to }) => ({ run, attempt, tag, gen, from, to })));
}

interface Detail {
  series: Series;
  standing: Standing;
}

export class Details {
  readonly #most: number;
  /** By chart. */
  readonly #sights = new Map<object, readonly Sight[]>();
  /** The oldest first. */
  #held: Detail[] = [];
  #asked = "";
  #askedAt = -Infinity;

  constructor(most = MOST) {
    this.#most = most;
  }

  /** Points that are held besides those that a page may have. */
  get held(): number {
    return this.#count(this.#held.filter(({ series, standing }) => series.isFilled(standing)));
  }

  /** Forget what belongs to series that have gone. */
  keep(kept: (series: Series) => boolean): void {
    this.#held = this.#held.filter(({ series }) => kept(series));
  }

  /** Take what a chart shows now; nothing when it is no longer there. */
  look(chart: object, sights: readonly Sight[]): void {
    if (sights.length === 0) this.#sights.delete(chart);
    else this.#sights.set(chart, sights);
  }

  /** What is to be asked for now; the same not again at once. */
  ask(now = performance.now()): Lack[] {
    let room = this.#most - this.#count(this.#held.filter((detail) => this.#isSeen(detail)));
    const lacks: Lack[] = [];
    for (const { series, lacks: gaps } of [...this.#sights.values()].flat()) {
      const { run, attempt, tag, gen } = series;
      for (const { from, to } of gaps) {
        if (to - from > room) continue;
        room -= to - from;
        lacks.push({ run, attempt, tag, gen, from, to });
      }
    }
    const asked = JSON.stringify(lacks);
    if (lacks.length === 0 || (asked === this.#asked && now - this.#askedAt < ASK_AGAIN_MS)) return [];
    this.#asked = asked;
    this.#askedAt = now;
    return lacks;
  }

  /**
   * Take note that points have come in the place of stand-ins, and let others give way.
   *
   * @returns the tags whose points changed by that
   */
  take(series: Series, standing: readonly Standing[]): Set<string> {
    // Of a series that was replaced meanwhile nothing is held any more.
    this.#held = [...this.#held, ...standing.map((one) => ({ series, standing: one }))].filter((one) => one.series.isFilled(one.standing));
    const changed = new Set<string>();
    let excess = this.held - this.#most;
    this.#held = this.#held.filter((detail) => {
      if (excess <= 0 || this.#isSeen(detail)) return true;
      excess -= this.#count([detail]);
      if (detail.series.thin(detail.standing)) changed.add(detail.series.tag);
      return false;
    });
    return changed;
  }

  #count(details: readonly Detail[]): number {
    return details.reduce((sum, { standing: { from, to } }) => sum + to - from, 0);
  }

  #isSeen({ series, standing }: Detail): boolean {
    return [...this.#sights.values()].some((sights) =>
      sights.some((sight) => sight.series === series && sight.from < standing.to && standing.from < sight.to),
    );
  }
}
