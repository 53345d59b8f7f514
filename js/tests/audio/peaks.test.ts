import { expect, test } from "vitest";
import { columnsOf, peaksOf } from "../../src/audio/peaks";

test("no sample is higher or lower than what its part shows, and each extreme is a sample", () => {
  const samples = Float32Array.from({ length: 10_007 }, (_, i) => Math.sin(i * i) * (i === 5000 ? 3 : 1));
  const { low, high } = peaksOf(samples, 100);
  expect(low).toHaveLength(100);
  for (let part = 0; part < 100; part++) {
    const inside = samples.subarray(Math.floor((part * 10_007) / 100), Math.floor(((part + 1) * 10_007) / 100));
    expect(low[part]).toBe(Math.min(...inside));
    expect(high[part]).toBe(Math.max(...inside));
  }
});

test("a sound of few samples shows each, what is no number shows silence", () => {
  expect(peaksOf(Float32Array.of(0.5, NaN, -1), 100)).toEqual({ low: Float32Array.of(0.5, 0, -1), high: Float32Array.of(0.5, 0, -1) });
  expect(peaksOf(new Float32Array(0), 100).low).toHaveLength(0);
});

test("a click in one sample is in the picture at any width", () => {
  const samples = new Float32Array(100_000);
  samples[70_001] = 1;
  const peaks = peaksOf(samples, 4096);
  for (const width of [1, 7, 300, 1000, 4096, 9000]) {
    const { high } = columnsOf(peaks, width);
    const lit = [...high.keys()].filter((x) => high[x] === 1);
    expect(lit.length).toBeGreaterThan(0);
    for (const x of lit) expect(Math.abs((x + 0.5) / width - 0.70001)).toBeLessThan(1.5 / width + 1 / 4096);
  }
});

test("nothing is drawn of nothing", () => {
  expect(columnsOf(peaksOf(new Float32Array(0), 100), 3)).toEqual({ low: new Float32Array(3), high: new Float32Array(3) });
});
