import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { now } from "../../src/store/now";

describe("the clock of ages", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("counts the hours in which a laptop was closed, and no correction of its wall clock", () => {
    const begin = now();
    vi.advanceTimersByTime(1000);
    expect(now() - begin).toBe(1000);
    vi.setSystemTime(Date.now() + 3_600_000);
    expect(now() - begin).toBe(3_601_000);
    vi.setSystemTime(Date.now() - 5_000_000);
    expect(now() - begin).toBe(3_601_000);
    vi.setSystemTime(Date.now() + 2_000);
    vi.advanceTimersByTime(1000);
    expect(now() - begin).toBe(3_602_000);
  });
});
