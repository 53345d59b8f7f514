import { describe, expect, it } from "vitest";
import { type Cell, cellKey, cellText, columnTexts, distinct, kindOf, sortedBy } from "../../src/hparams/cell";

describe("a value", () => {
  it("is shown as what it is: None, truth values and what is missing differ", () => {
    const cells: Cell[] = [null, true, false, undefined, "", "adam", 0.001, 1e-5, 128, 65_536, -3, NaN, -Infinity, "a\u202eb"];
    expect(cells.map(cellText)).toEqual(
      ["None", "true", "false", "–", "", "adam", "0.001", "1e−5", "128", "65536", "−3", "NaN", "−∞", "a\\u202eb"],
    );
  });

  it("has a key of its own among values of all types", () => {
    const cells: Cell[] = [null, "null", true, "true", 1, "1", undefined, "", NaN, "NaN"];
    expect(new Set(cells.map(cellKey)).size).toBe(cells.length);
  });
});

describe("a column", () => {
  it("is of numbers where all that is there are numbers", () => {
    expect(kindOf([1, null, undefined, NaN])).toBe("number");
    expect(kindOf([1, "auto"])).toBe("choice");
    expect(kindOf([true, 1])).toBe("choice");
    expect(kindOf([null, undefined])).toBe("choice");
  });

  it("of differing types is sorted by type, then value, what is missing last either way", () => {
    const cells: Cell[] = ["b10", undefined, true, 2, "b9", null, NaN, 10, false];
    const sorted = (down: boolean) => sortedBy(cells, down).map((i) => cellText(cells[i]));
    expect(sorted(false)).toEqual(["2", "10", "NaN", "b9", "b10", "false", "true", "None", "–"]);
    expect(sorted(true)).toEqual(["None", "true", "false", "b10", "b9", "NaN", "10", "2", "–"]);
  });

  it("leaves equal rows as they stood, in both directions", () => {
    expect(sortedBy([1, 0, 1, 0], true)).toEqual([0, 2, 1, 3]);
  });

  it("tells its different values in order", () => {
    expect(distinct([2, 1, 2, undefined, null, "x"])).toEqual([1, 2, "x", null]);
  });

  it("gives measured numbers the digits that tell them apart", () => {
    expect(columnTexts([0.12341, 0.12342, undefined, NaN], true)).toEqual(["0.12341", "0.12342", "–", "NaN"]);
  });
});
