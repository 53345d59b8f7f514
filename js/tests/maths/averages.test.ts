import { describe, expect, it } from "vitest";
import { Averages } from "../../src/maths/averages";
import { BLOCK, Extremes } from "../../src/maths/levels";
import { smooth } from "../../src/maths/smooth";
import { column, dice, differenceIn, extremes } from "./plain";

const all = (averages: Averages) => Float64Array.from({ length: averages.length }, (_, i) => averages.at(i));

describe.each(["noise", "gaps", "holes"] as const)("the average of %s", (kind) => {
  const roll = dice(3);
  const y = column(kind, 5000, roll);

  it.each([0.2, 0.9, 0.999])("is that of the whole series wherever one looks, weight %d", (weight) => {
    const averages = new Averages(extremes(y), weight);
    averages.advance();
    expect(differenceIn(all(averages), smooth(y, weight))).toBe(-1);
    const block = 17;
    const loaded = averages.data.slice(0, averages.load(block) === block * BLOCK ? BLOCK : 0);
    expect(loaded).toEqual(smooth(y, weight).subarray(block * BLOCK, (block + 1) * BLOCK));
  });

  it("goes on where it was when points are appended", () => {
    const raw = new Extremes();
    const averages = new Averages(raw, 0.97);
    for (let length = 0; length < y.length; ) {
      length = Math.min(y.length, length + Math.floor(roll() * 900));
      raw.take(y.subarray(0, length));
      raw.advance();
      averages.advance(Math.floor(roll() * 9));
      if (roll() < 0.5) averages.advance();
      if (averages.left === 0) expect(differenceIn(all(averages), smooth(y, 0.97).subarray(0, length))).toBe(-1);
    }
  });

  it("tells the exact value of a point that it has not come to", () => {
    const averages = new Averages(extremes(y), 0.97);
    averages.advance(3);
    averages.guess();
    const whole = smooth(y, 0.97);
    for (const i of [0, 5 * BLOCK, 3000, 4999]) {
      if (Number.isFinite(whole[i])) expect(averages.exactAt(i)).toBeCloseTo(whole[i]!, 12);
      else expect(averages.exactAt(i)).toBe(whole[i]);
    }
  });
});

describe("a sketch", () => {
  it.each([0.5, 0.95, 0.999])("of a noisy line comes near it before the average has passed a point, weight %d", (weight) => {
    const roll = dice(8);
    const y = Float64Array.from({ length: 40_000 }, (_, i) => Math.cos(i / 9000) + roll() - 0.5);
    const averages = new Averages(extremes(y), weight);
    averages.guess();
    const whole = smooth(y, weight);
    const apart = all(averages).map((value, i) => Math.abs(value - whole[i]!));
    // The noise is 1 wide; at a block's start the guess has still its mean for its last values.
    expect(apart.reduce((sum, value) => sum + value) / y.length).toBeLessThan(0.02);
    averages.advance();
    expect(differenceIn(all(averages), whole)).toBe(-1);
  });
});
