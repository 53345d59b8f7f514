/** The points of one (run, attempt, tag). */
import { checkColumn, unpack, unpackInto } from "../wire/decode";
import type { SeriesPart } from "../wire/frame";
import { Column } from "./column";

/** A delta did not continue what is here: something was lost on the way. */
export class GapError extends Error {}

interface Points {
  step: Float64Array;
  wall: Float64Array;
  value: Float64Array;
}

/** Where there are only stand-ins: points of the log from `from` to before `to`, of which those at `index` are held. */
export interface Gap {
  from: number;
  to: number;
  index: Uint32Array;
}

/** A gap as it was, and of which generation of the series. */
export interface Standing extends Gap {
  gen: number;
}

export class Series {
  readonly run: number;
  readonly attempt: number;
  readonly tag: string;
  #gen = -1;
  #total = 0;
  /** In order; all other points are held. */
  #gaps: Gap[] = [];
  #step = new Column();
  #wall = new Column();
  #value = new Column();
  /** Where points were replaced, or others put in between, one time after the other: what was computed of them is stale. */
  readonly #changes: number[] = [];

  constructor(run: number, attempt: number, tag: string) {
    this.run = run;
    this.attempt = attempt;
    this.tag = tag;
  }

  /** Grows when points were replaced. */
  get epoch(): number {
    return this.#changes.length;
  }
  /** How many points, from the first on, are as they were at an epoch. */
  keptSince(epoch: number): number {
    return this.#changes.slice(epoch).reduce((kept, at) => Math.min(kept, at), Infinity);
  }
  get gen(): number {
    return this.#gen;
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
    return this.#gaps.length > 0;
  }
  /** Where some do. */
  get gaps(): readonly Readonly<Gap>[] {
    return this.#gaps;
  }
  /** Points of which it is not known whether they are here. */
  get missing(): number {
    return this.#gaps.reduce((sum, { from, to }) => sum + to - from, 0);
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
    this.#append(part.total, pointsOf(part, buffer), part.thinned ? indexOf(part, buffer) : null);
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
    if (known && !grown && !this.thinned) return false;
    const points = pointsOf(part, buffer);
    const index = part.thinned ? indexOf(part, buffer) : null;
    if (!known || (index === null && this.thinned) || this.length === 0) {
      this.#replace(part, points, index);
      return true;
    }
    const start = index === null ? this.#total : firstFrom(index, this.#total);
    const refined = index !== null && this.#refine(points, index);
    if (grown) this.#append(part.total, slice(points, start, part.count), index?.subarray(start) ?? null);
    return refined || grown;
  }

  /**
   * Take the points, or better stand-ins, of a range of the series.
   *
   * @param alone no others of those that are missing will come behind them
   * @returns true if the points changed; false where they are known, or belong to another state of the series
   */
  applyFill(part: SeriesPart, buffer: ArrayBuffer | null, alone = false): boolean {
    if (part.gen !== this.#gen || part.total > this.#total || !this.#gaps.some((gap) => gap.from < part.total && part.from < gap.to)) return false;
    const all = part.thinned ? indexOf(part, buffer) : null;
    const coming = alone ? 0 : Math.ceil((this.missing * part.count) / (part.total - part.from));
    const placeOf = (index: number) => (all === null ? index - part.from : firstFrom(all, index));
    const gaps: Gap[] = [];
    let before = 0;
    let changed = false;
    for (const gap of this.#gaps) {
      const { from, to, index } = gap;
      const at = from - before;
      before += to - from - index.length;
      const [start, end] = [Math.max(from, part.from), Math.min(to, part.total)];
      const [begin, stop] = start < end ? [placeOf(start), placeOf(end)] : [0, 0];
      const [first, last] = [firstFrom(index, start), firstFrom(index, end)];
      const more = stop - begin - (last - first);
      if (start >= end || (all !== null && more <= 0)) {
        gaps.push(gap);
        continue;
      }
      this.#unpack(at + first, last - first, part, buffer, [begin, stop], coming);
      before -= more;
      if (from < start) gaps.push({ from, to: start, index: index.slice(0, first) });
      if (all !== null) gaps.push({ from: start, to: end, index: all.slice(begin, stop) });
      if (end < to) gaps.push({ from: end, to, index: index.slice(last) });
      changed = true;
    }
    this.#gaps = gaps;
    return changed;
  }

  /** Which point of the log stands at a place. */
  indexAt(place: number): number {
    let before = 0;
    for (const { from, to, index } of this.#gaps) {
      const at = from - before;
      if (place < at) break;
      if (place < at + index.length) return index[place - at]!;
      before += to - from - index.length;
    }
    return place + before;
  }

  /** Of the gaps what lies between two places, of which the latter is no longer in it; with where its stand-ins begin. */
  gapsWithin(first: number, end: number): (Gap & { at: number })[] {
    const found: (Gap & { at: number })[] = [];
    let before = 0;
    for (const { from, to, index } of this.#gaps) {
      const at = from - before;
      before += to - from - index.length;
      const [start, stop] = [Math.max(first - at, 0), Math.min(end - at, index.length)];
      if (start >= stop) continue;
      found.push({
        from: first < at || first === 0 ? from : index[start]!,
        to: end > at + index.length || end === this.length ? to : index[stop - 1]! + 1,
        index: index.subarray(start, stop),
        at: at + start,
      });
    }
    return found;
  }

  /** The stand-ins in a range, for `thin`. */
  standing(from: number, to: number): Standing[] {
    const found: Standing[] = [];
    for (const { from: start, to: end, index } of this.#gaps) {
      const [first, last] = [Math.max(from, start), Math.min(to, end)];
      if (first >= last) continue;
      found.push({ from: first, to: last, gen: this.#gen, index: index.slice(firstFrom(index, first), firstFrom(index, last)) });
    }
    return found;
  }

  /** Whether all points of a range that was a gap are here. */
  isFilled({ from, to, gen }: Standing): boolean {
    return gen === this.#gen && to <= this.#total && !this.#gaps.some((gap) => gap.from < to && from < gap.to);
  }

  /**
   * Let stand-ins stand for the points of a range again, as they did before these came.
   *
   * @returns false where not all of the range is held
   */
  thin(standing: Standing): boolean {
    if (!this.isFilled(standing)) return false;
    const { from, to, index } = standing;
    const before = this.#gaps.filter((gap) => gap.to <= from);
    const at = before.reduce((place, gap) => place - (gap.to - gap.from - gap.index.length), from);
    const kept = (column: Float64Array) => Float64Array.from(index, (place) => column[at + place - from]!);
    const points = { step: kept(this.step), wall: kept(this.wall), value: kept(this.value) };
    this.#splice(at, to - from, points, 0);
    this.#gaps = adjoined([...before, { from, to, index }, ...this.#gaps.slice(before.length)]);
    return true;
  }

  #replace(part: SeriesPart, { step, wall, value }: Points, index: Uint32Array | null): void {
    this.#step = new Column(step);
    this.#wall = new Column(wall);
    this.#value = new Column(value);
    this.#changes.push(0);
    this.#gen = part.gen;
    this.#total = part.total;
    this.#gaps = index === null ? [] : [{ from: 0, to: part.total, index }];
  }

  /** Take the stand-ins of `points` for each gap in which they are more; returns whether there was one. */
  #refine(points: Points, all: Uint32Array): boolean {
    let refined = false;
    let before = 0;
    for (const gap of this.#gaps) {
      const { from, to, index } = gap;
      const [start, end] = [firstFrom(all, from), firstFrom(all, to)];
      const [first, last] = end > start ? [firstFrom(index, all[start]!), firstFrom(index, all[end - 1]! + 1)] : [0, 0];
      if (end - start > last - first) {
        this.#splice(from - before + first, last - first, slice(points, start, end), 0);
        gap.index = joined(index.subarray(0, first), all.subarray(start, end), index.subarray(last));
        refined = true;
      }
      before += to - from - gap.index.length;
    }
    return refined;
  }

  #splice(at: number, count: number, { step, wall, value }: Points, coming: number): void {
    this.#step.splice(at, count, step, coming);
    this.#wall.splice(at, count, wall, coming);
    this.#value.splice(at, count, value, coming);
    this.#changes.push(at);
  }

