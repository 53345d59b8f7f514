import { describe, expect, it } from "vitest";
import { columnsIn, groupByPrefix, matcher } from "../../src/panels/groups";

const titles = (tags: string[]) => groupByPrefix(tags.map((tag) => ({ tag }))).map(({ name, cards }) => [name, cards.map(({ title }) => title)]);

describe("groups of cards", () => {
  it("are of one prefix each, in the order of their first tags", () => {
    expect(titles(["train/loss", "val/loss", "train/a/b", "lr"])).toEqual([
      ["train", ["loss", "a/b"]],
      ["val", ["loss"]],
      ["", ["lr"]],
    ]);
  });

  it("are one without a name where no prefix is shared", () => {
    expect(titles(["train/loss", "val/accuracy"])).toEqual([["", ["train/loss", "val/accuracy"]]]);
    expect(titles(["data/sin"])).toEqual([["", ["data/sin"]]]);
    expect(titles([])).toEqual([]);
  });

  it("never leave a card without a title", () => {
    expect(titles(["/x", "a/", "a/b"])).toEqual([["", ["/x"]], ["a", ["a/", "b"]]]);
  });

  it("may be called anything", () => {
    expect(titles(["__proto__/a", "__proto__/b"])).toEqual([["__proto__", ["a", "b"]]]);
  });
});

describe("a filter", () => {
  it("is a regular expression, or plain text where it is none", () => {
    expect(["train/loss", "val/acc", "x"].filter(matcher("LOSS|acc"))).toEqual(["train/loss", "val/acc"]);
    expect(["f(x)", "fx"].filter(matcher("f(x"))).toEqual(["f(x)"]);
    expect(["a", "b"].filter(matcher(""))).toEqual(["a", "b"]);
  });
});

describe("columns", () => {
  it.each([[420, 1], [519, 1], [520, 2], [760, 3], [900, 3], [1200, 4]])("in %i px: %i", (width, columns) => {
    expect(columnsIn(width)).toBe(columns);
  });
});
