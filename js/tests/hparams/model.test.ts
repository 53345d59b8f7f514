import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { columnKey } from "../../src/hparams/columns";
import { HParamsModel } from "../../src/hparams/model";
import { type CanvasLook, CurvesState } from "../../src/panels/state";
import { Store } from "../../src/store/store";
import { FakeSource, frame, part, run } from "../frames";

const LOOK = { second: "#555" } as CanvasLook;

/** Four runs of a sweep, one of which told nothing. */
function sweep() {
  const source = new FakeSource();
  const store = new Store(source);
  const losses = [3, 1, 2, 4].map((loss, id) => part("loss", [9, loss], { run: id }));
  const hparams = [0, 1, 2].map((id) => ({ run: id, values: [["lr", 10 ** -id], ["opt", id === 1 ? "sgd" : "adam"]] as const, metrics: [] }));
  source.send(frame("key", 1, losses, { runs: [0, 1, 2, 3].map((id) => run(id, `run${id}`)), hparams }));
  const shared = { theme: signal("light" as const), look: signal(LOOK), head: signal(() => null), article: false };
  const model = new HParamsModel(new CurvesState(store, shared));
  const hidden = () => store.options.get("hidden");
  return { source, store, model, hidden };
}

const LR = "hparam lr";
const OPT = "hparam opt";

describe("the table of runs", () => {
  it("has what runs were given and how they ended, of those that told nothing, too", () => {
    const { model } = sweep();
    expect(model.columns.value.map(({ title, texts }) => [title, texts])).toEqual([
      ["lr", ["1", "0.1", "0.01", "–"]],
      ["opt", ["adam", "sgd", "adam", "–"]],
      ["loss", ["3.00", "1.00", "2.00", "4.00"]],
    ]);
  });

  it("follows what comes", () => {
    const { source, model } = sweep();
    expect(model.columns.value[2]!.cells).toEqual([3, 1, 2, 4]);
    source.send(frame("delta", 2, [part("loss", [0.5], { run: 3, from: 2, total: 3 })]));
    expect(model.columns.value[2]!.cells).toEqual([3, 1, 2, 0.5]);
    model.setOf("metric loss", "max");
    expect(model.columns.value[2]!.cells).toEqual([9, 9, 9, 9]);
  });

  it("is sorted by a column, and by names", () => {
    const { model } = sweep();
    model.set({ sort: { key: "metric loss", down: false } });
    expect(model.order.value).toEqual([1, 2, 0, 3]);
    model.set({ sort: { key: "run", down: true } });
    expect(model.order.value).toEqual([3, 2, 1, 0]);
  });
});

describe("the choice of rows", () => {
  it("is the choice of runs everywhere, and a wider one brings runs back", () => {
    const { model, hidden } = sweep();
    model.toggle(model.rows.value[0]!);
    model.setFilter(OPT, { kind: "choice", only: ['"adam"'] });
    expect(hidden()).toEqual(["run0", "run1", "run3"]);
    expect(model.shown.value).toEqual([false, false, true, false]);
    model.setFilter(OPT, null);
    expect(hidden()).toEqual(["run0"]);
    model.clear();
    expect(hidden()).toEqual([]);
  });

  it("by several columns is what passes all of them", () => {
    const { model } = sweep();
    model.setFilters({ [LR]: { kind: "range", from: 0.05, to: null }, "metric loss": { kind: "range", from: null, to: 2 } });
    expect(model.order.value).toEqual([1]);
  });

  it("goes with the column by which it was made", () => {
    const { model, hidden } = sweep();
    model.setFilter(LR, { kind: "range", from: 0.5, to: null });
    expect(hidden()).toEqual(["run1", "run2", "run3"]);
    model.toggleColumn({ kind: "hparam", name: "lr" });
    expect(hidden()).toEqual([]);
    expect(model.wanted.map(columnKey)).toEqual([OPT, "metric loss"]);
  });

  it("holds for a run that comes later, and ends where all runs are shown elsewhere", () => {
    const { source, store, model, hidden } = sweep();
    model.setFilter(LR, { kind: "range", from: 0.5, to: null });
    model.keepUp();
    source.send(frame("delta", 2, [part("loss", [1], { run: 4 })], { runs: [run(4, "run4")], hparams: [{ run: 4, values: [["lr", 1e-5]], metrics: [] }] }));
    model.keepUp();
    expect(hidden()).toEqual(["run1", "run2", "run3", "run4"]);
    store.options.set("hidden", ["run2"]);
    model.keepUp();
    expect(Object.keys(model.ui.value.filters)).toEqual([LR]);
    store.options.set("hidden", []);
    model.keepUp();
    expect([model.ui.value.filters, hidden()]).toEqual([{}, []]);
  });

  it("by a metric follows it as it moves, and leaves alone what a person hid", () => {
    const { source, model, hidden } = sweep();
    model.setFilter("metric loss", { kind: "range", from: null, to: 3.5 });
    model.keepUp();
    model.toggle(model.rows.value[1]!);
    model.keepUp();
    expect(hidden()).toEqual(["run3", "run1"]);
    source.send(frame("delta", 2, [part("loss", [5], { run: 0, from: 2, total: 3 }), part("loss", [1], { run: 3, from: 2, total: 3 })]));
    model.keepUp();
    expect([hidden(), Object.keys(model.ui.value.filters)]).toEqual([["run1", "run0"], ["metric loss"]]);
  });

  it("ends at the curves of one run, or of it alone", () => {
    const { store, model, hidden } = sweep();
    model.setFilter(LR, { kind: "range", from: 0.5, to: null });
    model.goTo(model.rows.value[2]!, false);
    expect([store.options.get("panel"), hidden()]).toEqual(["curves", ["run1", "run3"]]);
    model.goTo(model.rows.value[2]!, true);
    expect(hidden()).toEqual(["run0", "run1", "run3"]);
  });
});

describe("the colours of rows", () => {
  it("are the runs', or tell a number; one that has none is grey", () => {
    const { model, store } = sweep();
    expect(new Set(model.colours.value).size).toBe(4);
    model.set({ colour: LR });
    const [high, , low, none] = model.colours.value;
    expect([high === low, none]).toEqual([false, "#555"]);
    expect(store.options.get("ui").panels.hparams).toEqual({ colour: LR });
  });
});
