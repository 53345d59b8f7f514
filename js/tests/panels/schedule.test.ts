import { beforeEach, expect, it, vi } from "vitest";
import { cancel, schedule, SLICE, WHOLE_FRAME } from "../../src/panels/schedule";

let frames: (() => void)[] = [];
const frame = () => {
  const now = frames;
  frames = [];
  for (const run of now) run();
};

beforeEach(() => {
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (run: () => void) => frames.push(run));
});

it("draws three charts a frame, and all of them in the end", () => {
  const done: number[] = [];
  for (let i = 0; i < 7; i++) schedule({ i }, () => done.push(i));
  const counts = [frame, frame, frame].map((next) => (next(), done.length));
  expect(counts).toEqual([3, 6, 7]);
  expect(frames).toEqual([]);
});

it("does the newest of what is asked for one chart, once", () => {
  const key = {};
  const done: string[] = [];
  schedule(key, () => done.push("old"));
  schedule(key, () => done.push("new"));
  frame();
  expect(done).toEqual(["new"]);
});

it("gives a new chart a frame for itself", () => {
  const done: string[] = [];
  schedule({}, () => done.push("redraw"));
  schedule({}, () => done.push("mount"), WHOLE_FRAME);
  schedule({}, () => done.push("after"));
  frame();
  expect(done).toEqual(["redraw"]);
  frame();
  expect(done).toEqual(["redraw", "mount"]);
  frame();
  expect(done).toEqual(["redraw", "mount", "after"]);
});

it("goes on after a chart that cannot be drawn, and leaves out one that is gone", () => {
  vi.stubGlobal("reportError", vi.fn());
  const done: string[] = [];
  const gone = {};
  schedule({}, () => {
    throw new Error("broken");
  });
  schedule(gone, () => done.push("gone"));
  schedule({}, () => done.push("next"));
  cancel(gone);
  frame();
  expect(done).toEqual(["next"]);
  expect(reportError).toHaveBeenCalledOnce();
});

it("lets long work go on in frames in which nothing else is drawn, and tells it when to give way", () => {
  const done: string[] = [];
  const slices = (until: number) => {
    done.push("slice");
    expect(until).toBeGreaterThan(0);
    expect(until).toBeLessThan(performance.now() + 17);
    if (done.length < 5) schedule(slices, slices, SLICE);
  };
  schedule(slices, slices, SLICE);
  for (const name of ["one", "two"]) schedule({ name }, () => done.push(name));
  schedule({}, () => done.push("hover"), 0);
  frame();
  expect(done).toEqual(["one", "two", "hover"]);
  schedule({}, () => done.push("hover"), 0);
  frame();
  expect(done).toEqual(["one", "two", "hover", "hover", "slice"]);
  expect(frames).toEqual([]);
});
