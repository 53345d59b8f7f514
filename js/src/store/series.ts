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

/** Of more spans the oldest become one, with what lies between them. */
const MOST_SPANS = 32;

/** Indices of points that stand for more than themselves: from `from` to before `to`. */
interface Span {
  from: number;
  to: number;
}

export class Series {
  readonly run: number;
  readonly attempt: number;
  readonly tag: string;
  #gen = -1;
  #total = 0;
  /** Where there are only stand-ins, in order; all other points are held in full. */
  #coarse: Span[] = [];
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
    return this.#coarse.length > 0;
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
    if (part.from === 0) {
      this.applyKey(part, buffer);
      return;
    }
    if (part.gen !== this.#gen || part.from !== this.#total) {
      throw new GapError(
        `"${part.tag}" continues generation ${part.gen} from point ${part.from}; here is generation ${this.#gen} with ${this.#total}`,
      );
    }
    this.#append(part.total, pointsOf(part, buffer), part.thinned);
  }

  /**
   * Take a part that stands for the whole series.
   *
   * What is held in full is kept where the part has only stand-ins; where both have only those, the more are taken.
   *
   * @returns true if the points changed
   */
  applyKey(part: SeriesPart, buffer: ArrayBuffer | null): boolean {
    const known = part.gen === this.#gen && part.from === 0 && part.total >= this.#total;
    const grown = part.total > this.#total;
    if (known && !grown && (!this.thinned || (part.thinned && part.count <= this.#stand()))) return false;
    const points = pointsOf(part, buffer);
    if (!known || !part.thinned || this.length === 0) {
      if (known && !part.thinned && !this.thinned) this.#append(part.total, from(points, this.#total), false);
      else this.#replace(part, points);
      return true;
    }
    const refined = this.#refine(points);
    if (grown) this.#append(part.total, from(points, this.#behind(points, this.length - 1)), true);
    return refined || grown;
  }

  #replace(part: SeriesPart, points: Points): void {
    this.#hold(points);
    this.#gen = part.gen;
    this.#total = part.total;
    this.#coarse = part.thinned ? [{ from: 0, to: part.count }] : [];
  }

  #hold({ step, wall, value }: Points): void {
    this.#step = new Column(step);
    this.#wall = new Column(wall);
    this.#value = new Column(value);
    this.#epoch += 1;
  }

  /** The least points of a part that may have more for some span. */
  #stand(): number {
    return Math.min(...this.#coarse.map(({ from, to }) => to - from));
  }

  /** Take the stand-ins of `points` for each span of which they have more; returns whether there was one. */
  #refine(points: Points): boolean {
    const pieces: Points[] = [];
    const coarse: Span[] = [];
    const held: Points = { step: this.step, wall: this.wall, value: this.value };
    let kept = 0;
    let length = 0;
    let refined = false;
    const add = (piece: Points) => {
      pieces.push(piece);
      length += piece.step.length;
    };
    for (const span of this.#coarse) {
      const start = span.from === 0 ? 0 : this.#behind(points, span.from - 1);
      const end = span.to === this.length ? this.#behind(points, this.length - 1) : this.#before(points, span.to);
      add(slice(held, kept, span.from));
      const better = end - start > span.to - span.from;
      refined ||= better;
      const at = length;
      add(better ? slice(points, start, end) : slice(held, span.from, span.to));
      coarse.push({ from: at, to: length });
      kept = span.to;
    }
    if (!refined) return false;
    add(slice(held, kept, this.length));
    this.#hold(joined(pieces, length));
    this.#coarse = coarse;
    return true;
  }

  /** Index of the first of `points` behind the point `at` that is held here. */
  #behind({ step, wall }: Points, at: number): number {
    const [lastStep, lastWall] = [this.step[at]!, this.wall[at]!];
    let i = 0;
    while (i < step.length && !isAfter(step[i]!, wall[i]!, lastStep, lastWall)) i += 1;
    return i;
  }

  /** Index of the first of `points` that is not before the point `at` that is held here. */
  #before({ step, wall }: Points, at: number): number {
    const [nextStep, nextWall] = [this.step[at]!, this.wall[at]!];
    let i = 0;
    while (i < step.length && isAfter(nextStep, nextWall, step[i]!, wall[i]!)) i += 1;
    return i;
  }

  #append(total: number, { step, wall, value }: Points, coarse: boolean): void {
    const before = this.length;
    this.#step.append(step);
    this.#wall.append(wall);
    this.#value.append(value);
    this.#total = total;
    if (!coarse) return;
    const last = this.#coarse.at(-1);
    if (last?.to === before) last.to = this.length;
    else this.#coarse.push({ from: before, to: this.length });
    if (this.#coarse.length > MOST_SPANS) this.#coarse.splice(0, 2, { from: this.#coarse[0]!.from, to: this.#coarse[1]!.to });
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

function from(points: Points, start: number): Points {
  return slice(points, start, points.step.length);
}

function slice({ step, wall, value }: Points, start: number, end: number): Points {
  return { step: step.subarray(start, end), wall: wall.subarray(start, end), value: value.subarray(start, end) };
}

function joined(pieces: readonly Points[], length: number): Points {
  const all = { step: new Float64Array(length), wall: new Float64Array(length), value: new Float64Array(length) };
  let at = 0;
  for (const { step, wall, value } of pieces) {
    all.step.set(step, at);
    all.wall.set(wall, at);
    all.value.set(value, at);
    at += step.length;
  }
  return all;
}
