import { expect, it } from "vitest";
import { placeOf, unionOf } from "../../src/media/steps";

it("steps of several series are there once, in order, and those that are not known are none", () => {
  expect(unionOf([[0, 10, 20], [0, 10, 20], [NaN, NaN, 5, 10], []].map((one) => Float64Array.from(one)))).toEqual([0, 5, 10, 20]);
});

it("a series shows what it had at a step", () => {
  const steps = [0, 10, 20, 45];
  expect([null, -5, 0, 9, 10, 44, 45, 1000].map((step) => placeOf(steps, step))).toEqual([3, 0, 0, 0, 1, 2, 3, 3]);
});

it("of several records of one step the last is shown", () => {
  expect(placeOf([1, 1, 1, 2], 1)).toBe(2);
});

it("steps that are not known are before all others", () => {
  const steps = [NaN, NaN, NaN, 30, 40];
  expect([null, 0, 30, 35, 40].map((step) => placeOf(steps, step))).toEqual([4, 3, 3, 3, 4]);
  expect([placeOf([NaN, NaN], null), placeOf([], 3)]).toEqual([-1, -1]);
});
