import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OptionState } from "../../src/store/options";
import { FakeSource } from "../frames";

describe("options", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("that change at every frame are saved a few times a second, the last value surely", () => {
    const source = new FakeSource();
    const options = new OptionState(source);
    for (const weight of [0.1, 0.2, 0.3]) options.set("smoothing", weight);
    expect([options.get("smoothing"), source.kept]).toEqual([0.3, []]);
    vi.advanceTimersByTime(200);
    expect(source.kept).toEqual([{ smoothing: 0.3 }]);
  });

  it("follow Python, but not while a newer value of this page waits to be saved", () => {
    const source = new FakeSource();
    const options = new OptionState(source);
    source.change({ smoothing: 0.9, x: "wall" });
    expect([options.get("smoothing"), options.get("x")]).toEqual([0.9, "wall"]);
    options.set("smoothing", 0.5);
    source.change({ smoothing: 0.9 });
    expect(options.get("smoothing")).toBe(0.5);
  });

  it("are saved at once when the view goes", () => {
    const source = new FakeSource();
    const options = new OptionState(source);
    options.set("hidden", ["a"]);
    options.flush();
    vi.advanceTimersByTime(500);
    expect(source.kept).toEqual([{ hidden: ["a"] }]);
  });
});
