import { describe, expect, it } from "vitest";
import { statusOf, type StatusFacts } from "../../src/ui/status-words";
import { run } from "../frames";

const facts = (more: Partial<StatusFacts> = {}): StatusFacts => ({
  log: { path: "logs/cifar10", state: "ok", files: 1, read: 10, total: 10, interval: 2 },
  runs: [run(0, "a")],
  saved: null,
  closed: false,
  ended: false,
  partial: false,
  silent: false,
  heard: 0.1,
  point: 0.42,
  ...more,
});
const log = (more: Partial<StatusFacts["log"]>) => ({ log: { ...facts().log, ...more } });

describe("the status", () => {
  it.each<[string, Partial<StatusFacts>, string, string]>([
    ["live", {}, "live", "live · 0.4 s ago"],
    ["nothing new for long", { point: 310 }, "waiting", "no data for 5 min"],
    ["no folder", { ...log({ state: "missing" }), runs: [], point: null }, "waiting", "waiting for logs/cifar10"],
    ["an empty folder", { ...log({ state: "empty" }), runs: [], point: null }, "waiting", "no runs yet · looked 0.1 s ago"],
    ["silence", { heard: 12, silent: true }, "silent", "kernel silent 12 s"],
    ["silence of a kernel whose runs have ended", { heard: 12, silent: true, runs: [run(0, "a", { ended: true })] }, "silent", "kernel silent 12 s"],
    ["a closed comm", { closed: true }, "gone", "kernel gone"],
    ["a view closed in Python", { ended: true }, "gone", "view closed"],
    ["a large folder", log({ read: 212e6, total: 640e6 }), "loading", "loading 212 of 640 MB · 1 run"],
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
});
