import { describe, expect, it } from "vitest";
import { colorsOf } from "../../src/panels/run-colors";
import { RUN_COLORS } from "../../src/ui/tokens";
import { run } from "../frames";

const runs = ["lr=1/seed0", "lr=1/seed1", "lr=2/seed0", "other"].map((name, id) => run(id, name));
const indices = (options: Parameters<typeof colorsOf>[1]) =>
  [...colorsOf(runs, options, "light").values()].map((color) => RUN_COLORS.light.indexOf(color));

describe("the colours of runs", () => {
  it("are their own", () => {
    expect(indices({ colors: {}, color_by: "" })).toEqual([0, 1, 2, 3]);
    expect(colorsOf(runs, { colors: {}, color_by: "" }, "dark").get("other")).toBe(RUN_COLORS.dark[3]);
  });

  it("are shared by runs whose names have the same groups; a run without them is slate", () => {
    expect(indices({ colors: {}, color_by: "lr=(\\d)" })).toEqual([0, 0, 1, 8]);
    expect(indices({ colors: {}, color_by: "SEED." })).toEqual([0, 1, 0, 8]);
    expect(indices({ colors: {}, color_by: "lr=(" })).toEqual([0, 1, 2, 3]);
  });

  it("are those that a person chose, whatever group a run is in", () => {
    const chosen = { "lr=1/seed1": 5, other: "#123456" };
    expect(indices({ colors: chosen, color_by: "lr=(\\d)" })).toEqual([0, 5, 1, -1]);
    expect(colorsOf(runs, { colors: chosen, color_by: "" }, "dark").get("other")).toBe("#123456");
  });

  it("of a run that is called like what every object has are its own", () => {
    expect(colorsOf([run(2, "constructor")], { colors: {}, color_by: "" }, "light").get("constructor")).toBe(RUN_COLORS.light[2]);
  });
});
