import { describe, expect, it } from "vitest";
import { fitX, fitY } from "../../src/maths/range";

const line = (y: number[]) => ({ x: Float64Array.from(y, (_, i) => i), shift: 0, y: Float64Array.from(y) });
const fit = (y: number[], { log = false, outliers = true } = {}) => fitY([line(y)], [0, y.length - 1], { log, outliers });

describe("the fitted y range", () => {
  const decay = Array.from({ length: 200 }, (_, i) => 0.5 + 20 * Math.exp(-i / 3));

  it("leaves out the spike of the first steps, and shows it where outliers are asked for", () => {
    expect(fit(decay)[1]).toBeLessThan(1.5);
    expect(fit(decay, { outliers: false })[1]).toBeGreaterThan(20);
  });

  it("leaves out a value a thousand times off, and keeps a peak that one looks for", () => {
    const noise = Array.from({ length: 400 }, (_, i) => 1 + 0.3 * Math.sin(i));
    expect(fit(noise.with(200, 1e4))[1]).toBeLessThan(2);
    expect(fit(noise.with(200, 2.5))[1]).toBeGreaterThan(2.5);
  });

  it("shows all of a short series", () => {
    expect(fit([9, 1, 1, 1, 1])[1]).toBeGreaterThan(9);
  });

  it("shows the rare values of a series that is nearly constant", () => {
    const rewards = Array.from({ length: 300 }, () => 0).with(150, 1);
    expect(fit(rewards)[1]).toBeGreaterThan(1);
  });

  it("stands on zero where the values come near it", () => {
    expect(fit([0.1, 0.5, 1])[0]).toBe(0);
    expect(fit([90, 95, 100])[0]).toBeGreaterThan(80);
  });

  it("has room around a constant, and around nothing", () => {
    expect(fit([3, 3])).toEqual([2.7, 3.3]);
    expect(fit([0, 0])).toEqual([-0.5, 0.5]);
    expect(fit([])).toEqual([0, 1]);
    expect(fit([NaN, Infinity])).toEqual([0, 1]);
  });

  it("looks at positive values only on a log axis", () => {
    const [low, high] = fit([-1, 0, 0.001, 10], { log: true });
    expect(low).toBeGreaterThan(0);
    expect(low).toBeLessThanOrEqual(0.001);
    expect(high).toBeGreaterThanOrEqual(10);
    expect(fit([-1, 0], { log: true })).toEqual([0.1, 10]);
  });
});

describe("the fitted x range", () => {
  it("is that of all lines, less their shift", () => {
    const lines = [line([1, 2, 3]), { x: Float64Array.of(100, 105), shift: 100, y: Float64Array.of(0, 0) }];
    expect(fitX(lines)).toEqual([0, 5]);
  });

  it("is never empty", () => {
    expect(fitX([])).toEqual([0, 1]);
    expect(fitX([line([4])])).toEqual([-0.5, 0.5]);
  });
});
