import { describe, expect, it } from "vitest";
import { layoutCharts } from "../../src/panels/layout-charts";
import type { LayoutCategory, LayoutChart, Layouts } from "../../src/wire/frame";

const lines = (title: string, ...tags: string[]): LayoutChart => ({ title, tags, margins: [] });
const band = (title: string, ...margins: [string, string, string][]): LayoutChart => ({ title, tags: [], margins });
const category = (title: string, ...charts: LayoutChart[]): LayoutCategory => ({ title, closed: false, charts });
const layouts = (...items: LayoutCategory[][]): Layouts => ({ count: items.length, items });
const tags = ["loss/train", "loss/val", "acc", "low", "high", "x(1)", "__proto__"];

describe("the charts of layouts", () => {
  it("come by category and title, and match tags from their beginning", () => {
    const charts = layoutCharts(tags, layouts([category("losses", lines("both", "loss"), lines("val", ".*/val$", "acc")), category("", lines("none", "oss"))]));
    expect(charts.map(({ category, title, tags }) => [category, title, tags])).toEqual([
      ["losses", "both", ["loss/train", "loss/val"]],
      ["losses", "val", ["loss/val", "acc"]],
      ["", "none", []],
    ]);
  });

  it("have the margins whose tags are all there", () => {
    const [chart] = layoutCharts(tags, layouts([category("c", band("m", ["acc", "low", "high"], ["low", "acc", "nowhere"]))]));
    expect([chart?.tags, chart?.margins]).toEqual([["acc"], [{ tag: "acc", lower: "low", upper: "high" }]]);
  });

  it("of several runs are one list: categories of a title together, what is said twice once", () => {
    const first = [category("c", lines("one", "acc")), category("d", lines("two", "acc"))];
    const second = [category("c", lines("one", "acc"), lines("one", "loss"))];
    const charts = layoutCharts(tags, layouts(first, second));
    expect(charts.map(({ category, title }) => [category, title])).toEqual([
      ["c", "one"],
      ["c", "one"],
      ["d", "two"],
    ]);
    expect(new Set(charts.map(({ id }) => id)).size).toBe(3);
  });

  it("take a tag whose very text a pattern is, a pattern that is none for that alone, and a tag twice once", () => {
    const given = layouts([category("c", lines("t", "x(1)"), lines("u", "acc("), lines("v", "acc", "a.*"), lines("w", "__proto__"))]);
    expect(layoutCharts(tags, given).map(({ tags }) => tags)).toEqual([["x(1)"], [], ["acc"], ["__proto__"]]);
  });

  it("end soon however many patterns there are and whatever they are", () => {
    const many = Array.from({ length: 2000 }, (_, i) => `(a|aa)*(b|bb)*${String(i)}$`);
    const long = Array.from({ length: 300 }, (_, i) => `${"a".repeat(500)}${"b".repeat(500)}${String(i)}!`);
    const effort = { left: 1_000_000 };
    const begin = performance.now();
    const charts = layoutCharts(long, layouts([category("c", lines("t", ...many))]), effort);
    expect(performance.now() - begin).toBeLessThan(5000);
    expect([charts.at(-1)?.tags, effort.left < 0]).toEqual([[], true]);
  });
});
