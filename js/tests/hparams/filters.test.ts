import { describe, expect, it } from "vitest";
import { cellKey } from "../../src/hparams/cell";
import { chosenRows, type Filter, hiddenAfter, passes, readFilter } from "../../src/hparams/filters";

describe("a filter", () => {
  it("of a range lets through numbers within it, and nothing else", () => {
    const pass = passes({ kind: "range", from: 1, to: null });
    expect([0, 1, Infinity, NaN, null, undefined, "2"].map(pass)).toEqual([false, true, true, false, false, false, false]);
  });

  it("of a choice lets through those values, of their type", () => {
    const pass = passes({ kind: "choice", only: [cellKey(true), cellKey(undefined), cellKey("1")] });
    expect([true, "true", undefined, null, 1, "1"].map(pass)).toEqual([true, false, true, false, false, true]);
  });

  it("of a text is a regular expression, of which none takes for ever", () => {
    expect(["resnet18", "vit", undefined].map(passes({ kind: "text", pattern: "^res.*\\d$" }))).toEqual([true, false, false]);
    const started = performance.now();
    passes({ kind: "text", pattern: "(a+)+$" })(`${"a".repeat(5000)}b`);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("counts with the others, unless its column has gone", () => {
    const filters: Record<string, Filter> = { lr: { kind: "range", from: 1, to: 2 }, gone: { kind: "range", from: 9, to: null } };
    expect(chosenRows(3, filters, (key) => (key === "lr" ? [0, 1, 2] : null))).toEqual([false, true, true]);
  });

  it("from outside is taken only as far as it is one", () => {
    expect(readFilter({ kind: "range", from: "x", to: 3 })).toEqual({ kind: "range", from: null, to: 3 });
    expect(readFilter({ kind: "choice", only: [1, "a"] })).toEqual({ kind: "choice", only: ["a"] });
    expect(readFilter({ kind: "other" })).toBeUndefined();
  });
});

describe("the hidden runs after a choice of rows", () => {
  it("are those left out, with those that a person hid by name", () => {
    const owners = ["a", "b", "c"];
    const all = [true, true, true];
    const one = [true, false, true];
    expect(hiddenAfter(["c", "elsewhere"], owners, all, one)).toEqual(["c", "elsewhere", "b"]);
    expect(hiddenAfter(["c", "elsewhere", "b"], owners, one, all)).toEqual(["c", "elsewhere"]);
  });

  it("keep a run of which one row is still chosen", () => {
    expect(hiddenAfter([], ["a", "a", "b"], [true, true, true], [false, true, false])).toEqual(["b"]);
  });
});
