import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Store } from "../../src/store/store";
import { FakeSource, frame, run } from "../frames";

describe("the ages of what is shown", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("count on the browser's clock, whatever the kernel's says", () => {
    const source = new FakeSource();
    const { liveness } = new Store(source);
    expect(liveness.heardAge(performance.now())).toBeNull();
    // The kernel's clock: 5 s after the newest event. It may be years off ours.
    source.send(frame("key", 1, [], { now: 1005, runs: [run(0, "a", { last: 1000 })] }));
    vi.advanceTimersByTime(3000);
    expect(liveness.heardAge(performance.now())).toBeCloseTo(3, 1);
    expect(liveness.pointAge(performance.now())).toBeCloseTo(8, 1);
    source.send([{ type: "beat", now: 1008, stream: "s", seq: 1, busy: false }]);
    expect(liveness.heardAge(performance.now())).toBeCloseTo(0, 1);
    expect(liveness.pointAge(performance.now())).toBeCloseTo(8, 1);
  });

  it("a closed view is open again when the kernel speaks", () => {
    const source = new FakeSource();
    const { liveness } = new Store(source);
    source.close();
    expect(liveness.closed.value).toBe(true);
    source.send(frame("key", 1, []));
    expect(liveness.closed.value).toBe(false);
  });

  it("call the kernel silent when the message that the last one promised is long overdue", () => {
    const source = new FakeSource();
    const { liveness } = new Store(source);
    const silentAfter = (seconds: number) => liveness.silent(performance.now() + seconds * 1000);
    expect(silentAfter(100)).toBe(false);
    source.send([{ type: "beat", now: 1000, next: 0.8, stream: "s", seq: 0, busy: true }]);
    expect([silentAfter(1.9), silentAfter(2.1)]).toEqual([false, true]);
    source.send([{ type: "beat", now: 1001, next: 2, stream: "s", seq: 0, busy: false }]);
    expect([silentAfter(4.9), silentAfter(5.1)]).toEqual([false, true]);
  });

  it("tell when the folder was looked at, which is not when the kernel was heard", () => {
    const source = new FakeSource();
    const store = new Store(source);
    source.send(frame("key", 1, []));
    vi.advanceTimersByTime(1000);
    expect(store.liveness.lookAge(performance.now())).toBeCloseTo(1, 1);
    source.send([{ type: "beat", now: 1001, stream: "s", seq: 1, busy: false, interval: 5, looked: 3 }]);
    expect(store.liveness.lookAge(performance.now())).toBeCloseTo(3, 1);
    expect(store.log.value.interval).toBe(5);
  });
});
