import { describe, expect, it } from "vitest";
import { nearest, thinToPixels } from "../../src/maths/thin";

const ramp = (n: number) => Float64Array.from({ length: n }, (_, i) => i);

describe("thinning to pixels", () => {
  it("keeps a single spike of one point in a million", () => {
    const n = 1_000_000;
    const y = new Float64Array(n);
    y[654_321] = 9;
    const keep = thinToPixels(ramp(n), 0, y, { from: 0, to: n - 1, log: false }, 250);
    expect(keep.length).toBeLessThan(1500);
    expect([...keep]).toContain(654_321);
  });

  it("keeps all of a series that has fewer points than pixels, in order", () => {
    const keep = thinToPixels(ramp(50), 0, ramp(50), { from: 0, to: 49, log: false }, 250);
    expect([...keep]).toEqual([...ramp(50)]);
  });

  it("keeps one point beyond each side, so that a zoomed line reaches the edges", () => {
    const keep = thinToPixels(ramp(100), 0, ramp(100), { from: 40.5, to: 43.5, log: false }, 100);
    expect([...keep]).toEqual([40, 41, 42, 43, 44]);
  });

  it("keeps a line whose points all lie beyond the two sides", () => {
    const keep = thinToPixels(Float64Array.of(0, 100), 0, Float64Array.of(1, 2), { from: 40, to: 60, log: false }, 100);
    expect([...keep]).toEqual([0, 1]);
  });

  it("keeps the place of a value that is no number, so that the line breaks there", () => {
    const y = Float64Array.of(1, 2, NaN, 3, 4);
    expect([...thinToPixels(ramp(5), 0, y, { from: 0, to: 4, log: false }, 1)]).toContain(2);
  });

  it("subtracts the shift from x", () => {
    const x = Float64Array.of(1000, 1001, 1002);
    expect(thinToPixels(x, 1000, ramp(3), { from: 0, to: 2, log: false }, 100)).toHaveLength(3);
  });
});

describe("the nearest point", () => {
  it.each([
    [-5, 0],
    [0.4, 0],
    [0.6, 1],
    [5.1, 5],
    [99, 9],
  ])("to x = %d is number %i", (x, index) => {
    expect(nearest(ramp(10), x)).toBe(index);
  });

  it("of an empty series is none", () => {
    expect(nearest(new Float64Array(0), 1)).toBe(-1);
  });
});
