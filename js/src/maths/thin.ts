/** Fewer points that look the same: first, lowest, highest and last of each pixel column. */
import type { Axis } from "./scale";

/**
 * Choose the points that a line over a number of pixels needs.
 *
 * Per pixel column the first, lowest, highest and last finite point are kept, so that no peak is lost; a non-finite
 * value keeps its place, so that the line breaks there. One point beyond each side is kept too: the line runs to
 * the edge.
 *
 * @param x in drawing order; as a rule ascending
 * @param shift subtracted from each x
 * @param y same length
 * @returns ascending indices
 */
export function thinToPixels(x: Float64Array, shift: number, y: Float64Array, axis: Axis, pixels: number): Uint32Array {
  const scale = pixels / (axis.to - axis.from);
  const kept = new Indices();
  const bucket = new Bucket(kept, y);
  // The last point before the left side, and whether the line has gone on beyond the right one.
  let before = -1;
  let after = false;
  for (let i = 0; i < x.length; i++) {
    const column = Math.floor((x[i]! - shift - axis.from) * scale);
    if (column < 0) {
      bucket.flush();
      before = i;
      after = false;
      continue;
    }
    if (before >= 0) kept.push(before);
    before = -1;
    if (column <= pixels) {
      bucket.add(column, i);
    } else if (!after) {
      bucket.flush();
      kept.push(i);
    }
    after = column > pixels;
  }
  bucket.flush();
  return kept.done();
}

/** The points of one pixel column. */
class Bucket {
  #column = NaN;
  #first = -1;
  #low = -1;
  #high = -1;
  #last = -1;
  #broken = -1;
  readonly #kept: Indices;
  readonly #y: Float64Array;

  constructor(kept: Indices, y: Float64Array) {
    this.#kept = kept;
    this.#y = y;
  }

  add(column: number, i: number): void {
    if (column !== this.#column) {
      this.flush();
      this.#column = column;
    }
    const y = this.#y[i]!;
    if (!Number.isFinite(y)) {
      if (this.#broken < 0) this.#broken = i;
      return;
    }
    if (this.#first < 0) {
      this.#first = this.#low = this.#high = i;
    } else {
      if (y < this.#y[this.#low]!) this.#low = i;
      if (y > this.#y[this.#high]!) this.#high = i;
    }
    this.#last = i;
  }

  flush(): void {
    const points = [this.#first, this.#low, this.#high, this.#last, this.#broken];
    if (points.some((i) => i >= 0)) {
      points.sort((a, b) => a - b);
      for (const [n, i] of points.entries()) if (i >= 0 && i !== points[n - 1]) this.#kept.push(i);
    }
    this.#column = NaN;
    this.#first = this.#low = this.#high = this.#last = this.#broken = -1;
  }
}

/** A list of indices that grows. */
class Indices {
  #data = new Uint32Array(256);
  #length = 0;

  push(i: number): void {
    if (this.#length === this.#data.length) {
      const grown = new Uint32Array(2 * this.#length);
      grown.set(this.#data);
      this.#data = grown;
    }
    this.#data[this.#length++] = i;
  }

  done(): Uint32Array {
    return this.#data.slice(0, this.#length);
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
