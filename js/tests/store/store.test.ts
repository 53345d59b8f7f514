import { describe, expect, it } from "vitest";
import { Store } from "../../src/store/store";
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
