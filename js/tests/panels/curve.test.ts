import { describe, expect, it } from "vitest";
import { breakOf, curvesOf, youngest } from "../../src/panels/curve";
import { chosen, neighbour, pointsAt, snap } from "../../src/panels/hover";
import { Store } from "../../src/store/store";
import { FakeSource, frame, part, run } from "../frames";
import type { RunInfo, SeriesPart } from "../../src/wire/frame";

function curves(parts: readonly [SeriesPart, readonly number[]][], runs: readonly RunInfo[], hidden: readonly number[] = []) {
  const source = new FakeSource();
  const store = new Store(source);
  source.send(frame("key", 1, parts, { runs }));
  return curvesOf(store.tags.value[0]!, (id) => (hidden.includes(id) ? undefined : store.run(id)), 0, "step");
}

const scales = { x: { from: 0, to: 10, log: false }, y: { from: 0, to: 10, log: false }, left: 0, top: 0, width: 100, height: 100 };
const two = [run(0, "a"), run(1, "b")];

describe("curves", () => {
  it("of hidden runs are left out, older attempts come first and are marked", () => {
    const parts = [part("loss", [1]), part("loss", [2], { attempt: 1 }), part("loss", [3], { run: 1 })];
    const found = curves(parts, [run(0, "a", { attempts: 2 }), run(1, "b")], [1]);
    expect(found.map(({ series, older }) => [series.attempt, older])).toEqual([[0, true], [1, false]]);
  });

  it("the one that is written now is of a run that has not ended", () => {
    const parts = [part("loss", [1, 2, 3]), part("loss", [3], { run: 1 })];
    expect(youngest(curves(parts, [run(0, "a", { ended: true }), run(1, "b")]))?.run.name).toBe("b");
    expect(youngest(curves(parts, two))?.run.name).toBe("a");
    expect(youngest([])).toBeUndefined();
  });

  it("break where their values turned to NaN for good", () => {
    const [curve] = curves([part("loss", [1, NaN, 2, NaN, NaN])], two);
    expect(breakOf(curve!)).toEqual({ index: 2, from: 3, kind: "NaN" });
    expect(breakOf(curves([part("loss", [1, NaN, 2])], two)[0]!)).toBeNull();
    expect(breakOf(curves([part("loss", [NaN])], two)[0]!)).toBeNull();
    const [long] = curves([part("loss", [1, ...Array.from({ length: 1000 }, () => NaN)])], two);
    long!.prepare(Infinity);
    expect(breakOf(long!)).toEqual({ index: 0, from: 1, kind: "NaN" });
  });
});

describe("under the cross-hair", () => {
  const lines = curves([part("loss", [5, 5, 5, 5]), part("loss", [1, 9, 9, 1, 1, 1, 1, 1], { run: 1 })], two);

  it("the points are sorted as the lines lie", () => {
    expect(pointsAt(lines, 1, scales).map(({ curve, smoothed }) => [curve.run.name, smoothed])).toEqual([["b", 9], ["a", 5]]);
  });

  it("a run that ended long before has no point", () => {
    expect(pointsAt(lines, 7, scales).map(({ curve }) => curve.run.name)).toEqual(["b"]);
  });

  it("stands a real step", () => {
    expect(snap(pointsAt(lines, 2.4, scales), 2.4)).toBe(2);
    expect([neighbour(lines, 2, 1), neighbour(lines, 2, -1), neighbour(lines, 7, 1)]).toEqual([3, 1, 7]);
  });

  it("a long table is cut to the lines near the pointer", () => {
    const points = pointsAt(lines, 1, scales);
    expect(chosen(points, 1, "value", 50, scales).map(({ smoothed }) => smoothed)).toEqual([5]);
    expect(chosen(points, 1, "name", 0, scales).map(({ smoothed }) => smoothed)).toEqual([9]);
    expect(chosen(points, 5, "value", null, scales)).toHaveLength(2);
  });

  it("the rows stand as the lines lie, by distance, or by name; a value that is no number is the farthest", () => {
    const parts = [5, 9, 1, NaN].map((value, id) => part("loss", [value, value], { run: id }));
    const three = curves(parts, ["b2", "b10", "a", "c"].map((name, id) => run(id, name)));
    const names = (sort: "value" | "nearest" | "name", limit = 9) =>
      chosen(pointsAt(three, 1, scales), limit, sort, 85, scales).map(({ curve }) => curve.run.name);
    expect(names("value")).toEqual(["b10", "b2", "a", "c"]);
    expect(names("nearest")).toEqual(["a", "b2", "b10", "c"]);
    expect(names("name")).toEqual(["a", "b2", "b10", "c"]);
    expect(names("value", 2)).toEqual(["b2", "a"]);
  });
});
