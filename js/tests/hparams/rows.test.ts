import { describe, expect, it } from "vitest";
import type { Value } from "../../src/hparams/cell";
import { type Given, givenByName, rowsOf } from "../../src/hparams/rows";
import { run } from "../frames";

const given = (values: Record<string, Value>, metrics: string[] = []): Given => ({ values: new Map(Object.entries(values)), metrics });

describe("rows", () => {
  it("are the runs that are listed; one that says nothing has a row of its own", () => {
    const runs = [run(0, "a"), run(1, "b")];
    const rows = rowsOf(runs, runs, new Map([[1, given({ lr: 1 })]]), ({ name }) => name);
    expect(rows.map(({ label, values }) => [label, [...values]])).toEqual([["a", []], ["b", [["lr", 1]]]]);
  });

  it("take what add_hparams wrote beside a run for the run's, its metrics with them", () => {
    const runs = [run(0, "a"), run(1, "a/17.5", { parent: 0 }), run(2, "a/loss_x", { parent: 0 })];
    const rows = rowsOf([runs[0]!], runs, new Map([[1, given({ lr: 1 })]]), ({ name }) => name);
    expect(rows.map(({ label, sources }) => [label, sources])).toEqual([["a", [1, 0, 2]]]);
    expect(rows[0]!.values.get("lr")).toBe(1);
  });

  it("are one a session where a run has several", () => {
    const runs = [run(0, "a"), run(1, "a/1", { parent: 0 }), run(2, "a/2", { parent: 0 })];
    const rows = rowsOf([runs[0]!], runs, new Map([[1, given({ lr: 1 })], [2, given({ lr: 2 })]]), ({ name }) => name);
    expect(rows.map(({ label, run: owner, sources }) => [label, owner.name, sources])).toEqual([
      ["a · 1", "a", [1]],
      ["a · 2", "a", [2]],
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(2);
  });

  it("are called after the time of day where they are named by their moment", () => {
    const moment = new Date(2026, 4, 3, 14, 5, 9).getTime() / 1000;
    const names = [".", `${moment}.0708321`, `${moment}.07`, "17.5"];
    const runs = names.map((name, id) => run(id, name, id > 0 ? { parent: 0 } : {}));
    const rows = rowsOf([runs[0]!], runs, new Map([1, 2, 3].map((id) => [id, given({ lr: id })])), () => "logs");
    expect(rows.map(({ label }) => label.replace(/ · .*(?=14:)/, " · "))).toEqual(["logs · 14:05:09.0708", "logs · 14:05:09.0700", "logs · 17.5"]);
  });
});

describe("what a run was given", () => {
  it("stands in it or in its one session, and nowhere where there are several, or nothing is told any more", () => {
    const runs = [run(0, "a"), run(1, "a/1", { parent: 0 }), run(2, "b"), run(3, "c"), run(4, "c/1", { parent: 3 }), run(5, "c/2", { parent: 3 }), run(6, "d")];
    const told = new Map([[1, given({ lr: 1 })], [2, given({ lr: 2 })], [4, given({ lr: 3 })], [5, given({ lr: 4 })], [6, given({})]]);
    expect([...givenByName(runs, told)].map(([name, values]) => [name, values.get("lr")])).toEqual([["a", 1], ["b", 2]]);
  });
});
