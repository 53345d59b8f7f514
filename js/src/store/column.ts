/** A float64 column that grows at its end, and in which a few numbers give way to many. */
export class Column {
  #data: Float64Array;
  #start = 0;
  #length: number;

  constructor(data: Float64Array = new Float64Array(0)) {
    this.#data = data;
    this.#length = data.length;
  }

  get length(): number {
    return this.#length;
  }

  /** The numbers so far; a view that later changes may leave behind, so take it anew for each use. */
  get values(): Float64Array {
    return this.#data.subarray(this.#start, this.#start + this.#length);
  }

  append(more: Float64Array): void {
    const end = this.#start + this.#length;
    if (end + more.length > this.#data.length) this.#move(0, Math.max(more.length, this.#length, 64));
    this.#data.set(more, this.#start + this.#length);
    this.#length += more.length;
  }

  /** Put numbers in the place of some; see `open`. */
  splice(at: number, count: number, inserted: Float64Array, coming: number): void {
    this.open(at, count, inserted.length, coming).set(inserted);
  }

  /**
   * Make room for numbers in the place of some.
   *
   * What stands before them moves to the front, or what stands behind them to the end, whichever is less; the whole is
   * copied only where there is no room, and then there is room for what is still to come.
   *
   * @param at index of the first that gives way
   * @param count how many do
   * @param length how many are to stand there
   * @param coming by how many numbers the column may grow before its end, with this call
   * @returns where they are to be written
   */
  open(at: number, count: number, length: number, coming: number): Float64Array {
    const more = length - count;
    const front = at <= this.#length - at - count;
    const room = front ? this.#start : this.#data.length - this.#start - this.#length;
    if (more > room) {
      const ahead = more + Math.max(coming - more, this.#length >> 2);
      this.#move(front ? ahead : this.#start, (front ? 0 : ahead) + Math.max(this.#length >> 3, 64));
    }
    const end = this.#start + this.#length;
    if (front) {
      this.#data.copyWithin(this.#start - more, this.#start, this.#start + at);
      this.#start -= more;
    } else {
      this.#data.copyWithin(this.#start + at + length, this.#start + at + count, end);
    }
    this.#length += more;
    return this.#data.subarray(this.#start + at, this.#start + at + length);
  }

  /** Take another memory, with room before and behind. */
  #move(before: number, behind: number): void {
    const moved = new Float64Array(before + this.#length + behind);
    moved.set(this.values, before);
    this.#data = moved;
    this.#start = before;
  }
}
