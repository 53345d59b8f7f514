import { describe, expect, it } from "vitest";
import { binAt, binsOf, edgesOf, spanOf } from "../../src/maths/bins";

const bins = (...rows: [left: number, right: number, count: number][]) =>
  binsOf({
    left: Float64Array.from(rows, ([left]) => left),
    right: Float64Array.from(rows, ([, right]) => right),
    count: Float64Array.from(rows, ([, , count]) => count),
  });

describe("bins", () => {
  it("are those that were counted, without the empty ones at the ends", () => {
    const found = bins([-1, 0, 0], [0, 1, 2], [1, 3, 0], [3, 4, 5], [4, 9, 0])!;
    expect([[...found.left], [...found.right], [...found.count], found.total]).toEqual([[0, 1, 3], [1, 3, 4], [2, 0, 5], 7]);
  });

  it("are none where nothing was counted, or nothing makes sense", () => {
    expect(bins()).toBeNull();
    expect(bins([0, 1, 0], [1, 2, 0])).toBeNull();
    expect(bins([NaN, 1, 3], [1, 0, 3], [0, 1, NaN], [0, 1, Infinity], [0, 1, -2])).toBeNull();
    expect(bins([-Infinity, -1e308, 3], [1e301, Infinity, 3])).toBeNull();
  });

  it.each([Infinity, Number.MAX_VALUE])("that nothing bounds (±%d) lie at their other edge", (far) => {
    const found = bins([-far, -2, 3], [-2, 2, 4], [2, far, 1])!;
    expect([[...found.left], [...found.right]]).toEqual([[-2, -2, 2], [-2, 2, 2]]);
    expect([found.openLeft, found.openRight]).toEqual([true, true]);
    expect(edgesOf(found)).toEqual([-2, 2]);
    const all = bins([-far, far, 8])!;
    expect([[...all.left], [...all.right], all.total]).toEqual([[0], [0], 8]);
  });

  it("reach from the least value to the greatest where these are told and can be true", () => {
    const columns = { left: Float64Array.of(-Infinity, 0, 1), right: Float64Array.of(0, 1, 4), count: Float64Array.of(1, 2, 3) };
    const ends = (min: number, max: number) => {
      const { low, high, openLeft, left, right } = binsOf(columns, { min, max })!;
      return [low, high, openLeft, left[0], right[2]];
    };
    expect(ends(-7, 3)).toEqual([-7, 3, false, -7, 4]);
    expect(ends(0.5, 5)).toEqual([0, 4, true, 0, 4]);
    expect(ends(-1e308, 0.5)).toEqual([0, 4, true, 0, 4]);
    expect(ends(NaN, Infinity)).toEqual([0, 4, true, 0, 4]);
  });

  it("of one value span a range about it", () => {
    expect(spanOf([edgesOf(bins([0, 0, 5])!)])).toEqual([-0.5, 0.5]);
    expect(spanOf([edgesOf(bins([30, 30, 5])!)])).toEqual([27, 33]);
    expect(spanOf([edgesOf(bins([0, 1, 5])!), edgesOf(bins([-3, 7, 1], [0, 2, 1])!)])).toEqual([-3, 7]);
    expect(spanOf([])).toEqual([0, 1]);
  });

  it("are found by a value, or by one that is near enough to an edge", () => {
    const found = bins([0, 1, 2], [1, 1, 7], [2, 3, 1])!;
    expect([0, 0.99, 1, 2.5, 1.4, 3.4, 9].map((value) => binAt(found, value, 0.5))).toEqual([0, 0, 1, 2, 1, 2, -1]);
  });
});