  /** Put a range of a part's points in the place of `count` points. */
  #unpack(at: number, count: number, part: SeriesPart, buffer: ArrayBuffer | null, [begin, stop]: [number, number], coming: number): void {
    const columns = [
      [this.#step, part.step],
      [this.#wall, part.wall],
      [this.#value, part.value],
    ] as const;
    for (const [, packed] of columns) checkColumn(packed, part.count, buffer);
    if (stop > part.count) throw new Error(`a part of "${part.tag}" has ${part.count} points and tells of ${stop}`);
    for (const [column, packed] of columns) unpackInto(column.open(at, count, stop - begin, coming), packed, part.count, buffer, begin);
    this.#changes.push(at);
  }

  #append(total: number, { step, wall, value }: Points, index: Uint32Array | null): void {
    this.#step.append(step);
    this.#wall.append(wall);
    this.#value.append(value);
    if (index !== null) {
      const last = this.#gaps.at(-1);
      if (last?.to === this.#total) Object.assign(last, { to: total, index: joined(last.index, index) });
      else this.#gaps.push({ from: this.#total, to: total, index });
    }
    this.#total = total;
  }
}

/** Position of the first of ascending indices that is not below `least`. */
function firstFrom(index: Uint32Array, least: number): number {
  let low = 0;
  let high = index.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (index[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function pointsOf(part: SeriesPart, buffer: ArrayBuffer | null): Points {
  return {
    step: unpack(part.step, part.count, buffer),
    wall: unpack(part.wall, part.count, buffer),
    value: unpack(part.value, part.count, buffer),
  };
}

/** Which points a thinned part has; where it does not say, as if they were spread evenly. */
function indexOf(part: SeriesPart, buffer: ArrayBuffer | null): Uint32Array {
  const { from, total, count, index } = part;
  if (index !== undefined) return Uint32Array.from(unpack(index, count, buffer));
  return Uint32Array.from({ length: count }, (_, i) => from + Math.round((i * (total - from - 1)) / Math.max(1, count - 1)));
}

function slice({ step, wall, value }: Points, start: number, end: number): Points {
  return { step: step.subarray(start, end), wall: wall.subarray(start, end), value: value.subarray(start, end) };
}

/** The same gaps, one where several touch. */
function adjoined(gaps: readonly Gap[]): Gap[] {
  const all: Gap[] = [];
  for (const gap of gaps) {
    const last = all.at(-1);
    if (last?.to === gap.from) all[all.length - 1] = { from: last.from, to: gap.to, index: joined(last.index, gap.index) };
    else all.push(gap);
  }
  return all;
}

function joined(...pieces: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
