/**
 * What is known of long columns block by block, so that nobody need look at each point again.
 *
 * Blocks are summed up once, when they are full; the points behind the last full block are few, and are read as they
 * are. `advance` does a part of the work: a caller spreads it over frames.
 */

/** Points of a block: more make its edges dear, fewer the list of blocks. */
export const BLOCK = 32;

const NONE = new Float64Array(0);

type Numbers = Float64Array | Uint32Array | Int16Array | Uint8Array;

/** The array, or a longer one with its contents where it has no room for `length` numbers. */
export function roomFor<T extends Numbers>(array: T, length: number): T {
  if (length <= array.length) return array;
  const longer = new (array.constructor as new (length: number) => T)(Math.max(length, Math.ceil(1.5 * array.length)));
  longer.set(array);
  return longer;
}

/** A column that grows, of whose full blocks some are summed up. */
abstract class Blocks {
  #values: Float64Array = NONE;
  #summed = 0;

  /**
   * Take the whole column.
   *
   * @param kept how many values, from the first on, are as they were
   */
  take(values: Float64Array, kept = Infinity): void {
    this.#values = values;
    this.#summed = Math.min(this.#summed, Math.floor(kept / BLOCK));
  }

  get values(): Float64Array {
    return this.#values;
  }

  /** Full blocks. */
  get full(): number {
    return Math.floor(this.#values.length / BLOCK);
  }

  /** Those of them that are summed up, from the first on. */
  get summed(): number {
    return this.#summed;
  }

  /** Sum up to `most` further blocks up; returns whether all are. */
  advance(most = Infinity): boolean {
    const end = Math.min(this.full, this.#summed + most);
    this.reserve(end === this.#summed ? 0 : this.full);
    for (let block = this.#summed; block < end; block++) this.sum(block, this.#values);
    this.#summed = end;
    return end === this.full;
  }

  protected abstract reserve(blocks: number): void;
  protected abstract sum(block: number, values: Float64Array): void;
}

/** Which x the blocks reach over, ascending or not. */
export class Spans extends Blocks {
  /** NaN, both, for a block that holds a NaN: it must be read. */
  low: Float64Array = NONE;
  high: Float64Array = NONE;
  /** 1 for a block whose x ascend. */
  ascends = new Uint8Array();
  /** Blocks, from the first on, over which the x ascend. */
  sorted = 0;
  /** Grows when some of the x were replaced. */
  epoch = 0;

  override take(values: Float64Array, kept = Infinity): void {
    super.take(values, kept);
    this.sorted = Math.min(this.sorted, this.summed);
    if (kept < Infinity) this.epoch += 1;
  }

  protected reserve(blocks: number): void {
    this.low = roomFor(this.low, blocks);
    this.high = roomFor(this.high, blocks);
    this.ascends = roomFor(this.ascends, blocks);
  }

  protected sum(block: number, x: Float64Array): void {
    let low = Infinity;
    let high = -Infinity;
    let known = true;
    let ascends = true;
    for (let i = block * BLOCK, end = i + BLOCK; i < end; i++) {
      const value = x[i]!;
      if (value < high) ascends = false;
      if (value < low) low = value;
      if (value > high) high = value;
      if (value !== value) known = false;
    }
    this.low[block] = known ? low : NaN;
    this.high[block] = known ? high : NaN;
    this.ascends[block] = known && ascends ? 1 : 0;
    const goesOn = block === 0 || low >= this.high[block - 1]!;
    if (this.sorted === block && known && ascends && goesOn) this.sorted += 1;
  }
}

/** Where the finite values of blocks begin and end, and where the first value stands that is not finite. */
export interface Gaps {
  /** Blocks of which this is known. */
  readonly summed: number;
  /** Offsets into the block; without meaning in a block that has no finite value. */
  readonly firstAt: Uint8Array;
  readonly lastAt: Uint8Array;
  /** −1: all are finite. */
  readonly brokenAt: Int16Array;
}

/** What drawing needs of a column of values, be they raw or computed. */
export interface Values {
  readonly length: number;
  /** Blocks whose extremes are known. */
  readonly summed: number;
  /** Lowest and highest finite value of each such block (∞, −∞ without one), and the offsets where they first are. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  readonly lowAt: Uint8Array;
  readonly highAt: Uint8Array;
  readonly gaps: Gaps;
  /** Value of a point. */
  at(index: number): number;
  /** Where a block's values are to be read until the next call: that of point i is `data[i - load(block)]`. */
  readonly data: Float64Array;
  load(block: number): number;
}

/** The values of a column as they are. */
export class Extremes extends Blocks implements Values, Gaps {
  lowest: Float64Array = NONE;
  highest: Float64Array = NONE;
  lowAt = new Uint8Array();
  highAt = new Uint8Array();
  firstAt = new Uint8Array();
  lastAt = new Uint8Array();
  brokenAt = new Int16Array();
  /** Mean of a block's finite values; NaN without one. */
  mean: Float64Array = NONE;

  get length(): number {
    return this.values.length;
  }

  get data(): Float64Array {
    return this.values;
  }

  get gaps(): Gaps {
    return this;
  }

  at(index: number): number {
    return this.values[index]!;
  }

  load(): number {
    return 0;
  }

  protected reserve(blocks: number): void {
    this.lowest = roomFor(this.lowest, blocks);
    this.highest = roomFor(this.highest, blocks);
    this.mean = roomFor(this.mean, blocks);
    this.lowAt = roomFor(this.lowAt, blocks);
    this.highAt = roomFor(this.highAt, blocks);
    this.firstAt = roomFor(this.firstAt, blocks);
    this.lastAt = roomFor(this.lastAt, blocks);
    this.brokenAt = roomFor(this.brokenAt, blocks);
  }

  protected sum(block: number, y: Float64Array): void {
    const start = block * BLOCK;
    let lowest = Infinity;
    let highest = -Infinity;
    let lowAt = 0;
    let highAt = 0;
    let sum = 0;
    for (let offset = 0; offset < BLOCK; offset++) {
      const value = y[start + offset]!;
      sum += value;
      if (value < lowest) [lowest, lowAt] = [value, offset];
      if (value > highest) [highest, highAt] = [value, offset];
    }
    // One value that is not finite makes the sum so.
    if (!Number.isFinite(sum)) {
      this.#sumBroken(block, y);
      return;
    }
    this.lowest[block] = lowest;
    this.highest[block] = highest;
    this.lowAt[block] = lowAt;
    this.highAt[block] = highAt;
    this.firstAt[block] = 0;
    this.lastAt[block] = BLOCK - 1;
    this.brokenAt[block] = -1;
    this.mean[block] = sum / BLOCK;
  }

  #sumBroken(block: number, y: Float64Array): void {
    const start = block * BLOCK;
    let [lowest, highest, lowAt, highAt] = [Infinity, -Infinity, 0, 0];
    let [first, last, broken, count, mean] = [-1, 0, -1, 0, NaN];
    for (let offset = 0; offset < BLOCK; offset++) {
      const value = y[start + offset]!;
      if (!Number.isFinite(value)) {
        if (broken < 0) broken = offset;
        continue;
      }
      if (first < 0) [first, mean] = [offset, 0];
      last = offset;
      count += 1;
      mean += value / count - mean / count;
      if (value < lowest) [lowest, lowAt] = [value, offset];
      if (value > highest) [highest, highAt] = [value, offset];
    }
    this.lowest[block] = lowest;
    this.highest[block] = highest;
    this.lowAt[block] = lowAt;
    this.highAt[block] = highAt;
    this.firstAt[block] = Math.max(0, first);
    this.lastAt[block] = last;
    this.brokenAt[block] = broken;
    this.mean[block] = mean;
  }
}
