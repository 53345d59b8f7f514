import { describe, expect, it } from "vitest";
import { bandScene } from "../../src/histograms/bands";
import { overlayScene } from "../../src/histograms/overlay";
import { ridgeScene } from "../../src/histograms/ridge";
import { readHistogramSettings } from "../../src/histograms/settings";
import { MediaSeries } from "../../src/store/media-series";
import type { MediaAddress } from "../../src/wire/media";
import { run } from "../frames";
import { chance } from "../maths/chance";

const ODD = [0, -0, 1, -1, NaN, Infinity, -Infinity, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, 1e-300, 1e299, -1e299];
const SIZE = { width: 300, height: 200 };

function odd(random: () => number, bins: number): MediaSeries {
  const address: MediaAddress = { kind: "histograms", run: 0, attempt: 0, tag: "w", gen: 1 };
  const made = new MediaSeries(address);
  made.takePart({ ...address, from: 0, count: 2, total: 2, step: { k: "seq", a: 0, d: 1 } }, null);
  for (const at of [0, 1]) {
    const body = Float64Array.from({ length: 3 * bins }, () => ODD[Math.floor(random() * ODD.length)]!).buffer;
    const columns = { left: { k: "f8", o: 0 }, right: { k: "f8", o: 8 * bins }, count: { k: "f8", o: 16 * bins } } as const;
    made.takeBlob({ ...address, at, step: at, wall: 1000, count: bins, columns, body: [0, body.byteLength] }, body);
  }
  return made;
}

describe("histograms that make no sense", () => {
  it("are drawn as far as they do, on axes that are finite", () => {
    const random = chance(17);
    for (let round = 0; round < 500; round++) {
      const layers = [{ run: run(0, "a"), series: odd(random, 1 + Math.floor(5 * random())), older: false }];
      for (const log of [false, true]) {
        const settings = { ...readHistogramSettings({}), log, inner: round % 2 === 0 };
        for (const scene of [ridgeScene, overlayScene, bandScene].map((make) => make(layers, settings, SIZE))) {
          const { x, y } = scene.scales;
          expect([x.from, x.to, y.from, y.to].every(Number.isFinite)).toBe(true);
          expect(x.to).toBeGreaterThan(x.from);
        }
        for (const { outline } of ridgeScene(layers, settings, SIZE).rows) {
          expect([...outline.from, ...outline.to].some(Number.isNaN)).toBe(false);
          expect(outline.height.every((height) => height >= 0 && Number.isFinite(height))).toBe(true);
        }
      }
    }
  });
});
