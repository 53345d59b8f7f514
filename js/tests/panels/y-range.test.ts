import { describe, expect, it } from "vitest";
import { readRange } from "../../src/panels/y-range";

describe("a y range that is typed", () => {
  it("is automatic where both ends are empty, and an empty end stays where it is", () => {
    expect(readRange("", " ", [1, 2], false)).toEqual({ range: null });
    expect(readRange("0.5", "", [1, 2], false)).toEqual({ range: [0.5, 2] });
    expect(readRange("", "3e-4", [-1, 2], false)).toEqual({ range: [-1, 3e-4] });
  });

  it("says what is wrong with it", () => {
    expect(readRange("a", "1", [1, 2], false)).toEqual({ wrong: "Both ends are numbers, like 0.25 or 3e-4." });
    expect(readRange("3", "", [1, 2], false)).toEqual({ wrong: "From 3 is not below to 2." });
    expect(readRange("0", "1", [1, 2], true)).toEqual({ wrong: "A logarithmic axis begins above 0." });
  });
});
