import { describe, expect, it } from "vitest";
import { binsOf, type Bins } from "../../src/maths/bins";
import { heightAt, heightsOf, outlineOf, shareOf, TALLEST } from "../../src/maths/outline";
import { chance } from "./chance";

const AXIS = { from: 0, to: 10, log: false };

const bins = (...rows: [left: number, right: number, count: number][]): Bins =>
  binsOf({
    left: Float64Array.from(rows, ([left]) => left),
    right: Float64Array.from(rows, ([, right]) => right),
    count: Float64Array.from(rows, ([, , count]) => count),
  })!;

const WIDE = bins([0, 1, 2], [1, 5, 2], [6, 10, 4]);

describe("the outline of a histogram", () => {
  it("has a stair for each bin, and nothing where nothing is", () => {
    const { from, to, height, spike } = outlineOf(WIDE, AXIS, 40, 100, "count");
    expect([[...from], [...to]]).toEqual([[40, 50, 100], [50, 90, 140]]);
    expect([[...height], [...spike]]).toEqual([[2, 2, 4], [0, 0, 0]]);
  });

  it("is as high as a bin is dense, whatever its width: its area is the share of the values", () => {
    const { from, to, height } = outlineOf(WIDE, AXIS, 40, 100, "density");
    expect([...height]).toEqual([0.25, 0.0625, 0.125]);
    const area = [...height].reduce((sum, one, i) => sum + (one * (to[i]! - from[i]!) * 10) / 100, 0);
    expect(area).toBeCloseTo(1, 12);
  });

  it("joins bins narrower than a stair can be, with nothing lost", () => {
    const random = chance(1);
    const rows = Array.from({ length: 5000 }, (_, i) => [i / 500, (i + 1) / 500, 1 + Math.floor(4 * random())] as [number, number, number]);
    const many = bins(...rows);
    const { from, to, height } = outlineOf(many, AXIS, 0, 100, "density");
    expect(height.length).toBeLessThanOrEqual(50);
    const area = [...height].reduce((sum, one, i) => sum + (one * (to[i]! - from[i]!)) / 10, 0);
    expect(area).toBeCloseTo(1, 2);
    expect(Math.max(...outlineOf(many, AXIS, 0, 100, "count").height)).toBe(4);
  });

  it("has no cracks where fine bins happen to be empty", () => {
    const { from, to } = outlineOf(bins([0, 4, 9], [4, 4.1, 0], [4.1, 8, 9], [8.5, 10, 9]), AXIS, 0, 100, "density");
    expect([[...from], [...to]]).toEqual([[0, 40.5, 85], [40.5, 80, 100]]);
  });

  it("shows values that are all equal as a slim spike", () => {
    const one = outlineOf(bins([3, 3, 50]), AXIS, 0, 100, "density");
    expect([[...one.from], [...one.to], [...one.spike]]).toEqual([[29], [31], [1]]);
    const heights = heightsOf([one], "density", false);
    expect(shareOf(one.height[0]!, heights)).toBe(1);
  });

  it("is not flattened by a spike, which is cut off a little above the rest", () => {
    const spiky = outlineOf(bins([0, 3, 30], [3, 3, 500], [3, 6, 60]), AXIS, 0, 100, "density");
    const heights = heightsOf([spiky], "density", false);
    expect([...spiky.height].map((one) => shareOf(one, heights))).toEqual([0.5, TALLEST, 1]);
    const counted = outlineOf(bins([0, 3, 30], [3, 3, 500], [3, 6, 60]), AXIS, 0, 100, "count");
    expect([...counted.height].map((one) => shareOf(one, heightsOf([counted], "count", false)))).toEqual([0.06, 1, 0.12]);
  });

  it("takes a narrow heap of values for no spike where many bins share it", () => {
    // A hundredth of the axis, in bins that grow by a tenth from nothing.
    const rows: [number, number, number][] = [];
    for (let left = 1e-9; left < 0.1; left *= 1.1) rows.push([left, left * 1.1, 1e6 * left]);
    const heap = outlineOf(bins(...rows, [9, 10, 1]), AXIS, 0, 300, "density");
    expect(heap.height.length).toBeGreaterThan(2);
    expect(Math.max(...heap.spike)).toBe(0);
    expect(shareOf(heap.height[0]!, heightsOf([heap], "density", false))).toBeCloseTo(1, 9);
    const zeros = outlineOf(bins([0, 1e-12, 1e6], ...rows, [9, 10, 1]), AXIS, 0, 300, "density");
    expect(zeros.spike[0]).toBe(1);
  });

  it("shows on a logarithmic scale what is a thousand times lower, above the ground", () => {
    const one = outlineOf(bins([0, 1, 1], [1, 2, 1000]), AXIS, 0, 100, "count");
    const heights = heightsOf([one], "count", true);
    const shares = [...one.height].map((height) => shareOf(height, heights));
    expect(shares[0]).toBeCloseTo(0.5 / 3.5, 12);
    expect(shares[1]).toBe(1);
    expect(heightAt(shares[0]!, heights)).toBeCloseTo(1, 9);
    expect(shareOf(0, heights)).toBe(0);
  });

  it("of nothing has heights to be drawn against", () => {
    expect(heightsOf([], "density", true)).toEqual({ peak: 1, least: 1, log: true });
  });
});
