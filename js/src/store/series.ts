/** The points of one (run, attempt, tag). */
import { unpack } from "../wire/decode";
import type { SeriesPart } from "../wire/frame";
import { Column } from "./column";

/** A delta did not continue what is here: something was lost on the way. */
export class GapError extends Error {}

interface Points {
  step: Float64Array;
  wall: Float64Array;
  value: Float64Array;
}

export class Series {
  readonly run: number;
  readonly attempt: number;
  readonly tag: string;
  #gen = -1;
  #total = 0;
  #thinned = false;
  #step = new Column();
  #wall = new Column();
  #value = new Column();
  /** Grows when points were replaced, so that what was computed from them is stale. */
  #epoch = 0;

  constructor(run: number, attempt: number, tag: string) {
    this.run = run;
    this.attempt = attempt;
    this.tag = tag;
  }

  get epoch(): number {
    return this.#epoch;
  }
  /** Points held here. */
  get length(): number {
    return this.#step.length;
  }
  /** Points on the disk that those held here stand for. */
  get total(): number {
    return this.#total;
  }
  /** Some points stand for several (their extremes are kept). */
  get thinned(): boolean {
    return this.#thinned;
  }
  get step(): Float64Array {
    return this.#step.values;
  }
  /** Seconds since 1970. */
  get wall(): Float64Array {
    return this.#wall.values;
  }
  get value(): Float64Array {
    return this.#value.values;
  }

  /**
   * Take a part of a delta.
   *
   * @throws GapError if the part does not continue what is here
   */
  applyDelta(part: SeriesPart, buffer: ArrayBuffer | null): void {
    const points = pointsOf(part, buffer);
    if (part.from === 0) {
      this.#replace(part, points);
      return;
    }
    if (part.gen !== this.#gen || part.from !== this.#total) {
      throw new GapError(
        `"${part.tag}" continues generation ${part.gen} from point ${part.from}; here is generation ${this.#gen} with ${this.#total}`,
      );
    }
    this.#append(part.total, points);
    this.#thinned ||= part.thinned;
  }

  /**
   * Take the state of a key frame.
   *
   * @returns true if the points changed. Points held in full are kept where the key has only a thinned stand-in.
   */
  applyKey(part: SeriesPart, buffer: ArrayBuffer | null): boolean {
    const known = part.gen === this.#gen && part.from === 0;
    if (known && part.total === this.#total && (part.thinned || !this.#thinned)) return false;
    const points = pointsOf(part, buffer);
    if (known && part.thinned && part.total > this.#total && this.length > 0) {
      this.#append(part.total, this.#after(points));
      this.#thinned = true;
    } else {
      this.#replace(part, points);
    }
    return true;
  }

  #replace(part: SeriesPart, { step, wall, value }: Points): void {
    this.#step = new Column(step);
    this.#wall = new Column(wall);
    this.#value = new Column(value);
    this.#gen = part.gen;
    this.#total = part.total;
    this.#thinned = part.thinned;
    this.#epoch += 1;
  }

  #append(total: number, { step, wall, value }: Points): void {
    this.#step.append(step);
    this.#wall.append(wall);
    this.#value.append(value);
    this.#total = total;
  }

  /** The points that come after the last one held here. */
  #after(points: Points): Points {
    const last = this.length - 1;
    const step = this.step[last]!;
    const wall = this.wall[last]!;
    let from = 0;
    while (from < points.step.length && !isAfter(points.step[from]!, points.wall[from]!, step, wall)) from += 1;
    return { step: points.step.subarray(from), wall: points.wall.subarray(from), value: points.value.subarray(from) };
  }
}

function isAfter(step: number, wall: number, lastStep: number, lastWall: number): boolean {
  return step > lastStep || (step === lastStep && wall > lastWall);
}

function pointsOf(part: SeriesPart, buffer: ArrayBuffer | null): Points {
  return {
    step: unpack(part.step, part.count, buffer),
    wall: unpack(part.wall, part.count, buffer),
    value: unpack(part.value, part.count, buffer),
  };
}
