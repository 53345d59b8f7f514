import { describe, expect, it } from "vitest";
import vectors from "../../../tests/vectors/polyline.json";
import { compared } from "../../src/maths/against";
import { ascending, valuesAt } from "../../src/maths/polyline";

const numbers = (list: readonly (number | string)[]) => Float64Array.from(list, (value) => Number(String(value).replace("inf", "Infinity")));

function expectClose(got: Float64Array, want: Float64Array): void {
  expect(got.length).toBe(want.length);
  for (const [i, value] of want.entries()) {
    if (Number.isFinite(value)) expect(Math.abs(got[i]! - value)).toBeLessThanOrEqual(vectors.tolerance * Math.max(1, Math.abs(value)));
    else expect(got[i]).toBe(value);
  }
}

describe("values between points", () => {
  it.each(vectors.cases)("agree with Python: $name", (given) => {
    const places = numbers(given.places);
    const got = valuesAt(places, ascending({ x: numbers(given.x), y: numbers(given.y) }));
    expectClose(got, numbers(given.values));
    for (const how of ["difference", "ratio"] as const) expectClose(compared(places, got, how), numbers(given[how]));
  });

  it("are found quickly where the places do not ascend", () => {
    const x = Float64Array.from({ length: 200_000 }, (_, i) => i);
    const got = valuesAt(x.slice().reverse(), { x, y: x });
    expect([got[0], got.at(-1)]).toEqual([199_999, 0]);
  });
});
