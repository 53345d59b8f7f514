import { describe, expect, it } from "vitest";
import { fromPlotlyRange, pixelsOf, plotlyRange, share, toX, toY, valueAt } from "../../src/maths/scale";

const linear = { from: 10, to: 20, log: false };
const log = { from: 0.01, to: 100, log: true };

describe("scales", () => {
  it.each([linear, log])("take a value to its place and back", (axis) => {
    for (const position of [0, 0.25, 1]) expect(share(axis, valueAt(axis, position))).toBeCloseTo(position);
  });

  it("put 1 in the middle of 0.01 to 100 on a log axis", () => {
    expect(share(log, 1)).toBeCloseTo(0.5);
  });

  it("have no place for a negative value on a log axis", () => {
    expect(share(log, -1)).toBeNaN();
  });

  it("run right and up", () => {
    const scales = { x: linear, y: linear, left: 38, top: 6, width: 200, height: 100 };
    expect([toX(scales, 10), toX(scales, 20)]).toEqual([38, 238]);
    expect([toY(scales, 10), toY(scales, 20)]).toEqual([106, 6]);
  });

  it("speak with Plotly in powers of ten on a log axis", () => {
    expect(plotlyRange(log)).toEqual([-2, 2]);
    expect(fromPlotlyRange([2, -2], true)).toEqual([0.01, 100]);
    expect(fromPlotlyRange(plotlyRange(linear), false)).toEqual([10, 20]);
  });
});

it("many values have the pixels that each of them has", () => {
  for (const axis of [{ from: 2, to: 30, log: false }, { from: 0.1, to: 1000, log: true }]) {
    const scales = { x: axis, y: axis, left: 38, top: 6, width: 250, height: 130 };
    const [x, y] = [pixelsOf(axis, 38, 250), pixelsOf(axis, 6 + 130, -130)];
    for (const value of [0.5, 2, 17, 30, 4000]) {
      expect(x(value)).toBeCloseTo(toX(scales, value), 9);
      expect(y(value)).toBeCloseTo(toY(scales, value), 9);
    }
    expect(Number.isFinite(y(-1))).toBe(!axis.log);
  }
});
