import { describe, expect, it } from "vitest";
import vectors from "../../../tests/vectors/smoothing.json";
import { Averages } from "../../src/maths/averages";
import { Extremes } from "../../src/maths/levels";
import { alike, sliderPosition, smooth, smoothedAt, weightAt } from "../../src/maths/smooth";
import { differenceIn } from "./plain";

const numbers = (list: readonly (number | string)[]) => Float64Array.from(list, Number);

function expectClose(got: Float64Array, want: Float64Array): void {
  expect(got.length).toBe(want.length);
  for (const [i, value] of want.entries()) {
    if (Number.isFinite(value)) expect(Math.abs(got[i]! - value)).toBeLessThanOrEqual(vectors.tolerance * Math.max(1, Math.abs(value)));
    else expect(got[i]).toBe(value);
  }
}

describe("smoothing", () => {
  it.each(vectors.cases)("agrees with Python: $name", ({ weight, values, smoothed }) => {
    expectClose(smooth(numbers(values), weight), numbers(smoothed));
  });

  it.each(vectors.cases.filter(({ weight }) => weight > 0))("of single points agrees with Python: $name", ({ weight, values, smoothed }) => {
    const column = numbers(values);
    if (alike(column, 0) === column.length) return;
    expectClose(Float64Array.from(column, (_, i) => smoothedAt(column, i, weight)), numbers(smoothed));
  });

  it.each([-0.1, 1, NaN])("refuses a weight of %d", (weight) => {
    expect(() => smooth(Float64Array.of(1, 2), weight)).toThrow(/between 0 and 0.999/);
    expect(() => new Averages(new Extremes(), weight)).toThrow(/between 0 and 0.999/);
  });

  it.each([0.6, 0.99, 0.999])("far from its start is the plain formula's, weight %d", (weight) => {
    const values = Float64Array.from({ length: 100_000 }, (_, i) => (i % 911 === 7 ? NaN : Math.sin(i / 40) + (i % 13)));
    let [last, power] = [0, 1];
    const plain = values.map((value) => {
      if (Number.isNaN(value)) return value;
      last = last * weight + (1 - weight) * value;
      power *= weight;
      return last / (1 - power);
    });
    expect(differenceIn(smooth(values, weight), plain)).toBe(-1);
    for (const i of [0, 8, 500, 39_999, 99_999]) expect(smoothedAt(values, i, weight)).toBeCloseTo(plain[i]!, 12);
  });

  it("leaves a series as it is as long as all its values are the same", () => {
    const values = Float64Array.of(2, 2, 2, 7, 2);
    expect([alike(values.subarray(0, 3), 0), alike(values.subarray(0, 3), 2), alike(values, 3), alike(new Float64Array(0), 0)]).toEqual([3, 3, 3, 0]);
    expect(smooth(values.subarray(0, 3), 0.6)).toEqual(values.subarray(0, 3));
    expect(alike(Float64Array.of(NaN, NaN), 0)).toBe(0);
  });
});

describe("the slider", () => {
  it("runs from no smoothing to 0.999", () => {
    expect([weightAt(0), weightAt(1)]).toEqual([0, 0.999]);
    expect(sliderPosition(0)).toBe(0);
    expect(sliderPosition(0.999)).toBeCloseTo(1);
  });

  it("gives 0.93 its place in the middle: equal ways are equal steps of smoothing", () => {
    expect(sliderPosition(0.93)).toBeCloseTo(0.385, 2);
    expect(weightAt(sliderPosition(0.93))).toBe(0.93);
  });
});
