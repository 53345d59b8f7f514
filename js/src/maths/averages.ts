/** A smoothed column that is held nowhere: computed for a block where it is looked at. */
import { BLOCK, roomFor, type Extremes, type Gaps, type Values } from "./levels";
import { average, checkWeight, NOTHING, smoothedAt, type Average } from "./smooth";

/** A block of any column, for one at a time is drawn; and one for single points, which may be asked for meanwhile. */
const loaded = new Float64Array(BLOCK);
const aside = new Float64Array(BLOCK);

/**
 * The smoothed values of a column.
 *
 * Kept is where the average stands at the start of each block, and each block's extremes: from the former the block's
 * values follow exactly. Beyond the summed blocks the average is guessed from the means of the blocks, so that a line
 * can be sketched before all points have been passed.
 */
export class Averages implements Values {
  readonly weight: number;
  readonly data = loaded;
  lowest = new Float64Array();
  highest = new Float64Array();
  lowAt = new Uint8Array();
  highAt = new Uint8Array();
  readonly #raw: Extremes;
  /** `Average` at the start of each block and, behind the last full one, of the rest. */
  #last = new Float64Array(1);
  #power = Float64Array.of(1);
  #summed = 0;
  #guessed = 0;

  /** @param weight above 0 (no smoothing) and below 1 */
  constructor(raw: Extremes, weight: number) {
    checkWeight(weight);
    this.#raw = raw;
    this.weight = weight;
  }

  get length(): number {
    return this.#raw.length;
  }

  get summed(): number {
    return this.#summed;
  }

  get gaps(): Gaps {
    return this.#raw;
  }

  /** Full blocks that are not summed up yet. */
  get left(): number {
    return this.#raw.full - this.#summed;
  }

  /** Forget what comes behind these values: they alone are as they were. */
  keep(values: number): void {
    this.#summed = Math.min(this.#summed, Math.floor(values / BLOCK));
    this.#guessed = 0;
  }

  /** Sum up to `most` further blocks up, of those that the raw column has summed; returns whether all are. */
  advance(most = Infinity): boolean {
    const end = Math.min(this.#raw.summed, this.#summed + most);
    if (end > this.#summed) this.#reserve(this.#raw.full);
    for (let block = this.#summed; block < end; block++) {
      if (this.#raw.brokenAt[block]! < 0 && this.#power[block] === 0) this.#passSettled(block);
      else this.#pass(block);
    }
    this.#summed = end;
    return this.left === 0;
  }

  /** Guess what is not summed up yet. */
  guess(): void {
    const { mean, summed } = this.#raw;
    this.#reserveStands(this.#raw.full);
    const kept = this.weight ** BLOCK;
    let { last, power } = this.#stand(this.#summed);
    for (let block = this.#summed; block < summed; block++) {
      if (Number.isFinite(mean[block])) {
        last = last * kept + (1 - kept) * mean[block]!;
        power *= kept;
        if (power < NOTHING) power = 0;
      }
      this.#last[block + 1] = last;
      this.#power[block + 1] = power;
    }
    this.#guessed = summed;
  }

  /** The smoothed value of a point, guessed where `load` guesses. */
  at(index: number): number {
    return aside[index - this.#read(Math.floor(index / BLOCK), index + 1, aside)]!;
  }

  /** The smoothed value of a point. */
  exactAt(index: number): number {
    return Math.floor(index / BLOCK) <= this.#summed ? this.at(index) : smoothedAt(this.#raw.values, index, this.weight);
  }

  load(block: number): number {
    return this.#read(block, Math.min((block + 1) * BLOCK, this.length), loaded);
  }

  #read(block: number, end: number, out: Float64Array): number {
    const start = block * BLOCK;
    const known = Math.min(block, Math.max(this.#summed, this.#guessed));
    average(this.#raw.values, start, end, this.weight, this.#stand(known), out);
    return start;
  }

  /** Where the average stands at the start of a block. */
  #stand(block: number): Average {
    return { last: this.#last[block]!, power: this.#power[block]! };
  }

  #reserve(blocks: number): void {
    this.lowest = roomFor(this.lowest, blocks);
    this.highest = roomFor(this.highest, blocks);
    this.lowAt = roomFor(this.lowAt, blocks);
    this.highAt = roomFor(this.highAt, blocks);
    this.#reserveStands(blocks);
  }

  #reserveStands(blocks: number): void {
    this.#last = roomFor(this.#last, blocks + 1);
    this.#power = roomFor(this.#power, blocks + 1);
  }

  /** A block without gaps, so far from the start that the average needs no correction: nearly all are such. */
  #passSettled(block: number): void {
    const { weight } = this;
    const y = this.#raw.values;
    const rest = 1 - weight;
    const start = block * BLOCK;
    let last = this.#last[block]!;
    let lowest = Infinity;
    let highest = -Infinity;
    let lowAt = 0;
    let highAt = 0;
    for (let offset = 0; offset < BLOCK; offset++) {
      last = last * weight + rest * y[start + offset]!;
      if (last < lowest) {
        lowest = last;
        lowAt = offset;
      }
      if (last > highest) {
        highest = last;
        highAt = offset;
      }
    }
    this.#keep(block, lowest, highest, lowAt, highAt);
    this.#last[block + 1] = last;
    this.#power[block + 1] = 0;
  }

  #pass(block: number): void {
    const start = block * BLOCK;
    const { last, power } = average(this.#raw.values, start, start + BLOCK, this.weight, this.#stand(block), loaded);
    let [lowest, highest, lowAt, highAt] = [Infinity, -Infinity, 0, 0];
    for (const [offset, value] of loaded.entries()) {
      if (!Number.isFinite(value)) continue;
      if (value < lowest) [lowest, lowAt] = [value, offset];
      if (value > highest) [highest, highAt] = [value, offset];
    }
    this.#keep(block, lowest, highest, lowAt, highAt);
    this.#last[block + 1] = last;
    this.#power[block + 1] = power;
  }

  #keep(block: number, lowest: number, highest: number, lowAt: number, highAt: number): void {
    this.lowest[block] = lowest;
    this.highest[block] = highest;
    this.lowAt[block] = lowAt;
    this.highAt[block] = highAt;
  }
}
