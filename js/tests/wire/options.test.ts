import { describe, expect, it } from "vitest";
import { DEFAULT_OPTIONS, readOptions } from "../../src/wire/options";

describe("options from outside", () => {
  it("have a default where they are missing or of a wrong kind", () => {
    const wrong = { x: "", charts: [7, {}], hidden: [1], height: -3, tooltip_sort: "time", colors: { a: "red", b: -1, c: "url(//e)" }, ui: 7 };
    expect(readOptions({ smoothing: "much", ...wrong })).toEqual({
      ...DEFAULT_OPTIONS,
      ui: DEFAULT_OPTIONS.ui,
    });
  });

  it("keep what is right", () => {
    const given = {
      panel: "graph", smoothing: 0.9, x: "wall", log_y: true, log_x: true, outliers: false, tags: "loss", hidden: ["a"], height: 300,
      groups: "seeds", average: "median", band: "minmax", members: true,
      baseline: "a", compare: "ratio", charts: [{ title: "both", tags: ["a", "b"] }],
      tooltip_sort: "name", pins: ["val/loss"], card_width: 400,
      runs: "seed", colors: { a: 3, b: "#12aB9f" }, color_by: "(lr)", attempts: "newest",
      ui: {
        zoom: { loss: { x: [1, 2], y: null } }, open: { ".": ["net/0"] }, collapsed: ["train"],
        size: { loss: "large" }, log: { loss: false }, selection: { axis: "step", from: 2, to: 5 },
        graph: { run: "a", name: "model keras", colour: "flops", table: true },
        step: 40, panels: { images: { zoom: 2 } },
      },
    };
    expect(readOptions(given)).toEqual(given);
  });

  it("take any tag as a key, and pollute nothing", () => {
    const text = '{"zoom": {"__proto__": {"x": [1, 2], "y": null}, "constructor": {"x": null, "y": [0, 1]}}}';
    const { ui } = readOptions({ ui: JSON.parse(text) as unknown });
    expect(Object.keys(ui.zoom)).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it("limit smoothing to 0.999", () => {
    expect(readOptions({ smoothing: 1 }).smoothing).toBe(0.999);
  });
});
