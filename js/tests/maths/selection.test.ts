import { describe, expect, it } from "vitest";
import { movedEnds, statsOf } from "../../src/maths/selection";

const f = (...values: number[]) => Float64Array.from(values);

describe("a range of a curve", () => {
  const x = f(0, 10, 20, 30, 40);

  it("has the points at both of its ends", () => {
    const found = statsOf(x, 0, f(5, 1, 3, 2, 9), 10, 30);
    expect(found).toEqual({ first: 1, last: 2, change: 1, mean: 2, min: 1, max: 3, count: 3, leftOut: 0, start: 1, end: 4 });
  });

  it("counts from the curve's own start where x does", () => {
    expect(statsOf(f(100, 110, 120), 100, f(1, 2, 3), 5, 15)).toMatchObject({ first: 2, last: 2, count: 1 });
  });

  it("leaves out what is no finite number, and tells how many", () => {
    expect(statsOf(x, 0, f(NaN, 1, Infinity, 3, -Infinity), 0, 40)).toMatchObject({ first: 1, last: 3, mean: 2, count: 2, leftOut: 3 });
  });

  it("without a point, or with none that is finite, is none", () => {
    expect(statsOf(x, 0, f(1, 2, 3, 4, 5), 11, 19)).toBeNull();
    expect(statsOf(x, 0, f(NaN, NaN, 3, 4, 5), 0, 10)).toBeNull();
    expect(statsOf(f(), 0, f(), 0, 10)).toBeNull();
  });

  it("has a mean also where the sum would be too large for a number", () => {
    expect(statsOf(x, 0, f(1.5e308, 1.5e308, 1.5e308, 1.5e308, 1.5e308), 0, 40)?.mean).toBeCloseTo(1.5e308, -300);
  });

  it("of points that share an x has all of them", () => {
    expect(statsOf(f(0, 5, 5, 5, 6), 0, f(0, 1, 2, 3, 4), 5, 5)).toMatchObject({ first: 1, last: 3, count: 3 });
  });
});

describe("the ends of a range", () => {
  it("change places when one is moved across the other", () => {
    expect(movedEnds([10, 20], 0, 15)).toEqual([15, 20]);
    expect(movedEnds([10, 20], 0, 25)).toEqual([20, 25]);
    expect(movedEnds([10, 20], 1, 5)).toEqual([5, 10]);
    expect(movedEnds([10, 20], 1, 10)).toEqual([10, 10]);
  });
});
