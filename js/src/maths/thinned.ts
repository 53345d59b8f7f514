/** The points that are chosen of a line while one goes along it. */
import type { ColumnOf } from "./buckets";
import { BLOCK, roomFor, type Values } from "./levels";

/** The points of a line that are drawn. */
export interface Kept {
  /** Ascending. */
  indices: Uint32Array;
  /** Their values. */
  values: Float64Array;
  /** The pixel columns in which they lie, the first in sight being 0. */
  columns: Float64Array;
}

/** A line that is being thinned, its points in their order. */
export class Thinned {
  readonly #x: Float64Array;
  readonly #y: Values;
  readonly #columnOf: ColumnOf;
  readonly #pixels: number;
  readonly #kept = points.cleared();
  /** The points of one pixel column: −1 where there is none yet. */
  #column = NaN;
  #first = -1;
  #firstValue = NaN;
  #low = -1;
  #lowest = Infinity;
  #high = -1;
  #highest = -Infinity;
  #last = -1;
  #lastValue = NaN;
  #broken = -1;
  /** The last point before the left side, and whether the line has gone on beyond the right one. */
  #before = -1;
  #after = false;
  /** The block whose values can be read, and where they are. */
  #loaded = -1;
  #base = 0;

  constructor(x: Float64Array, y: Values, columnOf: ColumnOf, pixels: number) {
    this.#x = x;
    this.#y = y;
    this.#columnOf = columnOf;
    this.#pixels = pixels;
  }

  /**
   * Take points that lie in one pixel column.
   *
   * @param stride of so many blocks of which nothing is known one is read
   */
  addColumn(column: number, from: number, to: number, stride: number): void {
    const { summed, gaps } = this.#y;
    this.#enter(column);
    for (let block = Math.floor(from / BLOCK); from < to; block++) {
      const end = Math.min(to, (block + 1) * BLOCK);
      const whole = end - from === BLOCK && block < summed;
      if (whole) {
        const behind = Math.min(Math.floor(to / BLOCK), summed);
        this.#addBlocks(block, behind);
        block = behind - 1;
        from = behind * BLOCK;
        continue;
      }
      if (block < summed || block % stride === 0) {
        const base = this.#load(block);
        if (block < gaps.summed && gaps.brokenAt[block]! < 0) this.#addRun(from, end, base);
        else for (let i = from; i < end; i++) this.#add(i, this.#y.data[i - base]!);
      }
      from = end;
    }
  }

  /** Take points of a block, wherever they lie. */
  addPoints(start: number, end: number): void {
    const base = this.#load(start / BLOCK);
    const { data } = this.#y;
    for (let i = start; i < end; i++) {
      const column = this.#columnOf(this.#x[i]!);
      if (column < 0) {
        this.passLeft(i);
      } else if (column <= this.#pixels) {
        this.#enter(column);
        this.#add(i, data[i - base]!);
      } else {
        this.passRight(i);
        // Beyond the right side is what is greater, not what is no number.
        this.#after = column > this.#pixels;
      }
    }
  }

  /** Points end at `i` that lie before the left side. */
  passLeft(i: number): void {
    this.#flush();
    this.#before = i;
    this.#after = false;
  }

  /** Points begin at `i` that lie beyond the right side. */
  passRight(i: number): void {
    this.#comeIn();
    if (!this.#after) {
      this.#flush();
      this.#keepBeyond(i);
    }
    this.#after = true;
  }

  done(): Kept {
    this.#flush();
    return this.#kept.done();
  }

  /** The next pixel column begins in the block in which one ends: it is not computed again. */
  #load(block: number): number {
    if (block !== this.#loaded) this.#base = this.#y.load(block);
    this.#loaded = block;
    return this.#base;
  }

