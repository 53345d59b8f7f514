import { describe, expect, it } from "vitest";
import { listedRuns, solo, toggled } from "../../src/ui/shown-runs";
import { run } from "../frames";

const all = ["a", "b", "c"];

describe("runs that show", () => {
  it("a click hides, another brings back", () => {
    expect(toggled([], ["a"])).toEqual(["a"]);
    expect(toggled(["a", "b"], ["a"])).toEqual(["b"]);
  });

  it("a double click shows one alone, another all", () => {
    expect(solo(all, [], ["b"])).toEqual(["a", "c"]);
    expect(solo(all, ["b"], ["b"])).toEqual(["a", "c"]);
    expect(solo(all, ["a", "c"], ["b"])).toEqual([]);
  });

  it("a group goes and comes as a whole", () => {
    expect(toggled(["c"], ["a", "b"])).toEqual(["c", "a", "b"]);
    expect(toggled(["a"], ["a", "b"])).toEqual(["a", "b"]);
    expect(toggled(["a", "b", "c"], ["a", "b"])).toEqual(["c"]);
    expect(solo(all, ["a"], ["a", "b"])).toEqual(["c"]);
    expect(solo(all, ["c"], ["a", "b"])).toEqual([]);
  });
});

describe("the list", () => {
  it("has no parts of a run that is there, such as the keys of add_scalars", () => {
    const runs = [run(0, "seed"), run(1, "seed/loss_a", { parent: 0 }), run(2, "other/loss_a", { parent: 9 })];
    expect(listedRuns(runs).map(({ name }) => name)).toEqual(["seed", "other/loss_a"]);
  });
});
