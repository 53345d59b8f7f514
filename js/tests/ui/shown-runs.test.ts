import { describe, expect, it } from "vitest";
import { solo, toggled } from "../../src/ui/shown-runs";

const all = ["a", "b", "c"];

describe("runs that show", () => {
  it("a click hides, another brings back", () => {
    expect(toggled([], "a")).toEqual(["a"]);
    expect(toggled(["a", "b"], "a")).toEqual(["b"]);
  });

  it("a double click shows one alone, another all", () => {
    expect(solo(all, [], "b")).toEqual(["a", "c"]);
    expect(solo(all, ["b"], "b")).toEqual(["a", "c"]);
    expect(solo(all, ["a", "c"], "b")).toEqual([]);
  });
});
