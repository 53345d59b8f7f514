import { describe, expect, it } from "vitest";
import { Averages } from "../../src/maths/averages";
import { Extremes, Spans } from "../../src/maths/levels";
import { smooth } from "../../src/maths/smooth";
import { nearest, thinToPixels } from "../../src/maths/thin";
import { column, dice, extremes, KINDS, plainThin, spans, STEPS, steps } from "./plain";

const ramp = (n: number) => Float64Array.from({ length: n }, (_, i) => i);
const thin = (x: Float64Array, shift: number, y: Float64Array, axis: [number, number], pixels: number) =>
  [...thinToPixels(spans(x), shift, extremes(y), { from: axis[0], to: axis[1], log: false }, pixels).indices];

describe("thinning to pixels", () => {
  it("keeps a single spike of one point in a million", () => {
    const n = 1_000_000;
    const y = new Float64Array(n);
    y[654_321] = 9;
    const keep = thin(ramp(n), 0, y, [0, n - 1], 250);
    expect(keep.length).toBeLessThan(1500);
    expect(keep).toContain(654_321);
  });

  it("on a logarithmic axis keeps what shares a column of ratios, and one point of those that have no place there", () => {
    const n = 100_000;
    const y = Float64Array.from({ length: n }, (_, i) => i % 2);
    y[70_001] = 9;
    const { indices } = thinToPixels(spans(ramp(n)), 0, extremes(y), { from: 1, to: n - 1, log: true }, 250);
    expect([...indices.slice(0, 5)]).toEqual([0, 1, 2, 3, 4]);
    expect(indices).toContain(70_001);
    expect(indices.length).toBeLessThan(1100);
    expect(indices.at(-1)).toBe(n - 1);
  });

  it("keeps all of a series that has fewer points than pixels, in order", () => {
    expect(thin(ramp(50), 0, ramp(50), [0, 49], 250)).toEqual([...ramp(50)]);
  });

  it("keeps one point beyond each side, so that a zoomed line reaches the edges", () => {
    expect(thin(ramp(100), 0, ramp(100), [40.5, 43.5], 100)).toEqual([40, 41, 42, 43, 44]);
  });

  it("keeps a line whose points all lie beyond the two sides", () => {
    expect(thin(Float64Array.of(0, 100), 0, Float64Array.of(1, 2), [40, 60], 100)).toEqual([0, 1]);
  });

  it("keeps the place of a value that is no number, so that the line breaks there", () => {
    expect(thin(ramp(5), 0, Float64Array.of(1, 2, NaN, 3, 4), [0, 4], 1)).toContain(2);
  });

  it("subtracts the shift from x", () => {
    expect(thin(Float64Array.of(1000, 1001, 1002), 1000, ramp(3), [0, 2], 100)).toHaveLength(3);
  });
});

describe.each(KINDS.flatMap((kind) => STEPS.map((order) => [kind, order] as const)))("of %s over %s steps", (kind, order) => {
  const roll = dice(KINDS.indexOf(kind) * 10 + STEPS.indexOf(order));
  const count = 3000 + Math.floor(roll() * 3000);
  const [x, y] = [steps(order, count, roll), column(kind, count, roll)];
  const end = x.reduce((high, value) => (value > high ? value : high), 0);
  const windows = [[0, end], [-10, end / 2], [end * 0.4, end * 0.6], [end * 0.5, end * 0.5 + 20], [end + 5, end + 9]] as const;

  it("levels choose the points that a look at each would choose", () => {
    const [xs, ys] = [spans(x), extremes(y)];
    for (const [from, to] of windows) {
      // Columns of two pixels need not fill a plot.
      for (const pixels of [1, 7, 125.5, 250]) {
        const axis = { from, to, log: false };
        const kept = thinToPixels(xs, 0, ys, axis, pixels);
        expect([...kept.indices]).toEqual(plainThin({ x, y }, 0, axis, pixels));
        expect([...kept.values]).toEqual([...kept.indices].map((i) => y[i]));
      }
    }
  });

  it("a column that came in pieces is thinned as one that came at once", () => {
    const [xs, ys] = [new Spans(), new Extremes()];
    const axis = { from: 0, to: end, log: false };
    for (let length = 0; length < count; ) {
      length = Math.min(count, length + Math.floor(roll() * 700));
      xs.take(x.subarray(0, length));
      ys.take(y.subarray(0, length));
      // Now and then something is not summed up yet: it is read.
      if (roll() < 0.8) xs.advance(Math.floor(roll() * 6));
      if (roll() < 0.8) ys.advance();
      const columns = { x: x.subarray(0, length), y: y.subarray(0, length) };
      if (ys.summed < ys.full) continue;
      expect([...thinToPixels(xs, 0, ys, axis, 50).indices]).toEqual(plainThin(columns, 0, axis, 50));
    }
  });

  it.each([0.3, 0.9, 0.999])("the smoothed values are thinned without being held, weight %d", (weight) => {
    const averages = new Averages(extremes(y), weight);
    averages.advance();
    const whole = kind === "constant" ? null : smooth(y, weight);
    for (const [from, to] of windows) {
      const axis = { from, to, log: false };
      const { indices, values } = thinToPixels(spans(x), 0, averages, axis, 60);
      if (whole === null) continue;
      expect([...indices]).toEqual(plainThin({ x, y: whole }, 0, axis, 60));
      expect([...values]).toEqual([...indices].map((i) => whole[i]));
    }
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
