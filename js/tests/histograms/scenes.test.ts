import { describe, expect, it } from "vitest";
import { bandPoints, bandScene, pointsNear } from "../../src/histograms/bands";
import { histogramCsv } from "../../src/histograms/csv";
import { overlayScene } from "../../src/histograms/overlay";
import { ridgeScene } from "../../src/histograms/ridge";
import { rowAtStep } from "../../src/histograms/rows";
import { readHistogramSettings } from "../../src/histograms/settings";
import { heightBelow, neighbourSpot, spotIn } from "../../src/histograms/spots";
import { rangeText } from "../../src/histograms/tips";
import { binsOf } from "../../src/maths/bins";
import { shareOf } from "../../src/maths/outline";
import { layer } from "./made";

const SIZE = { width: 300, height: 200 };
const USUAL = readHistogramSettings({});

describe("settings of histograms", () => {
  it("are read with care: what makes no sense is as usual", () => {
    expect(readHistogramSettings({ mode: "pie", x: 3, measure: "count", log: "yes", inner: true })).toEqual({
      mode: "ridge", x: "step", measure: "count", log: false, inner: true, together: false,
    });
  });
});

describe("a ridge", () => {
  it("has the oldest at the back and the newest on the ground, as far apart as they are in time", () => {
    const { rows, scales } = ridgeScene([layer([0, 10, 40])], USUAL, SIZE);
    const [first, second, last] = rows.map(({ base }) => base);
    expect(last).toBe(scales.top + scales.height);
    expect((second! - first!) / (last! - first!)).toBeCloseTo(0.25, 9);
    expect(rows.map(({ step, tone }) => [step, tone])).toEqual([[0, 0], [10, 0.25], [40, 1]]);
  });

  it("stands by the time since the run's start, or by the clock", () => {
    const one = layer([0, 10, 40]);
    expect(ridgeScene([one], { ...USUAL, x: "relative" }, SIZE).rows.map(({ time }) => time)).toEqual([0, 10, 40]);
    expect(ridgeScene([one], { ...USUAL, x: "wall" }, SIZE).rows.map(({ time }) => time)).toEqual([1000, 1010, 1040]);
  });

  it("of 500 steps draws as many as there is room for, the newest among them", () => {
    const { rows } = ridgeScene([layer(Array.from({ length: 500 }, (_, i) => i))], USUAL, SIZE);
    expect(rows.length).toBeLessThan(30);
    expect(rows.length).toBeGreaterThan(8);
    expect(rows.at(-1)!.step).toBe(499);
  });

  it("is asked what lies under the pointer: the foremost row that covers it, else the nearest", () => {
    const scene = ridgeScene([layer([1, 9])], USUAL, SIZE);
    const riseOf = (height: number) => scene.rise * shareOf(height, scene.heights);
    const [back, front] = scene.rows as [typeof scene.rows[number], typeof scene.rows[number]];
    const x = (front.outline.from[1]! + front.outline.to[1]!) / 2;
    expect(spotIn(scene, x, front.base - 1, riseOf, true)?.at).toBe(1);
    expect(spotIn(scene, x, back.base - 1, riseOf, true)?.at).toBe(riseOf(heightBelow(front.outline, x)) > front.base - back.base ? 1 : 0);
    expect(spotIn(scene, x, 0, riseOf, true)?.at).toBe(0);
    expect(spotIn({ ...scene, rows: [] }, x, 0, riseOf, true)).toBeNull();
  });

  it("is walked through with the arrow keys, from row to row and from bin to bin", () => {
    const scene = ridgeScene([layer([1, 9])], USUAL, SIZE);
    const newest = neighbourSpot(scene, null, "ArrowUp")!;
    expect([newest.at, newest.x]).toEqual([1, 2]);
    const older = neighbourSpot(scene, newest, "ArrowUp")!;
    expect(older.at).toBe(0);
    expect(neighbourSpot(scene, older, "ArrowUp")!.at).toBe(0);
    const left = neighbourSpot(scene, newest, "ArrowLeft")!;
    expect(left.x).toBe(0.5);
    expect(neighbourSpot(scene, left, "ArrowLeft")).toBe(left);
  });

  it("of nothing has a place for what will come", () => {
    expect(ridgeScene([], USUAL, SIZE).rows).toEqual([]);
    expect(overlayScene([], USUAL, SIZE).rows).toEqual([]);
    expect(bandScene([], USUAL, SIZE).layers).toEqual([]);
  });
});

describe("an overlay", () => {
  it("has an axis of densities that reaches above the highest", () => {
    const { yTicks, scales, heights } = overlayScene([layer([3])], USUAL, SIZE);
    expect(heights.peak).toBeCloseTo(0.375, 9);
    expect(scales.y.to).toBeGreaterThan(heights.peak);
    expect(yTicks.labels).toContain("0.3");
  });
});

describe("bands", () => {
  it("keep what was worked out when the histograms have been let go", () => {
    const one = layer([2, 4]);
    const before = bandPoints(one, USUAL);
    one.series.drop(0);
    expect(bandPoints(one, USUAL)).toEqual(before);
    expect(before[0]!.bands[0]).toBe(0);
    expect(before[0]!.bands[8]).toBe(3);
  });

  it("are told at the moment nearest to the pointer, of each run", () => {
    const scene = bandScene([layer([0, 10, 20]), layer([5, 15], 1)], USUAL, SIZE);
    expect(pointsNear(scene, 11).map(({ point }) => point.step)).toEqual([10, 15]);
  });

  it("of one moment have a width all the same", () => {
    const { scales } = bandScene([layer([7])], USUAL, SIZE);
    expect([scales.x.from, scales.x.to]).toEqual([6.3, 7.7]);
  });
});

describe("rows", () => {
  it("are found by a step, or by the last before it", () => {
    const one = layer([10, 20, 30]);
    expect([5, 10, 19, 99].map((step) => rowAtStep(one, step, "step")?.step)).toEqual([10, 10, 10, 30]);
  });

  it("tell their bins as ranges that can be told apart", () => {
    const bins = binsOf({
      left: Float64Array.of(-Infinity, 0.1, 0.1001, 2), right: Float64Array.of(0.1, 0.1001, 2, 2), count: Float64Array.of(1, 1, 1, 1),
    })!;
    expect([0, 1, 2, 3].map((bin) => rangeText(bins, bin))).toEqual(["below 0.100", "0.1000 – 0.1001", "0.100 – 2.00", "2.00"]);
  });

  it("are written as CSV, a line a bin, no name a formula", () => {
    const one = layer([3]);
    const text = [...histogramCsv([{ ...one, run: { ...one.run, name: "=1" } }])].join("");
    expect(text).toBe(`run,attempt,tag,step,wall_time,left,right,count
'=1,0,w,3,1003,0,1,1
'=1,0,w,3,1003,1,3,3
'=1,0,w,3,1003,3,4,0
`);
  });
});
