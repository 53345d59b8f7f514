import { describe, expect, it } from "vitest";
import vectors from "../../../tests/vectors/seeds.json";
import { memberLabel, seedsOf } from "../../src/maths/seeds";

describe("groups of runs", () => {
  it.each(vectors.cases)("agree with Python: $names by $rule", ({ names, rule, groups, given }) => {
    const values = Object.entries<Record<string, string | number | boolean | null>>(given ?? {});
    const known = new Map(values.map(([name, of]) => [name, new Map(Object.entries(of))]));
    expect(seedsOf(names, rule, known).map(({ name, members }) => [name, members])).toEqual(groups);
  });

  it("call a member by what its group's name does not say", () => {
    expect(memberLabel("adam_seed3", "adam")).toBe("seed3");
    expect(memberLabel("seed 3 of adam", "adam")).toBe("seed 3 of adam");
    expect(memberLabel("exp/2", "exp")).toBe("2");
  });
});
