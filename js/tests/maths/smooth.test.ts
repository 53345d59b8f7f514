import { describe, expect, it } from "vitest";
import vectors from "../../../tests/vectors/smoothing.json";
import { sliderPosition, smooth, Smoother, weightAt } from "../../src/maths/smooth";

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

  it.each([1, 2, 7, 50])("of a series that grows by %i equals that of the whole", (size) => {
    const noise = vectors.cases.find(({ name }) => name === "noise, weight 0.99")!;
    const values = numbers(noise.values);
    const smoother = new Smoother(noise.weight);
    let got = new Float64Array(0);
    for (let end = size; end < values.length + size; end += size) got = new Float64Array(smoother.extend(values.subarray(0, end)));
    expectClose(got, numbers(noise.smoothed));
  });

  it("starts anew when a series that was constant stops being so", () => {
    const smoother = new Smoother(0.6);
    const values = Float64Array.of(2, 2, 2, 2, 2, 7, 2);
    expect([...smoother.extend(values.subarray(0, 5))]).toEqual([2, 2, 2, 2, 2]);
    expectClose(smoother.extend(values), smooth(values, 0.6));
  });

  it.each([-0.1, 1, NaN])("refuses a weight of %d", (weight) => {
    expect(() => new Smoother(weight)).toThrow(/between 0 and 0.999/);
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
