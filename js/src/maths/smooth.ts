/** TensorBoard's smoothing. */

/**
 * Debiased exponential moving average of a growing series.
 *
 * For each finite y: `last = last·w + (1 − w)·y`, `n += 1`, `out = last / (1 − wⁿ)`. Non-finite values pass through
 * and leave the average as it is; a series whose values are all the same is left untouched.
 */
export class Smoother {
  readonly weight: number;
  #out = new Float64Array(0);
  #length = 0;
  #last = 0;
  /** wⁿ, kept by multiplication. */
  #power = 1;
  #constant = true;

  /** @param weight from 0 (no smoothing) to below 1 */
  constructor(weight: number) {
    if (!(weight >= 0 && weight < 1)) throw new Error(`a smoothing of ${weight}; it lies between 0 and 0.999`);
    this.weight = weight;
  }

  /**
   * Smooth a series of which all but the end was smoothed before.
   *
   * @param values the whole series: what an earlier call saw, and more
   * @returns as many values; a view that a later call may leave behind
   */
  extend(values: Float64Array): Float64Array {
    if (this.weight === 0) return values;
    if (this.#constant) {
      for (let i = this.#length; i < values.length && this.#constant; i++) this.#constant = values[i] === values[0];
      if (this.#constant) return values;
      this.#length = 0;
    }
    this.#reserve(values.length);
    this.#average(values);
    return this.#out.subarray(0, values.length);
  }

  #average(values: Float64Array): void {
    const { weight } = this;
    const out = this.#out;
    let last = this.#last;
    let power = this.#power;
    for (let i = this.#length; i < values.length; i++) {
      const value = values[i]!;
      if (Number.isFinite(value)) {
        last = last * weight + (1 - weight) * value;
        power *= weight;
        out[i] = last / (1 - power);
      } else {
        out[i] = value;
      }
    }
    this.#length = values.length;
    this.#last = last;
    this.#power = power;
  }

  #reserve(length: number): void {
    if (length <= this.#out.length) return;
    const grown = new Float64Array(Math.max(length, 2 * this.#out.length));
    grown.set(this.#out);
    this.#out = grown;
  }
}

/** Smooth a whole series at once. */
export function smooth(values: Float64Array, weight: number): Float64Array {
  return new Smoother(weight).extend(values);
}

const TOP = 1000;

/** Where a weight stands on the slider, 0 to 1: equal ways look like equal steps of smoothing. */
export function sliderPosition(weight: number): number {
  return Math.log(1 / (1 - weight)) / Math.log(TOP);
}

/** The weight at a slider's position, in steps that one can read. */
export function weightAt(position: number): number {
  const weight = 1 - TOP ** -position;
  const digits = weight < 0.95 ? 2 : 3;
  return Math.min(0.999, Number(weight.toFixed(digits)));
}
