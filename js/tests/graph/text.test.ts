import { describe, expect, it } from "vitest";
import { headPath, roundedPath } from "../../src/graph/draw/path";
import { plainColor } from "../../src/graph/export";
import { countText, flopsText, kernelText, shapeText, tensorText } from "../../src/graph/facts";
import { cellGrid } from "../../src/graph/layout/measure";
import { elide, textWidth } from "../../src/graph/text";

describe("facts", () => {
  it("writes shapes, types and unknowns", () => {
    expect(shapeText([32, 3, 224, 224])).toBe("32 × 3 × 224 × 224");
    expect(shapeText([])).toBe("scalar");
    expect(shapeText([null, 8])).toBe("? × 8");
    expect(shapeText(null)).toBe("unknown shape");
    expect(tensorText({ shape: [1, 512], dtype: "int64" })).toBe("1 × 512, int64");
    expect(tensorText({ shape: [1, 512], dtype: "bfloat16" })).toBe("1 × 512");
  });

  it("writes counts in three digits", () => {
    expect([11, 480, 9536, 11_689_512, 70_553_706_496, 999_999].map(countText)).toEqual(["11", "480", "9.54k", "11.7M", "70.6B", "1.00M"]);
    expect([40, 3_630_000_000].map(flopsText)).toEqual(["40 FLOPs", "3.63 GFLOPs"]);
  });

  it("reads a kernel and its stride from attributes", () => {
    const conv = (...attrs: [string, string][]): string => kernelText({ key: "c", kind: "module", name: "c", parent: 0, attrs });
    expect(conv(["kernel_size", "(3, 3)"], ["stride", "(2, 2)"])).toBe("3 × 3 / 2");
    expect(conv(["kernel_size", "(3, 3)"], ["stride", "(1, 1)"])).toBe("3 × 3");
    expect(conv(["kernel_size", "7"], ["stride", "2"])).toBe("7 / 2");
    expect(conv(["kernel_size", "<img>"])).toBe("");
  });

  it("draws a tensor's cells to its shape, 16 at most", () => {
    expect(cellGrid([1, 10])).toEqual({ rows: 1, columns: 10 });
    expect(cellGrid([1])).toEqual({ rows: 1, columns: 1 });
    expect(cellGrid([512, 512])).toEqual({ rows: 4, columns: 4 });
    for (const shape of [[64, 3, 7, 7], [1000, 1], [3, 1_000_000], [], [0, 5]]) {
      const { rows, columns } = cellGrid(shape);
      expect(rows * columns).toBeGreaterThan(0);
      expect(rows * columns).toBeLessThanOrEqual(16);
    }
  });
});

describe("text", () => {
  it("elides in the middle to the width that there is", () => {
    const name = "encoder.layers.11.attention.output.dense";
    const short = elide(name, 120, 12);
    expect(textWidth(short, 12)).toBeLessThanOrEqual(120);
    expect(short).toMatch(/^enc.*….*dense$/);
    expect(elide("fc", 120, 12)).toBe("fc");
  });
});

describe("paths", () => {
  it("rounds corners, drops what is on the way, and makes room for the head", () => {
    expect(roundedPath([{ x: 0, y: 0 }, { x: 0, y: 20 }, { x: 0, y: 40 }], 8)).toBe("M0 0L0 32");
    expect(roundedPath([{ x: 0, y: 0 }, { x: 0, y: 100 }, { x: 100, y: 100 }])).toBe("M0 0L0 88Q0 100 12 100L100 100");
    expect(headPath([{ x: 0, y: 0 }, { x: 0, y: 40 }], 2)).toMatch(/^M0 40L-?4 33\.9L-?4 33\.9Z$/);
  });
});

describe("export", () => {
  it("writes mixed colours as editors of SVG read them", () => {
    expect(plainColor("color(srgb 1 0.5 0)")).toBe("rgb(255, 128, 0)");
    expect(plainColor("color(srgb 1 0.5 0 / 0.4)")).toBe("rgba(255, 128, 0, 0.4)");
    expect(plainColor("rgb(1, 2, 3)")).toBe("rgb(1, 2, 3)");
  });
});