  /** Add blocks of the pixel column. */
  #addBlocks(from: number, to: number): void {
    const { lowest, highest, lowAt, highAt, gaps } = this.#y;
    let [low, high] = [-1, -1];
    let lowestYet = this.#lowest;
    let highestYet = this.#highest;
    for (let block = from; block < to; block++) {
      if (lowest[block]! < lowestYet) {
        lowestYet = lowest[block]!;
        low = block;
      }
      if (highest[block]! > highestYet) {
        highestYet = highest[block]!;
        high = block;
      }
    }
    if (low >= 0) [this.#low, this.#lowest] = [low * BLOCK + lowAt[low]!, lowestYet];
    if (high >= 0) [this.#high, this.#highest] = [high * BLOCK + highAt[high]!, highestYet];
    const { brokenAt, firstAt, lastAt } = gaps;
    for (let block = from; block < to && this.#broken < 0; block++) {
      if (brokenAt[block]! >= 0) this.#broken = block * BLOCK + brokenAt[block]!;
    }
    // Without a finite value there is no first and no last one.
    while (from < to && lowest[from]! > highest[from]!) from += 1;
    if (from === to) return;
    do to -= 1;
    while (lowest[to]! > highest[to]!);
    if (this.#first < 0) [this.#first, this.#firstValue] = [from * BLOCK + firstAt[from]!, NaN];
    [this.#last, this.#lastValue] = [to * BLOCK + lastAt[to]!, NaN];
  }

  #comeIn(): void {
    if (this.#before >= 0) this.#keepBeyond(this.#before);
    this.#before = -1;
  }

  #keepBeyond(i: number): void {
    this.#kept.push(i, this.#y.at(i), this.#columnOf(this.#x[i]!));
  }

  #enter(column: number): void {
    this.#comeIn();
    this.#after = false;
    if (column === this.#column) return;
    this.#flush();
    this.#column = column;
  }

  #add(i: number, value: number): void {
    if (!Number.isFinite(value)) {
      if (this.#broken < 0) this.#broken = i;
      return;
    }
    if (this.#first < 0) {
      this.#first = i;
      this.#firstValue = value;
    }
    if (value < this.#lowest) {
      this.#low = i;
      this.#lowest = value;
    }
    if (value > this.#highest) {
      this.#high = i;
      this.#highest = value;
    }
    this.#last = i;
    this.#lastValue = value;
  }

  /** Add finite points of the pixel column. */
  #addRun(start: number, end: number, base: number): void {
    const { data } = this.#y;
    let low = this.#low;
    let lowest = this.#lowest;
    let high = this.#high;
    let highest = this.#highest;
    for (let i = start; i < end; i++) {
      const value = data[i - base]!;
      if (value < lowest) {
        low = i;
        lowest = value;
      }
      if (value > highest) {
        high = i;
        highest = value;
      }
    }
    this.#low = low;
    this.#lowest = lowest;
    this.#high = high;
    this.#highest = highest;
    if (this.#first < 0) {
      this.#first = start;
      this.#firstValue = data[start - base]!;
    }
    this.#last = end - 1;
    this.#lastValue = data[end - 1 - base]!;
  }

  /** Keep what the pixel column has, in order. */
  #flush(): void {
    const broken = this.#broken;
    if (this.#first >= 0) {
      const lowFirst = this.#low < this.#high;
      this.#keep(this.#first, this.#firstValue, broken, -1);
      if (lowFirst) this.#keep(this.#low, this.#lowest, broken, this.#first);
      this.#keep(this.#high, this.#highest, broken, lowFirst ? this.#low : this.#first);
      if (!lowFirst) this.#keep(this.#low, this.#lowest, broken, this.#high);
      this.#keep(this.#last, this.#lastValue, broken, lowFirst ? this.#high : this.#low);
    }
    if (broken > this.#last) this.#kept.push(broken, this.#y.at(broken), this.#column);
    this.#column = NaN;
    this.#first = this.#low = this.#high = this.#last = this.#broken = -1;
    this.#lowest = Infinity;
    this.#highest = -Infinity;
  }

  /** Keep a point, unless it is the one that was kept before, and before it the break, where that lies between the two. */
  #keep(i: number, value: number, broken: number, before: number): void {
    if (i === before) return;
    if (before < broken && broken < i) this.#kept.push(broken, this.#y.at(broken), this.#column);
    this.#kept.push(i, Number.isNaN(value) ? this.#y.at(i) : value, this.#column);
  }
}

/** A list of points that grows. */
class Points {
  #indices = new Uint32Array(4096);
  #values = new Float64Array(4096);
  #columns = new Float64Array(4096);
  #length = 0;

  /** Begin anew. */
  cleared(): this {
    this.#length = 0;
    return this;
  }

  push(i: number, value: number, column: number): void {
    const length = this.#length;
    this.#indices = roomFor(this.#indices, length + 1);
    this.#values = roomFor(this.#values, length + 1);
    this.#columns = roomFor(this.#columns, length + 1);
    this.#indices[length] = i;
    this.#values[length] = value;
    this.#columns[length] = column;
    this.#length += 1;
  }

  done(): Kept {
    const length = this.#length;
    return { indices: this.#indices.slice(0, length), values: this.#values.slice(0, length), columns: this.#columns.slice(0, length) };
  }
}

/** Of the line that is being thinned: one at a time is. */
const points = new Points();
