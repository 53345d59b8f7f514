/** TensorBoard's smoothing. */

/**
 * A debiased exponential moving average on its way over a series.
 *
 * For each finite y: `last = last·w + (1 − w)·y`, `n += 1`, `out = last / (1 − wⁿ)`. Non-finite values pass through
 * and leave the average as it is; a series whose values are all the same is left untouched.
 */
export interface Average {
  last: number;
  /** wⁿ, kept by multiplication; 0 once it is `NOTHING`. */
  power: number;
}

export const START: Readonly<Average> = { last: 0, power: 1 };

/** 1 less this is 1. */
export const NOTHING = 1e-17;

/**
 * Go on with an average over the points `from` to before `to`.
 *
 * @param out gets the smoothed values, from its start on
 * @returns where the average stands then
 */
export function average(
  values: Float64Array,
  from: number,
  to: number,
  weight: number,
  { last, power }: Readonly<Average>,
  out: Float64Array,
): Average {
  const rest = 1 - weight;
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      out[i - from] = value;
      continue;
    }
    last = last * weight + rest * value;
    if (power > 0) {
      power *= weight;
      if (power < NOTHING) power = 0;
      out[i - from] = last / (1 - power);
    } else {
      out[i - from] = last;
    }
  }
  return { last, power };
}

/** Smooth a whole series at once. */
export function smooth(values: Float64Array, weight: number): Float64Array {
  checkWeight(weight);
  if (weight === 0 || alike(values, 0) === values.length) return values;
  const out = new Float64Array(values.length);
  average(values, 0, values.length, weight, START, out);
  return out;
}

export function checkWeight(weight: number): void {
  if (!(weight >= 0 && weight < 1)) throw new Error(`a smoothing of ${weight}; it lies between 0 and 0.999`);
}

/** How many values from the first on are the same, of which `known` are known to be. */
export function alike(values: Float64Array, known: number): number {
  let count = known;
  while (count < values.length && values[count] === values[0]) count += 1;
  return count;
}

const PIECE = 128;
const scratch = new Float64Array(PIECE);

/** One value of a series smoothed, from the points before it that still tell: what is left out weighs `NOTHING`. */
export function smoothedAt(values: Float64Array, index: number, weight: number): number {
  const enough = Math.log(NOTHING) / Math.log(weight);
  let start = index;
  for (let finite = 1; start > 0 && finite < enough; start--) if (Number.isFinite(values[start - 1])) finite += 1;
  let state = START;
  let from = start;
  for (; from + PIECE <= index; from += PIECE) state = average(values, from, from + PIECE, weight, state, scratch);
  average(values, from, index + 1, weight, state, scratch);
  return scratch[index - from]!;
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
