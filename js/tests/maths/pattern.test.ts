import { describe, expect, it } from "vitest";
import vectors from "../../../tests/vectors/patterns.json";
import { finder, matchesBeginning } from "../../src/maths/pattern";

describe("a pattern out of a file", () => {
  it.each(vectors.cases)("matches as Python's re.match does: $pattern", ({ pattern, matches }) => {
    const found = matchesBeginning(pattern)!;
    expect(vectors.texts.filter((text) => found(text))).toEqual(matches);
  });

  it.each(["(", "a)", "[", "[a", "*a", "a**", "a{3,2}", "\\", "[b-a]", "(".repeat(900)])("is none: %j", (pattern) => {
    expect(matchesBeginning(pattern)).toBeNull();
  });

  it.each(["(a)\\1", "(?i)a", "a{1000}", "x".repeat(2000)])(
    "is none that is sure to end soon: %j",
    (pattern) => {
      expect(matchesBeginning(pattern)).toBeNull();
    },
  );

  it.each(["(a+)+$", "(a|a)*$", "(a*)*b", "(a|aa)+$", ".*.*.*.*.*.*.*.*x", "((a{1,20}){1,10})$", "([a-z]+)*[0-9]"])(
    "takes a bounded time over what ties the language's own in knots: %j",
    (pattern) => {
      const matches = matchesBeginning(pattern)!;
      const begin = performance.now();
      expect(matches(`${"a".repeat(3000)}!`)).toBe(false);
      expect(performance.now() - begin).toBeLessThan(3000);
    },
  );

  it("ends where its parts would be too many", () => {
    expect(matchesBeginning("((a{1,200}){1,200}){1,200}")).toBeNull();
    expect(matchesBeginning("(?:(?:(?:(?:(?:){200}){200}){200}){200}){200}")!("")).toBe(true);
  });

  it("matches nothing once the effort that all have together is made", () => {
    const effort = { left: 100 };
    const matches = matchesBeginning("(a|b)*c", effort)!;
    expect([matches("abc"), matches(`${"a".repeat(100)}c`), matches("abc")]).toEqual([true, false, false]);
  });
});

describe("a pattern that a person typed, or a notebook brought", () => {
  it.each(vectors.searches)("finds what Python's re.search finds: $pattern, case ignored: $ignore_case", ({ pattern, ignore_case, found }) => {
    const find = finder(pattern, ignore_case)!;
    const expected = found.map((one) => (one === null ? null : { index: one[0], text: one[1], groups: one[2] }));
    expect(vectors.names.map(find)).toEqual(expected);
  });

  it.each(["(a+)+$", "^(a|a)*$", "(x+x+)+y", "(.*a){12}b", "(?=(a+)+$)b", "(?<=(a+)+)b", "a*a*a*a*a*a*b"])("takes a bounded time: %j", (pattern) => {
    const find = finder(pattern, true)!;
    const begin = performance.now();
    for (let i = 0; i < 100; i++) expect(find(`${"ax".repeat(i)}${"a".repeat(3000)}!`)).toBeNull();
    expect(performance.now() - begin).toBeLessThan(5000);
  });

  it("is not there if it is none, or refers back", () => {
    expect(["(", "[a", "(a)\\1", "a**", "(?<a"].map((pattern) => finder(pattern, true))).toEqual([null, null, null, null, null]);
  });
});
