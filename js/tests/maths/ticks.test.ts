import { describe, expect, it } from "vitest";
import { logXTicks, percentTicks, relativeTicks, stepTicks, valueTicks, wallTicks } from "../../src/maths/ticks";

const axis = (from: number, to: number, log = false) => ({ from, to, log });

describe("ticks", () => {
  it.each([
    [0, 1.65, ["0", "0.5", "1.0", "1.5"]],
    [0, 3.1e-4, ["0", "1e−4", "2e−4", "3e−4"]],
    [-1, 1, ["−1.0", "−0.5", "0", "0.5", "1.0"]],
    [0, 250_000, ["0", "50k", "100k", "150k", "200k", "250k"]],
    [0.63999, 0.640001, ["0.639990", "0.639992", "0.639994", "0.639996", "0.639998", "0.640000"]],
    [0.9, 0.92, ["0.900", "0.905", "0.910", "0.915", "0.920"]],
  ])("of values from %d to %d", (from, to, labels) => {
    expect(valueTicks(axis(from, to), 4).labels).toEqual(labels);
  });

  it("of shares are percentages, with as many digits as tell them apart", () => {
    expect(percentTicks(axis(0, 1), 4).labels).toEqual(["0", "20%", "40%", "60%", "80%", "100%"]);
    expect(percentTicks(axis(0.9, 0.92), 4).labels).toEqual(["90.0%", "90.5%", "91.0%", "91.5%", "92.0%"]);
    expect(percentTicks(axis(0.001, 1, true), 3).labels).toEqual(["0.1%", "1%", "10%", "100%"]);
  });

  it("of logarithmic steps and seconds are at powers of ten", () => {
    expect(logXTicks(axis(1, 62_500, true), 4, false).labels).toEqual(["1", "10", "100", "1000", "10k"]);
    expect(logXTicks(axis(1, 10_000, true), 4, true).labels).toEqual(["1 s", "10 s", "1 m 40 s", "16 m 40 s", "2 h 47 m"]);
  });

  it("of steps have one unit", () => {
    expect(stepTicks(axis(0, 62_500), 3).labels).toEqual(["0", "20k", "40k", "60k"]);
    expect(stepTicks(axis(0, 20_000), 4).labels).toEqual(["0", "5k", "10k", "15k", "20k"]);
    expect(stepTicks(axis(0, 99), 4).labels).toEqual(["0", "20", "40", "60", "80"]);
  });

  it("of steps are whole", () => {
    expect(stepTicks(axis(0, 2), 8).values).toEqual([0, 1, 2]);
  });

  it("on a log axis are powers of ten, with more between few of them", () => {
    expect(valueTicks(axis(1e-6, 0.2, true), 5).labels).toEqual(["1e−6", "1e−5", "1e−4", "1e−3", "0.01", "0.1"]);
    expect(valueTicks(axis(0.15, 3, true), 4).labels).toEqual(["0.2", "0.5", "1", "2"]);
    expect(valueTicks(axis(5.1, 5.4, true), 4).values.length).toBeGreaterThan(1);
  });

  it("of times since the start stand on whole minutes and hours", () => {
    expect(relativeTicks(axis(0, 3600), 4).labels).toEqual(["0", "15 m", "30 m", "45 m", "1 h"]);
    expect(relativeTicks(axis(0, 40), 4).labels).toEqual(["0", "10 s", "20 s", "30 s", "40 s"]);
    expect(relativeTicks(axis(0, 2), 4).labels).toEqual(["0", "0.5 s", "1 s", "1.5 s", "2 s"]);
  });

  it("of wall times stand on whole hours of the reader's clock", () => {
    const noon = new Date(2026, 10, 3, 12, 7).getTime() / 1000;
    expect(wallTicks(axis(noon, noon + 3 * 3600), 3).labels).toEqual(["13:00", "14:00", "15:00"]);
  });

  it.each([
    ["steps", stepTicks, 1, 2 ** 40],
    ["values", valueTicks, 1e-6, 1e9],
    ["seconds since the start", relativeTicks, 1e-3, 1e7],
    ["times of day", wallTicks, 0.01, 3e7],
  ] as const)("of %s differ from their neighbours, wherever one has zoomed to", (_, ticks, least, most) => {
    const now = 1_793_000_000;
    for (let span = least; span < most / 10; span *= 2.7) {
      for (let at = span; at < most; at *= 3.3) {
        const from = (ticks === wallTicks ? now : 0) + at;
        if (span < from * 1e-11) continue;
        const { labels } = ticks(axis(from, from + span), 6);
        expect(labels.filter((label, i) => label === labels[i - 1]), `${from} + ${span}: ${labels.join(", ")}`).toEqual([]);
      }
    }
  });

  it("far from the start tell what lies between two of them", () => {
    expect(stepTicks(axis(700_013, 700_021), 4).labels).toEqual(["700\u202f014", "700\u202f016", "700\u202f018", "700\u202f020"]);
    expect(relativeTicks(axis(18_120, 18_160), 4).labels).toEqual(["5:02:00", "5:02:10", "5:02:20", "5:02:30", "5:02:40"]);
    expect(relativeTicks(axis(100, 102), 4).labels).toEqual(["01:40.0", "01:40.5", "01:41.0", "01:41.5", "01:42.0"]);
    expect(relativeTicks(axis(190_000, 194_000), 4).labels).toEqual(["2 d 05:00", "2 d 05:15", "2 d 05:30", "2 d 05:45"]);
    const noon = new Date(2026, 10, 3, 12, 7).getTime() / 1000;
    expect(wallTicks(axis(noon, noon + 1), 2).labels).toEqual(["12:07:00.0", "12:07:00.5", "12:07:01.0"]);
  });

  it("never are without number, whatever the range", () => {
    for (const [from, to] of [[0, 1e-300], [1e300, 2e300], [-1e-9, 1e9], [5, 5 + 1e-12]] as const) {
      expect(valueTicks(axis(from, to), 4).values.length).toBeLessThan(101);
    }
  });

  it("end on an axis that has no end", () => {
    expect(valueTicks({ from: 0, to: Infinity, log: true }, 4).values.every(Number.isFinite)).toBe(true);
    expect(valueTicks({ from: 1, to: Infinity, log: true }, 4).values.length).toBeLessThan(400);
  });
});
