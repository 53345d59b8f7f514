import { describe, expect, it } from "vitest";
import { fromPlotlyRange, plotlyRange, share, toX, toY, valueAt } from "../../src/maths/scale";

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
