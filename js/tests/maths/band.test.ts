import { describe, expect, it } from "vitest";
import vectors from "../../../tests/vectors/band.json";
import { bandOf, type Centre, type Spread } from "../../src/maths/band";

const numbers = (list: readonly (number | string)[]) => Float64Array.from(list, (value) => Number(text(value)));
const text = (value: number | string) => (value === "inf" ? "Infinity" : value === "-inf" ? "-Infinity" : value);

describe("bands", () => {
  it.each(vectors.cases)("agree with Python: $name", (given) => {
    const members = given.members.map(({ x, y }) => ({ x: numbers(x), y: numbers(y) }));
    const got = bandOf(members, given.centre_of as Centre, given.spread as Spread);
    for (const name of ["x", "centre", "low", "high"] as const) {
      const want = numbers(given[name]);
      expect(got[name].length).toBe(want.length);
      for (const [i, value] of want.entries()) {
        if (Number.isNaN(value)) expect(got[name][i]).toBeNaN();
        else expect(Math.abs(got[name][i]! - value)).toBeLessThanOrEqual(vectors.tolerance * Math.max(1, Math.abs(value)));
      }
    }
  });

  it("take no copy of steps that all members have", () => {
    const x = Float64Array.of(0, 1, 2);
    const members = [1, 2, 3].map((y) => ({ x, y: Float64Array.of(y, y, y) }));
    expect(bandOf(members, "mean", "std").x).toBe(x);
  });
});
