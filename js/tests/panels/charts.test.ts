import { describe, expect, it } from "vitest";
import { chartsOf, listedRuns, type ChartOf, type TagRuns } from "../../src/panels/charts";
import type { LayoutCategory, LayoutChart, Layouts, RunInfo } from "../../src/wire/frame";
import { run } from "../frames";

const NONE: Layouts = { count: 0, items: [] };
const lines = (title: string, ...tags: string[]): LayoutChart => ({ title, tags, margins: [] });
const band = (title: string, ...margins: [string, string, string][]): LayoutChart => ({ title, tags: [], margins });
const category = (title: string, ...charts: LayoutChart[]): LayoutCategory => ({ title, closed: false, charts });
const layouts = (...items: LayoutCategory[][]): Layouts => ({ count: items.length, items });
/** Tags and the runs that have them. */
const tagged = (having: Record<string, number[]>): TagRuns[] =>
  Object.entries(having).map(([tag, ids]) => ({ tag, series: ids.map((id) => ({ run: id })) }));
const child = (id: number, parent: number, tag: string, key: string): RunInfo =>
  run(id, `${parent}/${tag}_${key}`, { parent, keys: [[tag, key]] });
const labels = (chart: ChartOf | undefined): string[] | undefined => chart?.lines.map(({ label }) => label);

describe("the charts of tags", () => {
  it("are one a tag, grouped by prefix, with the runs that have it as lines", () => {
    const charts = chartsOf([run(0, "a"), run(1, "b")], tagged({ "loss/train": [0, 1], "loss/val": [1], lr: [0] }), NONE);
    expect(charts.map(({ group, title, tag }) => [group, title, tag])).toEqual([
      ["loss", "train", "loss/train"],
      ["loss", "val", "loss/val"],
      ["", "lr", "lr"],
    ]);
    expect(charts.map(labels)).toEqual([["a", "b"], ["b"], ["a"]]);
  });

  it("have the keys of add_scalars as lines of the run above, which alone is in the list", () => {
    const runs = [run(0, "seed"), child(1, 0, "loss", "train"), child(2, 0, "loss", "val")];
    const [chart] = chartsOf(runs, tagged({ loss: [1, 2] }), NONE);
    expect(chart?.lines).toEqual([
      { run: 1, tag: "loss", owner: 0, key: "train", label: "train" },
      { run: 2, tag: "loss", owner: 0, key: "val", label: "val" },
    ]);
    expect(listedRuns(runs).map(({ name }) => name)).toEqual(["seed"]);
  });

  it("name run and key where both differ, and the run's own curve beside its keys", () => {
    const runs = [run(0, "one"), run(1, "two"), child(2, 0, "loss", "a"), child(3, 1, "loss", "a"), child(4, 1, "loss", "b")];
    expect(labels(chartsOf(runs, tagged({ loss: [0, 2, 3, 4] }), NONE)[0])).toEqual(["one", "one · a", "two · a", "two · b"]);
    expect(labels(chartsOf(runs, tagged({ loss: [0, 2] }), NONE)[0])).toEqual(["one", "a"]);
    expect(labels(chartsOf(runs, tagged({ loss: [2] }), NONE)[0])).toEqual(["a"]);
  });

  it("keep a part whose run is not there as a run of its own, and leave out a run that is unknown", () => {
    const orphan = run(5, "seed/loss_a", { parent: 4, keys: [["loss", "a"]] });
    const [chart] = chartsOf([orphan], tagged({ loss: [5, 6] }), NONE);
    expect(chart?.lines).toEqual([{ run: 5, tag: "loss", owner: 5, key: null, label: "seed/loss_a" }]);
    expect(listedRuns([orphan])).toEqual([orphan]);
  });

  it("take any text for a tag or key", () => {
    const odd = run(1, "x", { parent: 0, keys: [["__proto__", "constructor"]] });
    const tags = [{ tag: "__proto__", series: [{ run: 1 }] }];
    expect(chartsOf([run(0, "."), odd], tags, NONE, () => "logs")[0]?.lines[0]).toMatchObject({ key: "constructor", label: "constructor" });
  });
});

describe("the charts of layouts", () => {
  const runs = [run(0, "a"), run(1, "b"), run(2, "c")];
  const tags = tagged({ "loss/train": [0, 1], "loss/val": [1], acc: [0], low: [0, 1], high: [0], "x(1)": [2] });
  const custom = (given: Layouts) => chartsOf(runs, tags, given).filter((chart) => chart.custom);

  it("come behind those of the tags, by category and title, and match tags from their beginning", () => {
    const given = layouts([category("losses", lines("both", "loss"), lines("val", ".*/val$", "acc")), category("", lines("none", "oss"))]);
    expect(custom(given).map(({ group, title }) => [group, title])).toEqual([
      ["losses", "both"],
      ["losses", "val"],
      ["", "none"],
    ]);
    expect(custom(given).map(labels)).toEqual([["a · loss/train", "b · loss/train", "b · loss/val"], ["b · loss/val", "a · acc"], []]);
    expect(chartsOf(runs, tags, given).findIndex((chart) => chart.custom)).toBe(tags.length);
  });

  it("leave out the runs without their tags, and of a margin chart those without a bound", () => {
    const [chart] = custom(layouts([category("c", band("m", ["acc", "low", "high"], ["low", "acc", "nowhere"]))]));
    expect(chart?.margins).toEqual([{ run: 0, tag: "acc", owner: 0, key: null, label: "a", lower: "low", upper: "high" }]);
    expect(chart?.lines).toEqual([]);
  });

  it("of several runs are one list: categories of a title together, what is said twice once", () => {
    const first = [category("c", lines("one", "acc")), category("d", lines("two", "acc"))];
    const second = [category("c", lines("one", "acc"), lines("one", "loss"))];
    expect(custom(layouts(first, second)).map(({ group, title }) => [group, title])).toEqual([
      ["c", "one"],
      ["c", "one"],
      ["d", "two"],
    ]);
    expect(new Set(custom(layouts(first, second)).map(({ id }) => id)).size).toBe(3);
  });

  it("take a tag whose very text a pattern is, and a pattern that is none for that alone", () => {
    expect(custom(layouts([category("c", lines("t", "x(1)"), lines("u", "acc("))])).map(labels)).toEqual([["c"], []]);
  });

  it("end soon however many patterns there are and whatever they are", () => {
    const many = Array.from({ length: 2000 }, (_, i) => `(a|aa)*(b|bb)*${String(i)}$`);
    const long = tagged(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${"a".repeat(500)}${"b".repeat(500)}${String(i)}!`, [0]])));
    const effort = { left: 1_000_000 };
    const begin = performance.now();
    const charts = chartsOf(runs, long, layouts([category("c", lines("t", ...many))]), undefined, effort);
    expect(performance.now() - begin).toBeLessThan(5000);
    expect([charts.at(-1)?.lines, effort.left < 0]).toEqual([[], true]);
  });
});
