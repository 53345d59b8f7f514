import { describe, expect, it } from "vitest";
import { Store } from "../../src/store/store";
import type { PackedGraph } from "../../src/wire/graph";
import { FakeSource, frame, part, run } from "../frames";

function open(): { source: FakeSource; store: Store } {
  const source = new FakeSource();
  return { source, store: new Store(source) };
}

const values = (store: Store, tag = "loss") => [...(store.tags.value.find((data) => data.tag === tag)?.series[0]?.value ?? [])];
const revision = (store: Store, tag = "loss") => store.tags.value.find((data) => data.tag === tag)?.revision.value;

describe("a store", () => {
  it("starts with a key and appends what deltas bring", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [part("loss", [3, 2])]));
    source.send(frame("delta", 2, [part("loss", [1], { from: 2 })]));
    expect(values(store)).toEqual([3, 2, 1]);
    expect([store.seq.value, store.points.value]).toEqual([2, 3]);
  });

  it("appends what grew by a few points, of several series in one list", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [part("loss", [3, 2]), part("acc", [0.5])]));
    const columns = { step: { k: "f4", o: 0 }, wall: { k: "f8", o: 16 }, value: { k: "f4", o: 40 } } as const;
    const grown = { series: [[0, 0, "loss", 1, 2, 2], [0, 0, "acc", 1, 1, 1]], ...columns } as const;
    const buffer = new ArrayBuffer(56);
    new Float32Array(buffer, 0, 3).set([2, 3, 1]);
    new Float64Array(buffer, 16, 3).set([1002, 1003, 1001]);
    new Float32Array(buffer, 40, 3).set([1, 0, 0.75]);
    source.send([{ ...frame("delta", 2, [])[0], grown }, buffer]);
    expect([values(store), values(store, "acc")]).toEqual([[3, 2, 1, 0], [0.5, 0.75]]);
    expect([...store.tag("acc")!.series[0]!.wall]).toEqual([0, 1001]);
    expect(revision(store, "acc")).toBeGreaterThan(0);
  });

  it("waits for a key, and asks for one, when a delta was lost", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [part("loss", [3])]));
    source.send(frame("delta", 3, [part("loss", [1], { from: 2 })]));
    expect([values(store), store.gap, source.asked]).toEqual([[3], true, [{ type: "key?" }]]);
    source.send(frame("delta", 4, [part("loss", [0], { from: 3 })]));
    expect([values(store), source.asked.length]).toEqual([[3], 1]);
    source.send(frame("key", 5, [part("loss", [3, 2, 1, 0])]));
    source.send(frame("delta", 6, [part("loss", [-1], { from: 4 })]));
    expect([values(store), store.gap]).toEqual([[3, 2, 1, 0, -1], false]);
  });

  it("learns from a heartbeat that the last delta was lost", () => {
    const { source, store } = open();
    source.send(frame("key", 1, []));
    source.send([{ type: "beat", now: 1001, stream: "s", seq: 1, busy: true }]);
    expect(store.gap).toBe(false);
    source.send([{ type: "beat", now: 1003, stream: "s", seq: 2, busy: true }]);
    expect([store.gap, source.asked.length]).toEqual([true, 1]);
  });

  it("ignores a delta and a key that came twice or late", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [part("loss", [3])]));
    source.send(frame("delta", 2, [part("loss", [2], { from: 1 })]));
    source.send(frame("delta", 2, [part("loss", [2], { from: 1 })]));
    source.send(frame("key", 1, [part("loss", [3])]));
    expect([values(store), store.gap]).toEqual([[3, 2], false]);
  });

  it("redraws nothing for a key that tells it nothing new, and takes its facts", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [part("loss", [3, 2])]));
    const before = revision(store);
    source.send(frame("key", 1, [part("loss", [3], { total: 2, thinned: true })], { runs: [run(0, ".", { ended: true })] }));
    expect([values(store), revision(store)]).toEqual([[3, 2], before]);
    expect(store.runs.value[0]?.ended).toBe(true);
  });

  it("keeps the points that it has in full when a key after a gap has fewer for them", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [part("loss", [5, 4, 3, 2])]));
    const thin = part("loss", [5, 2, 1, 0], { total: 8, thinned: true, step: { k: "seq", a: 0, d: 2 }, wall: { k: "seq", a: 0, d: 2 } });
    source.send(frame("key", 9, [thin]));
    // Steps 0 to 3 are held in full; of the key's steps 0, 2, 4, 6 the last two are new.
    expect(values(store)).toEqual([5, 4, 3, 2, 1, 0]);
    const series = store.tags.value[0]!.series[0]!;
    expect([[...series.step], series.total, series.thinned]).toEqual([[0, 1, 2, 3, 4, 6], 8, true]);
    source.send(frame("delta", 10, [part("loss", [-1], { from: 8 })]));
    expect(values(store).at(-1)).toBe(-1);
  });

  it("takes the full points of a key in the place of thinned ones", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [part("loss", [5, 2], { total: 4, thinned: true })]));
    source.send(frame("key", 2, [part("loss", [5, 4, 3, 2])]));
    expect(values(store)).toEqual([5, 4, 3, 2]);
  });

  it("takes the stand-ins of a larger key, once, where it began with a smaller one", () => {
    const { source, store } = open();
    const every = (d: number, values: number[], total: number) =>
      part("loss", values, { total, thinned: true, step: { k: "seq", a: 0, d }, wall: { k: "seq", a: 0, d } });
    source.send(frame("key", 3, [every(8, [9, 8, 7], 17)]));
    const large = frame("key", 3, [every(4, [9, 1, 8, 2, 7], 17)]);
    source.send(large);
    expect(values(store)).toEqual([9, 1, 8, 2, 7]);
    const before = [revision(store), store.tags.value[0]!.series[0]!.epoch];
    source.send(large);
    source.send(frame("key", 3, [every(8, [9, 8, 7], 17)]));
    expect([values(store), [revision(store), store.tags.value[0]!.series[0]!.epoch]]).toEqual([[9, 1, 8, 2, 7], before]);
    source.send(frame("delta", 4, [part("loss", [5, 6], { from: 17 })]));
    // Steps 0 to 16 are stand-ins, 17 and 18 are held in full: a finer key refines the first and leaves the others.
    source.send(frame("key", 4, [every(2, [9, 0, 1, 0, 8, 0, 2, 0, 7, 4], 19)]));
    expect(values(store)).toEqual([9, 0, 1, 0, 8, 0, 2, 0, 7, 5, 6]);
    source.send(frame("key", 4, [part("loss", [...Array(19).keys()])]));
    expect([values(store).length, store.tags.value[0]!.series[0]!.thinned]).toEqual([19, false]);
  });

  it("refines what a small key left of a gap, between points that it holds in full", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [part("loss", [0, 1, 2, 3])]));
    const rule = (a: number, d: number) => ({ step: { k: "seq", a, d } as const, wall: { k: "seq", a, d } as const });
    source.send(frame("key", 5, [part("loss", [0, 8], { total: 9, thinned: true, ...rule(0, 8) })]));
    source.send(frame("delta", 6, [part("loss", [9, 10], { from: 9 })]));
    source.send(frame("key", 6, [part("loss", [0, 2, 4, 6, 8, 10], { total: 11, thinned: true, ...rule(0, 2) })]));
    expect(values(store)).toEqual([0, 1, 2, 3, 4, 6, 8, 9, 10]);
    expect(store.tags.value[0]!.series[0]!.thinned).toBe(true);
    source.send(frame("delta", 7, [part("loss", [11], { from: 11 })]));
    expect(values(store).at(-1)).toBe(11);
  });

  it("keeps all points that it has in full when a burst comes thinned", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [part("loss", [5, 4, 3])]));
    const rule = { step: { k: "seq", a: 0, d: 3 } as const, wall: { k: "seq", a: 0, d: 3 } as const };
    source.send(frame("delta", 2, [part("loss", [5, 1, 0], { total: 9, thinned: true, ...rule })]));
    expect([values(store), store.points.value]).toEqual([[5, 4, 3, 1, 0], 9]);
  });

  it("appends the rest where a key after a gap has all points", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [part("loss", [5, 4])]));
    const { epoch } = store.tags.value[0]!.series[0]!;
    source.send(frame("key", 4, [part("loss", [5, 4, 3, 2])]));
    expect([values(store), store.tags.value[0]!.series[0]!.epoch]).toEqual([[5, 4, 3, 2], epoch]);
  });

  it("keeps a graph that it has whole, and takes another one or more of its boxes", () => {
    const { source, store } = open();
    const graph = (name: string, items: number) => ({ v: 2, name, names: Array(items).fill("") }) as unknown as PackedGraph;
    const send = (version: number | undefined, one: PackedGraph) =>
      source.send(frame("key", 1, [], { graphs: [{ run: 0, graph: one, ...(version !== undefined && { version }) }] }));
    send(1, graph("net", 5));
    const [first, runs] = [store.graphs.value, store.runs.value];
    send(1, graph("net", 5));
    send(1, graph("net", 2));
    expect([store.graphs.value, store.runs.value]).toEqual([first, runs]);
    expect(store.graphs.value).toBe(first);
    expect(store.runs.value).toBe(runs);
    send(1, graph("net", 9));
    expect((store.graphs.value.get(0)?.get("") as PackedGraph).names.length).toBe(9);
    send(2, graph("other", 2));
    expect(store.graphs.value.get(0)?.get("")?.name).toBe("other");
  });

  it("replaces a series whose generation changed", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [part("loss", [5, 4, 3])]));
    const before = store.tags.value[0]!.series[0]!.epoch;
    source.send(frame("delta", 2, [part("loss", [9], { gen: 2 })]));
    expect(values(store)).toEqual([9]);
    expect(store.tags.value[0]!.series[0]!.epoch).toBeGreaterThan(before);
  });

  it("treats an append to another generation, or to another length, as a gap", () => {
    for (const wrong of [{ from: 3, gen: 2 }, { from: 7 }]) {
      const { source, store } = open();
      source.send(frame("key", 1, [part("loss", [5, 4, 3])]));
      source.send(frame("delta", 2, [part("loss", [9], wrong)]));
      expect([values(store), store.gap]).toEqual([[5, 4, 3], true]);
    }
  });

  it("drops what a key no longer has, and a run that is gone", () => {
    const { source, store } = open();
    const runs = [run(0, "a"), run(1, "b")];
    source.send(frame("key", 1, [part("loss", [1]), part("acc", [1]), part("loss", [2], { run: 1 })], { runs }));
    source.send(frame("delta", 2, [], { gone: [0] }));
    expect(store.tags.value.map((data) => [data.tag, data.series.length])).toEqual([["loss", 1]]);
    expect(store.runs.value.map(({ name }) => name)).toEqual(["b"]);
    source.send(frame("key", 4, [], { runs: [] }));
    expect([store.tags.value, store.runs.value]).toEqual([[], []]);
  });

  it("begins anew with another stream, whose numbers of runs mean other runs", () => {
    const { source, store } = open();
    source.send(frame("key", 7, [part("loss", [1, 2, 3])]));
    source.send(frame("key", 1, [part("loss", [9])], { stream: "t", runs: [run(0, "other")] }));
    source.send(frame("delta", 2, [part("loss", [8], { from: 1 })], { stream: "t" }));
    expect([values(store), store.runs.value[0]?.name, store.gap]).toEqual([[9, 8], "other", false]);
  });

  it("keeps tags in the order in which they came, runs in the natural order of their names", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [part("z", [1])], { runs: [run(0, "run10"), run(1, "run9")] }));
    source.send(frame("delta", 2, [part("a", [1])]));
    source.send(frame("key", 5, [part("a", [1, 2]), part("z", [1, 2])], { runs: [run(0, "run10"), run(1, "run9")] }));
    expect(store.tags.value.map(({ tag }) => tag)).toEqual(["z", "a"]);
    expect(store.runs.value.map(({ name }) => name)).toEqual(["run9", "run10"]);
  });

  it("takes any text for a tag", () => {
    const { source, store } = open();
    const tags = ["__proto__", "constructor", "hasOwnProperty", "<img src=x onerror=alert(1)>", "loss", "loss\u200b"];
    source.send(frame("key", 1, tags.map((tag, i) => part(tag, [i]))));
    expect(tags.map((tag) => values(store, tag))).toEqual([[0], [1], [2], [3], [4], [5]]);
    expect(({} as Record<string, unknown>).series).toBeUndefined();
  });
});
