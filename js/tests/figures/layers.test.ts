import { describe, expect, it } from "vitest";
import { layersOf, presenceOf, thinned } from "../../src/figures/layers";
import { series } from "../histograms/made";
import { run } from "../frames";

describe("what of a tag is drawn", () => {
  const old = series([0, 10], { run: 1, attempt: 0 });
  const tag = { tag: "w", series: [series([0, 10, 20]), old, series([5], { run: 1, attempt: 1 }), series([], { run: 2 })] };
  const runs = [run(0, "a"), run(1, "b", { attempts: 2 }), run(2, "c")];

  it("are the series of shown runs that have a record, older attempts told", () => {
    const layers = layersOf(tag as never, (id) => (id === 0 ? undefined : runs[id]));
    expect(layers.map(({ run: { name }, series: { attempt }, older }) => [name, attempt, older])).toEqual([["b", 0, true], ["b", 1, false]]);
  });

  it("tells what is here, and what no saved view has", () => {
    old.drop(0);
    const layers = layersOf(tag as never, (id) => runs[id]);
    expect(presenceOf(layers, true)).toEqual({ total: 6, here: 5, absent: 0, errors: [] });
    expect(presenceOf(layers, false)).toEqual({ total: 6, here: 5, absent: 1, errors: [] });
  });
});

describe("thinning", () => {
  const places = (count: number) => Array.from({ length: count }, (_, i) => i);

  it("keeps all that there is room for, else every second, fourth, … and the last", () => {
    expect(thinned([], 3)).toEqual([]);
    expect(thinned(places(5), 5)).toEqual([0, 1, 2, 3, 4]);
    expect(thinned(places(6), 5)).toEqual([0, 2, 4, 5]);
    expect(thinned(places(100), 5)).toEqual([0, 32, 64, 96, 99]);
    for (let count = 1; count < 300; count++) {
      const kept = thinned(places(count), 7);
      expect(kept.length).toBeLessThanOrEqual(7);
      expect(kept.at(-1)).toBe(count - 1);
    }
  });

  it("keeps the same ones while others are appended", () => {
    const before = thinned(places(50), 10).slice(0, -1);
    expect(thinned(places(56), 10)).toEqual(expect.arrayContaining(before));
  });
});
