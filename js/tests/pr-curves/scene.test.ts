import { describe, expect, it } from "vitest";
import type { Layer } from "../../src/figures/layers";
import { toX, toY } from "../../src/maths/scale";
import { prCsv } from "../../src/pr-curves/csv";
import { neighbourPoint, pointsOf, prScene, prSpotAt } from "../../src/pr-curves/scene";
import { MediaSeries } from "../../src/store/media-series";
import type { MediaAddress } from "../../src/wire/media";
import { run } from "../frames";

const SIZE = { width: 300, height: 200 };
const NAMES = ["tp", "fp", "tn", "fn", "precision", "recall"];

/** Curves at these steps, of five thresholds above the last of which nothing is found. */
function layer(id: number, steps: readonly number[]): Layer {
  const address: MediaAddress = { kind: "pr_curves", run: id, attempt: 0, tag: "pr", gen: 1 };
  const series = new MediaSeries(address);
  series.takePart({ ...address, from: 0, count: steps.length, total: steps.length, step: { k: "f8", o: 0 } }, Float64Array.from(steps).buffer);
  for (const [at, step] of steps.entries()) {
    const tp = [10, 9, 8, 4 + id, 0];
    const fp = [10, 4, 2, 1, 0];
    const precision = tp.map((hits, i) => hits / Math.max(1, hits + fp[i]!));
    const body = Float64Array.from([tp, fp, fp.map((one) => 10 - one), tp.map((one) => 10 - one), precision, tp.map((one) => one / 10)].flat()).buffer;
    const columns = Object.fromEntries(NAMES.map((name, i) => [name, { k: "f8", o: 40 * i } as const]));
    series.takeBlob({ ...address, at, step, wall: 1000, count: 5, columns, body: [0, body.byteLength] }, body);
  }
  return { run: run(id, `run ${id}`), series, older: false };
}

describe("curves of precision over recall", () => {
  it("are those of each run at a step or the last before it, those that lack are told", () => {
    const [first, second] = [layer(0, [0, 10, 20]), layer(1, [5, 15])];
    second.series.drop(0);
    const scene = prScene([first, second], 12, SIZE);
    expect(scene.curves.map(({ step }) => step)).toEqual([10]);
    expect(scene.missing).toEqual([second]);
    expect(prScene([first, second], null, SIZE).curves.map(({ step }) => step)).toEqual([20, 15]);
  });

  it("are told at the point nearest to the pointer, and the others at its threshold", () => {
    const scene = prScene([layer(0, [0]), layer(1, [0])], null, SIZE);
    const spot = prSpotAt(scene, toX(scene.scales, 0.5), toY(scene.scales, 5 / 6))!;
    expect([spot.layer.run.id, spot.index]).toEqual([1, 3]);
    const points = pointsOf(scene, spot);
    expect(points.map(({ curve, index, own }) => [curve.threshold[index], curve.tp[index], own])).toEqual([[0.75, 4, false], [0.75, 5, true]]);
    expect(prSpotAt({ ...scene, curves: [] }, 0, 0)).toBeNull();
  });

  it("are walked through with the arrow keys", () => {
    const scene = prScene([layer(0, [0]), layer(1, [0])], null, SIZE);
    const start = neighbourPoint(scene, null, "ArrowRight")!;
    expect([start.layer.run.id, start.index]).toEqual([0, 2]);
    expect(neighbourPoint(scene, start, "ArrowRight")!.index).toBe(3);
    expect(neighbourPoint(scene, { ...start, index: 3 }, "ArrowRight")!.index).toBe(3);
    const other = neighbourPoint(scene, start, "ArrowDown")!;
    expect([other.layer.run.id, other.index]).toEqual([1, 2]);
    expect(neighbourPoint(scene, other, "ArrowDown")!.layer.run.id).toBe(1);
  });

  it("are written as CSV, a line a threshold", () => {
    const lines = [...prCsv([layer(0, [7])])].join("").split("\n");
    expect(lines[0]).toBe("run,attempt,tag,step,wall_time,threshold,tp,fp,tn,fn,precision,recall");
    expect(lines[3]).toBe("run 0,0,pr,7,1000,0.5,8,2,8,2,0.8,0.8");
    expect(lines).toHaveLength(6);
  });
});
