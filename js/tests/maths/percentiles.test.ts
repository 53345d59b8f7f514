import { describe, expect, it } from "vitest";
import vectors from "../../../tests/vectors/distribution-bands.json";
import { binsOf } from "../../src/maths/bins";
import { BASIS_POINTS, bandsOf, innerOf } from "../../src/maths/percentiles";
import { chance } from "./chance";

const bins = (left: number[], right: number[], count: number[], told?: { min: number; max: number }) =>
  binsOf({ left: Float64Array.from(left), right: Float64Array.from(right), count: Float64Array.from(count) }, told)!;

describe("bands of a distribution", () => {
  it.each(vectors.cases)("are those of TensorBoard: $name", ({ left, right, count, bands, min = NaN, max = NaN }) => {
    const got = bandsOf(bins(left, right, count, { min, max }));
    for (const [i, want] of bands.entries()) {
      expect(Math.abs(got[i]! - want)).toBeLessThanOrEqual(vectors.tolerance * Math.max(1, Math.abs(want)));
    }
  });

  it("lie where the weighted values that the bins stand for have them", () => {
    const random = chance(3);
    const edges = Array.from({ length: 41 }, (_, i) => (i / 40) ** 2);
    const count = edges.slice(1).map(() => 20 + Math.floor(50 * random()));
    // A bin's values, spread evenly within it, each with its weight of one.
    const values = count.flatMap((many, i) =>
      Array.from({ length: many }, (_, k) => edges[i]! + ((k + 0.5) / many) * (edges[i + 1]! - edges[i]!)),
    );
    const got = bandsOf(bins(edges.slice(0, -1), edges.slice(1), count));
    for (const [i, point] of BASIS_POINTS.entries()) {
      const at = Math.min(values.length - 1, Math.max(0, (point / 10_000) * values.length - 0.5));
      const low = values[Math.floor(at)]!;
      const want = low + (at % 1) * (values[Math.ceil(at)]! - low);
      // The widest bin has twenty values in a twentieth of the range.
      expect(Math.abs(got[i]! - want)).toBeLessThan(0.05 / 20);
    }
  });

  it("leave half a per cent at either end to the rare values", () => {
    const [low, high] = innerOf(bins([-1000, 0, 100], [-999, 100, 5000], [1, 1000, 1]));
    expect(low).toBeCloseTo((0.005 * 1002 - 1) / 10, 9);
    expect(high).toBeCloseTo(100 - (0.005 * 1002 - 1) / 10, 9);
  });

  it("never fall, and stay between the ends", () => {
    const random = chance(5);
    for (let round = 0; round < 200; round++) {
      const edges = Array.from({ length: 9 }, () => 10 * random()).sort((a, b) => a - b);
      const count = edges.slice(1).map(() => Math.max(0, Math.floor(6 * random()) - 2));
      count[3] = 1;
      const one = bins(edges.slice(0, -1), edges.slice(1), count);
      const got = [...bandsOf(one)];
      expect(got).toEqual(got.toSorted((a, b) => a - b));
      expect(got[0]).toBe(one.left[0]);
      expect(got[8]).toBe(one.right.at(-1));
    }
  });
});
