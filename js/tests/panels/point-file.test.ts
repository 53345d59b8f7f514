import { describe, expect, it } from "vitest";
import cells from "../../../tests/vectors/csv-cells.json";
import { csvCell, csvOf, heldOf, jsonOf, shownSeries } from "../../src/panels/point-file";
import { Store } from "../../src/store/store";
import { FakeSource, frame, part, run } from "../frames";

function shown(hidden: readonly number[] = []) {
  const source = new FakeSource();
  const store = new Store(source);
  const thinned = part("lr", [5, 6], { thinned: true, total: 1000 });
  const parts = [part("loss", [1.5, NaN, Infinity]), part("loss", [-2e-9], { run: 1 }), thinned];
  source.send(frame("key", 1, parts, { runs: [run(0, "a"), run(1, "=b,1")] }));
  return shownSeries(store.tags.value, (id) => (hidden.includes(id) ? undefined : store.run(id)));
}

describe("a cell of CSV", () => {
  it.each(cells)("is as Python writes it: %j", ({ name, cell }) => {
    expect(csvCell(name)).toBe(cell);
  });
});

describe("the points of cards", () => {
  it("as CSV are a row a point, raw, with names that compute nothing", () => {
    expect([...csvOf(shown())].join("").split("\n")).toEqual([
      "run,attempt,tag,step,wall_time,value",
      "a,0,loss,0,0,1.5",
      "a,0,loss,1,1,nan",
      "a,0,loss,2,2,inf",
      `"'=b,1",0,loss,0,0,-2e-9`,
      "a,0,lr,0,0,5",
      "a,0,lr,1,1,6",
      "",
    ]);
  });

  it("as JSON are an object a series, which tells how many points it stands for", () => {
    expect(JSON.parse([...jsonOf(shown([1]))].join(""))).toEqual([
      { run: "a", attempt: 0, tag: "loss", points: 3, step: [0, 1, 2], wall_time: [0, 1, 2], value: [1.5, "NaN", "Infinity"] },
      { run: "a", attempt: 0, tag: "lr", points: 1000, step: [0, 1], wall_time: [0, 1], value: [5, 6] },
    ]);
    expect(JSON.parse([...jsonOf([])].join(""))).toEqual([]);
  });

  it("are counted: those that are held, and those that they stand for", () => {
    expect(heldOf(shown())).toEqual({ held: 6, total: 1004 });
  });
});
