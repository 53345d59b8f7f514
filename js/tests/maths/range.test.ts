import { describe, expect, it } from "vitest";
import { fitX, fitY, type FitLine } from "../../src/maths/range";
import { column, dice, extremes, KINDS, spans, STEPS, steps } from "./plain";

const line = (y: number[]) => ({ x: spans(Float64Array.from(y, (_, i) => i)), shift: 0, y: extremes(Float64Array.from(y)) });
const fit = (y: number[], { log = false, outliers = true } = {}) => fitY([line(y)], [0, y.length - 1], { log, outliers });

describe("the fitted x range of a logarithmic axis", () => {
  const over = (...x: number[]) => fitX([{ ...line(x), x: spans(Float64Array.from(x)) }], [], true);

  it("begins at the first step above 0, also where a whole block of steps begins below", () => {
    expect(over(-5, 0, 2, 40)).toEqual([2, 40]);
    expect(over(...Array.from({ length: 5000 }, (_, i) => i))).toEqual([1, 4999]);
  });

  it("has a place for one step, and for none", () => {
    expect(over(8)).toEqual([4, 16]);
    expect(over(0)).toEqual([1, 10]);
  });
});

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
    const lines = [line([1, 2, 3]), { x: spans(Float64Array.of(100, 105)), shift: 100, y: extremes(Float64Array.of(0, 0)) }];
    expect(fitX(lines)).toEqual([0, 5]);
    expect(fitX(lines, [-2, 9])).toEqual([-2, 9]);
  });

  it("is never empty", () => {
    expect(fitX([])).toEqual([0, 1]);
    expect(fitX([line([4])])).toEqual([-0.5, 0.5]);
  });
});

describe("of many points", () => {
  const cases = KINDS.flatMap((kind) => STEPS.map((order) => [kind, order] as const));

  it.each(cases)("with %s over %s steps both ranges are those of a look at each", (kind, order) => {
    const roll = dice(KINDS.indexOf(kind) * 10 + STEPS.indexOf(order));
    const count = 3000 + Math.floor(roll() * 3000);
    const [x, y] = [steps(order, count, roll), column(kind, count, roll)];
    // A spike at the start, and one that is an outlier.
    y[1] = 500;
    y[Math.floor(count / 2)] = -1e6;
    const summed: FitLine = { x: spans(x), shift: 2, y: extremes(y) };
    // Nothing is summed up: every point is read.
    const read: FitLine = { x: spans(new Float64Array(0)), shift: 2, y: extremes(new Float64Array(0)) };
    read.x.take(x);
    read.y.take(y);
    const range = fitX([read]);
    const known = x.filter((value) => !Number.isNaN(value));
    const reach = (sign: 1 | -1) => sign * known.reduce((high, value) => Math.max(high, sign * value), -Infinity) - 2;
    expect(range).toEqual([reach(-1), reach(1)]);
    expect(fitX([summed])).toEqual(range);
    for (const log of [false, true]) {
      for (const outliers of [false, true]) expect(fitY([summed], range, { log, outliers })).toEqual(fitY([read], range, { log, outliers }));
    }
    const finite = y.filter((value) => Number.isFinite(value));
    const [low, high] = fitY([summed], range, { log: false, outliers: false });
    expect(low).toBeLessThanOrEqual(finite.reduce((a, b) => Math.min(a, b)));
    expect(high).toBeGreaterThanOrEqual(finite.reduce((a, b) => Math.max(a, b)));
  });
});
