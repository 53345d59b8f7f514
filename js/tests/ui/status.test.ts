import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { statusDetails, statusOf, type StatusFacts } from "../../src/ui/status-words";
import { run } from "../frames";

const facts = (more: Partial<StatusFacts> = {}): StatusFacts => ({
  log: { path: "logs/cifar10", state: "ok", files: 1, read: 10, total: 10, interval: 2 },
  runs: [run(0, "a")],
  saved: null,
  closed: false,
  ended: false,
  partial: false,
  held: 10,
  coming: 0,
  leftOut: {},
  silent: false,
  heard: 0.1,
  looked: 0.8,
  point: 0.42,
  lastPoint: new Date(),
  ...more,
});
beforeEach(() => vi.useFakeTimers({ now: new Date(2026, 10, 24, 14, 2, 30) }));
afterEach(() => vi.useRealTimers());

const log = (more: Partial<StatusFacts["log"]>) => ({ log: { ...facts().log, ...more } });

describe("the status", () => {
  it.each<[string, Partial<StatusFacts>, string, string]>([
    ["live", {}, "live", "live · 0.4 s ago"],
    ["nothing new for long", { point: 310 }, "waiting", "no data for 5 min"],
    ["no folder", { ...log({ state: "missing" }), runs: [], point: null }, "waiting", "waiting for logs/cifar10"],
    ["an empty folder", { ...log({ state: "empty" }), runs: [], point: null }, "waiting", "no runs yet · looked 0.8 s ago"],
    ["silence", { heard: 12, silent: true }, "silent", "kernel silent 12 s"],
    ["silence of a kernel whose runs have ended", { heard: 12, silent: true, runs: [run(0, "a", { ended: true })] }, "silent", "kernel silent 12 s"],
    ["a closed comm", { closed: true, heard: 3600 }, "gone", "kernel gone · last heard 13:02"],
    ["a comm closed before it said anything", { closed: true, heard: null }, "gone", "kernel gone"],
    ["a view closed in Python", { ended: true }, "gone", "view closed"],
    ["a large folder", log({ read: 212e6, total: 640e6 }), "loading", "loading 212 of 640 MB · 1 run"],
    ["old points on their way", { held: 3.2e6, coming: 4.8e6, runs: [run(0, "a", { ended: true })] }, "loading", "3.2M of 8M points"],
    ["old points on their way beside a live run", { held: 3.2e6, coming: 4.8e6 }, "live", "live · 0.4 s ago · 3.2M of 8M points"],
    ["a few points on their way", { held: 3.2e6, coming: 99_000 }, "live", "live · 0.4 s ago"],
    ["a person's interrupt", { runs: [run(0, "a", { ended: true, ended_by: "KeyboardInterrupt", last_step: 312 })] }, "ended", "ended by KeyboardInterrupt at step 312"],
    ["before the first message", { heard: null, point: null }, "loading", "waiting for the kernel"],
  ])("of %s", (_name, more, state, words) => {
    expect(statusOf(facts(more))).toMatchObject({ state, words });
  });

  it("says ended only when all runs have", () => {
    const runs = [run(0, "a", { ended: true }), run(1, "b")];
    expect(statusOf(facts({ runs })).state).toBe("live");
    expect(statusOf(facts({ runs: runs.slice(0, 1) })).state).toBe("ended");
  });

  it("of a saved view has the time and no word of a kernel", () => {
    const { state, words } = statusOf(facts({ saved: new Date(), heard: null, closed: true }));
    expect(state).toBe("saved");
    expect(words).toMatch(/^saved \d\d:\d\d$/);
  });

  it("of a saved view says what it lacks", () => {
    const words = (more: Partial<StatusFacts>) => statusOf(facts({ saved: new Date(), ...more })).words;
    expect(words({ partial: true })).toMatch(/ · partial$/);
    expect(words({ partial: true, leftOut: { tags: 1 } })).toMatch(/\d · 1 tag left out$/);
    expect(words({ partial: true, leftOut: { runs: 9700, tags: 2, graphs: 1 } })).toMatch(/ · 9\u202f700 runs, 2 tags, 1 graph left out$/);
    expect(words({ partial: true, leftOut: { tags: 1200 } })).toMatch(/ · 1\u202f200 tags left out$/);
    expect(words({ leftOut: { media: 90, series: { images: 3, texts: 1 } } })).toMatch(/ · 4 series left out$/);
    expect(words({ leftOut: { media: 90 } })).toMatch(/^saved \d\d:\d\d$/);
  });
});

describe("the status in full", () => {
  it("gives both ages, whatever the state", () => {
    expect(statusDetails(facts({ heard: 0, point: 310 }))).toEqual(["logs/cifar10", "Kernel heard 0 s ago, at 14:02.", "Last point 5 min ago."]);
    expect(statusDetails(facts({ heard: null, point: null })).slice(1)).toEqual(["Nothing heard from the kernel yet.", "No point so far."]);
    expect(statusDetails(facts({ closed: true, point: 7200 })).slice(2)).toEqual(["Last point 2 h ago.", expect.stringContaining("kernel is gone")]);
    expect(statusDetails(facts({ saved: new Date(), leftOut: { tags: 7 } })).slice(1)).toEqual([
      "Saved 14:02.",
      "Last point 14:02.",
      "7 tags did not fit into what was saved.",
    ]);
  });
});
