import { describe, expect, it } from "vitest";
import { areaUnder, averagePrecision, prCurveOf } from "../../src/maths/pr-curve";
import { chance } from "./chance";

const floats = (...values: number[]) => Float64Array.from(values);

/** Counts of a classifier at thresholds from 0 to 1, as `add_pr_curve` takes them. */
function curve(scores: readonly (readonly [score: number, label: boolean])[], thresholds: number) {
  const rows = Array.from({ length: thresholds }, (_, i) => {
    const at = i / (thresholds - 1);
    const above = scores.filter(([score]) => score >= at);
    const tp = above.filter(([, label]) => label).length;
    const fp = above.length - tp;
    const positive = scores.filter(([, label]) => label).length;
    return [tp, fp, scores.length - positive - fp, positive - tp, above.length === 0 ? 0 : tp / above.length, tp / positive] as const;
  });
  const column = (k: number) => Float64Array.from(rows, (row) => row[k]!);
  return prCurveOf({ tp: column(0), fp: column(1), tn: column(2), fn: column(3), precision: column(4), recall: column(5) })!;
}

describe("a curve of precision over recall", () => {
  it("ends where nothing more is found, and keeps the thresholds of the whole", () => {
    const cut = curve([[0.1, false], [0.3, true], [0.5, true]], 11);
    expect([...cut.threshold].map((at) => Math.round(10 * at))).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...cut.precision].map((one) => one.toFixed(2))).toEqual(["0.67", "0.67", "1.00", "1.00", "1.00", "1.00"]);
    expect([...cut.tp]).toEqual([2, 2, 2, 2, 1, 1]);
  });

  it("is none where a column is missing or there is no point", () => {
    expect(prCurveOf({ tp: floats(1) })).toBeNull();
    const none = floats();
    expect(prCurveOf({ tp: none, fp: none, tn: none, fn: none, precision: none, recall: none })).toBeNull();
  });

  it("has an area of trapezoids, level from the least recall to 0", () => {
    expect(areaUnder({ recall: floats(1, 0.5), precision: floats(0.5, 1) })).toBeCloseTo(0.5 * 0.75 + 0.5, 12);
    expect(areaUnder({ recall: floats(1, 1), precision: floats(1, 1) })).toBe(1);
    expect(areaUnder({ recall: floats(), precision: floats() })).toBeNaN();
    expect(areaUnder({ recall: floats(1, NaN), precision: floats(0.25, 1) })).toBe(0.25);
  });

  it("has the average precision that the ranking has, where thresholds tell all scores apart", () => {
    const random = chance(11);
    const scores = Array.from({ length: 60 }, (_, i) => [(i + 1) / 100, random() < 0.2 + i / 100] as const);
    const ranked = scores.toReversed();
    let hits = 0;
    let sum = 0;
    for (const [i, [, label]] of ranked.entries()) {
      if (!label) continue;
      hits += 1;
      sum += hits / (i + 1);
    }
    expect(averagePrecision(curve(scores, 101))).toBeCloseTo(sum / hits, 9);
  });

  it("of a classifier that knows nothing lies at the share of the positive ones", () => {
    const scores = Array.from({ length: 1000 }, (_, i) => [((i * 617) % 1000) / 1000, i % 4 === 0] as const);
    expect(areaUnder(curve(scores, 127))).toBeCloseTo(0.25, 1);
  });
});
