/** Fewer points that look the same: first, lowest, highest and last of each pixel column. */
import { BLOCK, type Spans, type Values } from "./levels";
import { pixelsOf, type Axis } from "./scale";

/** The points of a line that are drawn. */
export interface Kept {
  /** Ascending. */
  indices: Uint32Array;
  /** Their values. */
  values: Float64Array;
}

/**
 * Choose the points that a line over a number of pixels needs.
 *
 * Per pixel column the first, lowest, highest and last finite point are kept, so that no peak is lost; a non-finite
 * value keeps its place, so that the line breaks there. One point beyond each side is kept too: the line runs to
 * the edge. Of blocks that lie in one pixel column only what is known of them is looked at; where nothing is known yet,
 * about one block a pixel is read, and the others are left out.
 *
 * @param x in drawing order; as a rule ascending
 * @param shift subtracted from each x
 * @param y same length
 */
export function thinToPixels(x: Spans, shift: number, y: Values, axis: Axis, pixels: number): Kept {
  const column = columnOf(axis, shift, pixels);
  const line = new Thinned(y, pixels);
  const blocks = Math.ceil(y.length / BLOCK);
  const stride = strideOver(x, y, column, pixels);
  for (let block = 0; block < blocks; block++) {
    const start = block * BLOCK;
    const end = Math.min(start + BLOCK, y.length);
    if (block < x.summed) {
      const low = column(x.low[block]!);
      const high = column(x.high[block]!);
      if (high < 0) {
        line.passLeft(end - 1);
        continue;
      }
      if (low > pixels) {
        line.passRight(start);
        continue;
      }
      if (low === high && block < y.summed) {
        line.addBlock(low, block);
        continue;
      }
      if (block >= y.summed && block % stride > 0) continue;
      if (x.ascends[block] === 1 && block < y.gaps.summed && y.gaps.brokenAt[block]! < 0) {
        line.addWhole(start, end, y.load(block), x.values, column);
        continue;
      }
    }
    line.addPoints(start, end, y.load(block), x.values, column);
  }
  return line.done();
}

/** The pixel column of an x; what a log axis has no place for lies before its left side. */
function columnOf(axis: Axis, shift: number, pixels: number): (x: number) => number {
  if (axis.log) {
    const pixel = pixelsOf(axis, 0, pixels);
    return (x) => (x > shift ? Math.floor(pixel(x - shift)) : -Infinity);
  }
  const scale = pixels / (axis.to - axis.from);
  return (x) => Math.floor((x - shift - axis.from) * scale);
}

/** Of how many blocks in sight, of which nothing is known, one is read. */
function strideOver(x: Spans, y: Values, column: (x: number) => number, pixels: number): number {
  let seen = 0;
  for (let block = y.summed; block < x.summed; block++) {
    if (column(x.high[block]!) >= 0 && column(x.low[block]!) <= pixels) seen += 1;
  }
  return Math.max(1, Math.floor(seen / pixels));
}

/** A line that is being thinned, its points in their order. */
class Thinned {
  readonly #y: Values;
  readonly #pixels: number;
  readonly #kept = new Points();
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

  constructor(y: Values, pixels: number) {
    this.#y = y;
    this.#pixels = pixels;
  }

  /** Take points as they are. */
  addPoints(start: number, end: number, base: number, x: Float64Array, columnOf: (x: number) => number): void {
    const { data } = this.#y;
    for (let i = start; i < end; i++) {
      const column = columnOf(x[i]!);
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

  /** Take points that ascend in x and are all finite: those of a pixel column together. */
  addWhole(start: number, end: number, base: number, x: Float64Array, columnOf: (x: number) => number): void {
    const { data } = this.#y;
    for (let i = start; i < end; ) {
      const column = columnOf(x[i]!);
      const next = columnOf(x[end - 1]!) === column ? end : firstBeyond(x, i + 1, end - 1, column, columnOf);
      if (column < 0) {
        this.passLeft(next - 1);
      } else if (column > this.#pixels) {
        this.passRight(i);
      } else {
        this.#enter(column);
        this.#addRun(i, next, base, data);
      }
      i = next;
    }
  }

  /** Take a block that lies in one pixel column. */
  addBlock(column: number, block: number): void {
    const { lowest, highest, lowAt, highAt, gaps } = this.#y;
    const start = block * BLOCK;
    this.#enter(column);
    const broken = gaps.brokenAt[block]!;
    if (broken >= 0 && this.#broken < 0) this.#broken = start + broken;
    const [low, high] = [lowest[block]!, highest[block]!];
    if (low > high) return;
    if (this.#first < 0) [this.#first, this.#firstValue] = [start + gaps.firstAt[block]!, NaN];
    if (low < this.#lowest) [this.#low, this.#lowest] = [start + lowAt[block]!, low];
    if (high > this.#highest) [this.#high, this.#highest] = [start + highAt[block]!, high];
    [this.#last, this.#lastValue] = [start + gaps.lastAt[block]!, NaN];
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
      this.#kept.push(i, this.#y.at(i));
    }
    this.#after = true;
  }

  done(): Kept {
    this.#flush();
    return this.#kept.done();
  }

  #comeIn(): void {
    if (this.#before >= 0) this.#kept.push(this.#before, this.#y.at(this.#before));
    this.#before = -1;
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
  #addRun(start: number, end: number, base: number, data: Float64Array): void {
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
    if (broken > this.#last) this.#kept.push(broken, this.#y.at(broken));
    this.#column = NaN;
    this.#first = this.#low = this.#high = this.#last = this.#broken = -1;
    this.#lowest = Infinity;
    this.#highest = -Infinity;
  }

  /** Keep a point, unless it is the one that was kept before, and before it the break, where that lies between the two. */
  #keep(i: number, value: number, broken: number, before: number): void {
    if (i === before) return;
    if (before < broken && broken < i) this.#kept.push(broken, this.#y.at(broken));
    this.#kept.push(i, Number.isNaN(value) ? this.#y.at(i) : value);
  }
}

/** Index of the first of ascending x, between `from` and `to`, that lies beyond a pixel column; that at `to` does. */
function firstBeyond(x: Float64Array, from: number, to: number, column: number, columnOf: (x: number) => number): number {
  while (from < to) {
    const middle = (from + to) >> 1;
    if (columnOf(x[middle]!) > column) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** A list of points that grows. */
class Points {
  #indices = new Uint32Array(256);
  #values = new Float64Array(256);
  #length = 0;

  push(i: number, value: number): void {
    if (this.#length === this.#indices.length) {
      const indices = new Uint32Array(2 * this.#length);
      indices.set(this.#indices);
      this.#indices = indices;
      const values = new Float64Array(2 * this.#length);
      values.set(this.#values);
      this.#values = values;
    }
    this.#indices[this.#length] = i;
    this.#values[this.#length++] = value;
  }

  done(): Kept {
    return { indices: this.#indices.slice(0, this.#length), values: this.#values.slice(0, this.#length) };
  }
}

/**
 * Index of the point whose x is nearest; −1 in an empty series.
 *
 * @param x ascending (where it is not, some near point)
 */
export function nearest(x: Float64Array, target: number): number {
  let low = 0;
  let high = x.length - 1;
  if (high < 0) return -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= target) low = middle;
    else high = middle;
  }
  return Math.abs(x[high]! - target) < Math.abs(x[low]! - target) ? high : low;
}
