import { describe, expect, it } from "vitest";
import { rampColor } from "../../src/hparams/ramp";
import { filterOf, marksOf, placeOf, scaleOf, spansOf } from "../../src/hparams/scale";

describe("the axis of numbers", () => {
  it("tells ratios where they differ much, unless a person says otherwise", () => {
    const cells = [1e-4, 1e-3, 1e-2];
    expect(cells.map((cell) => placeOf(scaleOf(cells, "number", null), cell)).map((place) => Math.round(100 * place))).toEqual([0, 50, 100]);
    expect(placeOf(scaleOf(cells, "number", false), 1e-3)).toBeLessThan(0.1);
  });

  it.each([
    [[1e-4, 3e-4, 1e-3], true],
    [[1e-4, 1e-4, 3e-4, null, 1e-3, Infinity], true],
    [[1e-2, 1e-4, 1e-3], true],
    [[16, 32, 64, 128, 256], true],
    [[0.1, 5], true],
    [[0.1, 1], false], // two: nothing tells how they were chosen
    [[10, 50, 100], false],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], false],
    [[32, 64, 128], false], // they differ by a factor of four
    [[0, 1e-4, 1e-3, 1e-2], false], // zero has no logarithm
    [[-1, 1, 100], false],
    [Array.from({ length: 50 }, (_, i) => 0.01 + i / 50), false], // evenly from 0.01 to 1
    [Array.from({ length: 50 }, (_, i) => 10 ** (-5 + i / 10)), true],
  ])("tells %j by their ratios: %j", (cells, log) => {
    expect(scaleOf(cells, "number", null)).toMatchObject({ axis: { log } });
  });

  it("has no place for what is no number, or has no logarithm", () => {
    const scale = scaleOf([0, 1, 100, null, NaN, Infinity], "number", true);
    expect([0, -1, null, undefined, NaN, Infinity, "1"].map((cell) => placeOf(scale, cell))).toEqual(new Array(7).fill(NaN));
    expect([1, 100].map((cell) => placeOf(scale, cell))).toEqual([0, 1]);
  });

  it("shows a single value in its middle", () => {
    for (const value of [3, 0, -2]) expect(placeOf(scaleOf([value], "number", null), value)).toBe(0.5);
    expect(placeOf(scaleOf([8, 8], "number", true), 8)).toBeCloseTo(0.5);
  });

  it("names few values themselves, and of many some round ones", () => {
    const sizes = [32, 64, 128, 256];
    const labels = (cells: number[]) => marksOf(scaleOf(cells, "number", true), cells, 8).map(({ label }) => label);
    expect(labels(sizes)).toEqual(["32", "64", "128", "256"]);
    expect(labels([1, 1.01, 10])).toEqual(["1", "10"]);
    expect(labels(Array.from({ length: 90 }, (_, i) => i + 1))).toContain("10");
  });

  it("makes of a brush a range, open where the brush ends with the axis, and back", () => {
    const scale = scaleOf([0, 10], "number", null);
    expect(filterOf(scale, [0, 0.5])).toEqual({ kind: "range", from: null, to: 5 });
    expect(spansOf(scale, { kind: "range", from: 2, to: 5 })).toEqual([[0.2, 0.5]]);
    expect(spansOf(scale, { kind: "range", from: 20, to: 30 })).toEqual([]);
  });
});

describe("the axis of values that are no numbers", () => {
  const scale = scaleOf(["b", "a", true, null, undefined], "choice", null);

  it("gives each its place in order", () => {
    expect(["a", "b", true, null, undefined].map((cell) => placeOf(scale, cell))).toEqual([0.125, 0.375, 0.625, 0.875, NaN]);
    expect(marksOf(scale, [], 9).map(({ label }) => label)).toEqual(["a", "b", "true", "None"]);
    expect(marksOf(scale, [], 2)).toHaveLength(2);
  });

  it("makes of a brush a choice, whose neighbours are one span", () => {
    const filter = filterOf(scale, [0.1, 0.4]);
    expect(filter).toEqual({ kind: "choice", only: ['"a"', '"b"'] });
    expect(spansOf(scale, filter)).toEqual([[0, 0.5]]);
    expect(spansOf(scale, { kind: "choice", only: ['"a"', "null"] })).toEqual([[0, 0.25], [0.75, 1]]);
  });
});

describe("the ramp", () => {
  it("stays within its ends", () => {
    expect(rampColor("light", -1)).toBe(rampColor("light", 0));
    expect(rampColor("dark", 2)).toBe(rampColor("dark", 1));
    expect(rampColor("light", 0)).not.toBe(rampColor("light", 1));
  });
});
