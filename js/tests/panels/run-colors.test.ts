import { describe, expect, it } from "vitest";
import cases from "../../../tests/vectors/run-colors.json";
import { colorsOf } from "../../src/panels/run-colors";
import { RUN_COLORS, runColor } from "../../src/ui/tokens";
import { run } from "../frames";

describe("the colours of runs", () => {
  it.each(cases)("are as Python chooses them: $name", ({ runs, color_by, colors, expected }) => {
    for (const theme of ["light", "dark"] as const) {
      const found = colorsOf(runs.map((name, id) => run(id, name)), { color_by, colors: colors }, theme);
      expect([...found.values()]).toEqual(expected.map((one) => (typeof one === "string" ? one : runColor(theme, one))));
    }
  });

  it("of a run that is called like what every object has are its own", () => {
    expect(colorsOf([run(2, "constructor")], { colors: {}, color_by: "" }, "light").get("constructor")).toBe(RUN_COLORS.light[2]);
  });
});
