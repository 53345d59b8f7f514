import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clock, startClock } from "../../src/ui/clock";

describe("the page's clock", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("ticks a few times a second while a view is there", () => {
    const stops = [startClock(), startClock()];
    const begin = clock.value;
    stops[0]!();
    vi.advanceTimersByTime(1000);
    expect(clock.value - begin).toBe(1000);
    stops[1]!();
    vi.advanceTimersByTime(1000);
    expect(clock.value - begin).toBe(1000);
  });

  it("after the page was held up waits a tick, so that what came meanwhile is heard first", () => {
    const stop = startClock();
    const begin = clock.value;
    const now = vi.spyOn(performance, "now").mockReturnValue(begin + 9000);
    vi.advanceTimersByTime(250);
    expect(clock.value).toBe(begin);
    now.mockReturnValue(begin + 9250);
    vi.advanceTimersByTime(250);
    expect(clock.value).toBe(begin + 9250);
    now.mockRestore();
    stop();
  });
});
