import { describe, expect, it } from "vitest";
import { curvesOf } from "../../src/panels/curve";
import { holeOf, stopOf } from "../../src/panels/marks";
import { Store } from "../../src/store/store";
import type { RunInfo } from "../../src/wire/frame";
import type { XAxis } from "../../src/wire/options";
import { FakeSource, frame, part, run } from "../frames";

/** The curve of a run with 20 values, their steps 0, 1, 2, … but for a jump after the tenth; wall times as the steps. */
function curve(more: Partial<RunInfo>, { jump = 0, x = "step" }: { jump?: number; x?: XAxis } = {}) {
  const source = new FakeSource();
  const store = new Store(source);
  const values = Array.from({ length: 10 }, (_, i) => i);
  const [before] = part("loss", values, { total: 10 });
  const late = { k: "seq", a: 10 + jump, d: 1 } as const;
  const runs = [run(0, "a", more)];
  source.send(frame("key", 1, [[before, values]], { runs }));
  source.send(frame("delta", 2, [part("loss", values, { from: 10, step: late, wall: late })]));
  return curvesOf(store.tags.value[0]!, (id) => store.run(id), 0, x)[0]!;
}

const lost = (first: number, last: number) => ({ lost: { count: 5, steps: [first, last] as const, reason: "disk full" } });

describe("a stop", () => {
  it("stands where an exception ended the run, and nowhere else", () => {
    const ended = { ended: true, ended_by: "KeyboardInterrupt", last_step: 312 };
    expect(stopOf(curve(ended))).toEqual({ x: 312, words: "stopped at 312" });
    expect(stopOf(curve(ended, { x: "wall", jump: 5 }))?.x).toBe(24);
    expect(stopOf(curve({ ...ended, ended_by: null }))).toBeNull();
    expect(stopOf(curve({ ...ended, ended: false }))).toBeNull();
    expect(stopOf(curve({ ...ended, attempts: 2 }))).toBeNull();
  });
});

describe("a hole", () => {
  it("is what the points leave among the lost steps", () => {
    expect(holeOf(curve(lost(10, 14), { jump: 5 }))).toEqual({ after: 9, from: 10, to: 14 });
    // A tag that had its value of the first lost step written.
    expect(holeOf(curve(lost(9, 14), { jump: 5 }))).toEqual({ after: 9, from: 9, to: 14 });
    expect(holeOf(curve(lost(10, 14), { jump: 5, x: "wall" }))).toEqual({ after: 9, from: 9, to: 15 });
  });

  it("is not where the steps of a loss were written after all, nor before or after all points", () => {
    expect(holeOf(curve(lost(3, 14)))).toBeNull();
    expect(holeOf(curve(lost(100, 200)))).toBeNull();
    expect(holeOf(curve({ lost: { count: 5, steps: null, reason: "" } }))).toBeNull();
    expect(holeOf(curve(lost(10, 14), { jump: 0 }))).toBeNull();
  });
});
