import { describe, expect, it } from "vitest";
import type { Cell } from "../../src/hparams/cell";
import { type Given, rowsOf } from "../../src/hparams/rows";
import { run } from "../frames";

const given = (values: Record<string, Cell>, metrics: string[] = []): Given => ({ values: new Map(Object.entries(values)), metrics });

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
});
