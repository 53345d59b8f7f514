import { expect, it } from "vitest";
import { smooth } from "../../src/maths/smooth";
import { thinToPixels } from "../../src/maths/thin";
import { summaryOf } from "../../src/panels/summary";
import { Series } from "../../src/store/series";
import type { SeriesPart } from "../../src/wire/frame";
import { dice, extremes, plainThin, spans } from "../maths/plain";

const TOTAL = 5000;
const WEIGHT = 0.9;
const roll = dice(3);
const values = Float64Array.from({ length: TOTAL }, (_, i) => Math.sin(i / 300) + 0.2 * roll());

/** The points of the log from `from` to before `to`, or those of them at `index`. */
function partOf(from: number, to: number, index?: number[]): [SeriesPart, ArrayBuffer] {
  const places = index ?? Array.from({ length: to - from }, (_, i) => from + i);
  const buffer = Float64Array.from([...places, ...places.map((i) => values[i]!)]).buffer;
  const [steps, value] = [{ k: "f8", o: 0 } as const, { k: "f8", o: places.length * 8 } as const];
  const base = { run: 0, attempt: 0, tag: "loss", gen: 1, from, total: to, count: places.length, step: steps, wall: steps, value };
  return [{ ...base, thinned: index !== undefined, ...(index !== undefined && { index: steps }) }, buffer];
}

it("a series whose points come in chunks is summed up as one that came at once, and what was known stays known", () => {
  const series = new Series(0, 0, "loss");
  series.applyKey(...partOf(0, TOTAL, Array.from({ length: TOTAL / 10 }, (_, i) => 10 * i)));
  const axis = { from: 0, to: TOTAL, log: false };
  for (const [from, to] of [[0, 700], [700, 2000], [4000, 5000], [2000, 4000]] as const) {
    const summary = summaryOf(series);
    summary.advance("step", Infinity);
    summary.averages(WEIGHT).advance();
    series.applyFill(...partOf(from, to));
    const grown = summaryOf(series);
    if (from > 0 && from < 4000) expect(grown.raw.summed).toBeGreaterThan(from / 32 - 1);
    expect(grown.advance("step", Infinity)).toBe(true);
    const averages = grown.averages(WEIGHT);
    averages.advance();
    const [x, y] = [series.step, series.value];
    const smoothed = smooth(y, WEIGHT);
    expect([...thinToPixels(grown.x("step"), 0, grown.raw, axis, 50).indices]).toEqual(plainThin({ x, y }, 0, axis, 50));
    expect([...thinToPixels(grown.x("step"), 0, averages, axis, 50).indices]).toEqual(plainThin({ x, y: smoothed }, 0, axis, 50));
    expect([grown.raw.summed, grown.x("step").sorted]).toEqual([extremes(y).summed, spans(x).sorted]);
    expect(grown.smoothedAt(y.length - 1, WEIGHT)).toBe(smoothed.at(-1));
  }
});
