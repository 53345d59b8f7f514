import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { smooth } from "../../src/maths/smooth";
import { curvesOf, type Curve } from "../../src/panels/curve";
import { Smoothing } from "../../src/panels/smoothing";
import { Store } from "../../src/store/store";
import { FakeSource, frame, part, run } from "../frames";
import { dice } from "../maths/plain";

let frames: (() => void)[] = [];
const nextFrame = () => {
  const now = frames;
  frames = [];
  for (const draw of now) draw();
};

beforeEach(() => {
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => frames.push(draw));
  // A millisecond passes between two looks at the clock, however fast the machine is.
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (now += 1));
});
afterEach(() => vi.restoreAllMocks());

const roll = dice(1);
const noise = (count: number) => Array.from({ length: count }, () => roll());

function storeOf(values: readonly number[]) {
  const source = new FakeSource();
  const store = new Store(source);
  source.send(frame("key", 1, [part("loss", values)], { runs: [run(0, "a")] }));
  const curves = (weight: number) => {
    const found = curvesOf(store.tags.value[0]!, (id) => store.run(id), weight, "step");
    for (const curve of found) curve.prepare(Infinity);
    return found;
  };
  return { source, curves };
}

const drawn = ({ smoothed }: Curve) => Array.from({ length: smoothed.length }, (_, i) => smoothed.at(i));

describe("smoothing", () => {
  it("of few points is done at once", () => {
    const values = noise(1000);
    const curves = storeOf(values).curves(0.9);
    const done = vi.fn();
    new Smoothing(done).begin(curves);
    expect(drawn(curves[0]!)).toEqual([...smooth(Float64Array.from(values), 0.9)]);
    expect([frames.length, done.mock.calls.length]).toEqual([0, 0]);
  });

  it("of many is a sketch at first and exact some frames later", () => {
    const values = noise(400_000);
    const whole = smooth(Float64Array.from(values), 0.9);
    const [curve] = storeOf(values).curves(0.9);
    let drawings = 0;
    new Smoothing(() => (drawings += 1)).begin([curve!]);
    expect(curve!.unsmoothed).toBeGreaterThan(0);
    expect(Math.abs(curve!.smoothed.at(300_000) - whole[300_000]!)).toBeLessThan(0.5);
    expect(curve!.smoothedAt(300_000), "what a table shows is no sketch").toBeCloseTo(whole[300_000]!, 12);
    for (let n = 0; n < 1000 && drawings === 0; n++) nextFrame();
    expect([curve!.unsmoothed, drawings, frames.length]).toEqual([0, 1, 0]);
    expect(curve!.smoothed.at(300_000)).toBe(whole[300_000]);
  });

  it("of many begins a moment later: while a slider is dragged the next weight comes before", () => {
    const [curve] = storeOf(noise(400_000)).curves(0.9);
    new Smoothing(() => undefined).begin([curve!]);
    const all = curve!.unsmoothed;
    for (let n = 0; n < 5; n++) nextFrame();
    expect(curve!.unsmoothed).toBe(all);
    for (let n = 0; n < 1000 && frames.length > 0; n++) nextFrame();
    expect([all, curve!.unsmoothed]).toEqual([400_000, 0]);
  });

  it("with another weight gives the one before up, whose curve still is what it was", () => {
    const { curves } = storeOf(noise(400_000));
    const [before] = curves(0.9);
    const smoothing = new Smoothing(() => undefined);
    smoothing.begin([before!]);
    nextFrame();
    const [after] = curves(0.5);
    smoothing.begin([after!]);
    for (let n = 0; n < 1000 && frames.length > 0; n++) nextFrame();
    expect([before!.unsmoothed > 0, after!.unsmoothed]).toEqual([true, 0]);
    expect([before!.smoothedAt(9), after!.smoothedAt(9)]).toEqual([before!.smoothed.at(9), after!.smoothed.at(9)]);
  });

  it("goes on where it was when points are appended, and starts anew when they are replaced", () => {
    const values = noise(1000);
    const { source, curves } = storeOf(values.slice(0, 700));
    new Smoothing(() => undefined).begin(curves(0.9));
    source.send(frame("delta", 2, [part("loss", values.slice(700), { from: 700 })]));
    expect(curves(0.9)[0]!.lastSmoothed).toBeCloseTo(smooth(Float64Array.from(values), 0.9).at(-1)!, 12);
    source.send(frame("key", 3, [part("loss", [1, 2], { gen: 2 })], { runs: [run(0, "a")] }));
    const [curve] = curves(0.9);
    expect(drawn(curve!)).toEqual([...smooth(Float64Array.of(1, 2), 0.9)]);
    expect(curve!.lastSmoothed).toBe(smooth(Float64Array.of(1, 2), 0.9)[1]);
  });
});
