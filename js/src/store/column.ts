/** A float64 column that grows at its end. */
export class Column {
  #data: Float64Array;
  #length: number;

  constructor(data: Float64Array = new Float64Array(0)) {
    this.#data = data;
    this.#length = data.length;
  }

  get length(): number {
    return this.#length;
  }

  /** The numbers so far; a view that later appends may leave behind, so take it anew for each use. */
  get values(): Float64Array {
    return this.#data.subarray(0, this.#length);
  }

  append(more: Float64Array): void {
    const length = this.#length + more.length;
    if (length > this.#data.length) {
      const grown = new Float64Array(Math.max(length, 2 * this.#data.length, 64));
      grown.set(this.values);
      this.#data = grown;
    }
    this.#data.set(more, this.#length);
    this.#length = length;
  }
}
