import { describe, expect, it } from "vitest";
import { Store } from "../../src/store/store";
import type { MediaKind } from "../../src/wire/media";
import { FakeSource, frame } from "../frames";
import { blob, blobs, index } from "../media";

function open(): { source: FakeSource; store: Store } {
  const source = new FakeSource();
  return { source, store: new Store(source) };
}

const series = (store: Store, kind: MediaKind = "images") => store.media.tags(kind).value[0]!.series[0]!;
const bytes = (store: Store, at: number) => series(store).payload(at)?.parts.map((part) => [...part]);

describe("the media of a store", () => {
  it("knows of steps before what was recorded there has come", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [], { media: [index(2)] }));
    source.send(frame("delta", 2, [], { media: [index(3, { from: 2 })] }));
    expect([...store.media.kinds.value]).toEqual(["images"]);
    expect([...series(store).steps]).toEqual([0, 10, 20]);
    expect(store.media.state(series(store), 2)).toBe("coming");
    source.send(blobs([blob(2, [1, 2, 3])]));
    expect(store.media.state(series(store), 2)).toBe("here");
    expect(bytes(store, 2)).toEqual([[1, 2, 3]]);
    expect(source.asked).toEqual([{ type: "got", stream: "s", n: 1, tags: [] }]);
  });

  it("joins pieces in whatever order they come, also twice", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [], { media: [index(1)] }));
    const parts = [[0, 5] as const];
    source.send(blobs([blob(0, [4, 5], { parts, piece: [3, 5] })]));
    source.send(blobs([blob(0, [4, 5], { parts, piece: [3, 5] })]));
    expect(bytes(store, 0)).toBeUndefined();
    source.send(blobs([blob(0, [1, 2, 3], { parts, piece: [0, 5] })]));
    expect(bytes(store, 0)).toEqual([[1, 2, 3, 4, 5]]);
  });

  it("forgets what was recorded of a series that began anew, and what a key no longer tells of", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [], { media: [index(1), index(1, { kind: "texts" })] }));
    source.send(blobs([blob(0, [1])]));
    source.send(frame("delta", 2, [], { media: [index(1, { gen: 2 })] }));
    expect(series(store).payload(0)).toBeNull();
    source.send(blobs([blob(0, [1])])); // of the old one, late
    expect(series(store).payload(0)).toBeNull();
    source.send(frame("key", 2, [], { media: [index(1, { gen: 2 })] }));
    expect([...store.media.kinds.value]).toEqual(["images"]);
  });

  it("forgets a series of which a delta tells that nothing is left", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [], { media: [index(1), index(2, { tag: "other" })] }));
    source.send(frame("delta", 2, [], { media: [index(0)] }));
    expect(store.media.tags("images").value.map(({ tag }) => tag)).toEqual(["other"]);
  });

  it("asks for what is looked at, the newest wish first, once a kernel can hear it", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [], { media: [index(3)] }));
    store.media.want(series(store), 0);
    store.media.want(series(store), 2);
    source.send([{ type: "beat", now: 1001, stream: "s", seq: 1, busy: true }]);
    expect(source.asked).toEqual([]);
    source.send([{ type: "beat", now: 1002, stream: "s", seq: 1, busy: false }]);
    source.send([{ type: "beat", now: 1003, stream: "s", seq: 1, busy: false }]);
    const wanted = [2, 0].map((at) => ["images", 0, 0, "samples", 1, at]);
    expect(source.asked).toEqual([{ type: "blobs?", stream: "s", items: wanted }]);
  });

  it("asks at once where the kernel hears it while it runs a cell", () => {
    const { source, store } = open();
    source.heardWhileBusy = true;
    source.send(frame("key", 1, [], { media: [index(3)] }));
    store.media.want(series(store), 1);
    source.send([{ type: "beat", now: 1001, stream: "s", seq: 1, busy: true }]);
    expect(source.asked).toEqual([{ type: "blobs?", stream: "s", items: [["images", 0, 0, "samples", 1, 1]] }]);
  });

  it("tells in a saved view what was not saved", () => {
    const source = new FakeSource();
    source.saved = { created: "2026-01-01T00:00:00+00:00" };
    const store = new Store(source);
    const [items, buffer] = blobs([blob(1, [7])]);
    source.send([frame("key", 1, [], { stream: "saved", media: [index(2)], blobs: items.items })[0], buffer]);
    expect([0, 1].map((at) => store.media.state(series(store), at))).toEqual(["absent", "here"]);
  });

  it("lets the oldest go when there is too much of it, but not the newest of a series", () => {
    const { source, store } = open();
    const large = new ArrayBuffer(1 << 20);
    source.send(frame("key", 1, [], { media: [index(70)] }));
    for (let at = 69; at >= 0; at--) {
      const [one] = blob(at, []);
      source.send([blobs([[{ ...one, body: [0, 1 << 20] }, []]])[0], large]);
    }
    const here = Array.from({ length: 70 }, (_, at) => series(store).payload(at) !== null);
    expect(here.filter(Boolean).length).toBe(64);
    expect(here[69]).toBe(true);
  });

  it("reads a histogram's columns", () => {
    const { source, store } = open();
    source.send(frame("key", 1, [], { media: [index(1, { kind: "histograms" })] }));
    const numbers = [...new Uint8Array(Float64Array.from([0, 1, 1, 2]).buffer)];
    const columns = { left: { k: "f8", o: 0 }, right: { k: "f8", o: 16 }, count: { k: "seq", a: 5, d: 1 } } as const;
    const [one] = blob(0, numbers, { kind: "histograms", columns, count: 2 });
    source.send(blobs([[{ ...one, parts: [] }, numbers]]));
    const found = series(store, "histograms").payload(0)!.columns;
    expect([found.left, found.right, found.count].map((column) => [...column!])).toEqual([[0, 1], [1, 2], [5, 6]]);
  });
});

describe("the hyperparameters of a store", () => {
  it("are those of a key, and of deltas those that changed", () => {
    const { source, store } = open();
    const one = { run: 0, values: [["lr", 0.1], ["bad", { number: "nan" }], ["__proto__", null]] as const, metrics: ["loss"] };
    source.send(frame("key", 1, [], { hparams: [one] }));
    source.send(frame("delta", 2, [], { hparams: [{ run: 1, values: [["lr", "auto"]], metrics: [] }] }));
    const found = store.hparams.runs.value;
    expect([...found.get(0)!.values]).toEqual([["lr", 0.1], ["bad", NaN], ["__proto__", null]]);
    expect([...found.keys()]).toEqual([0, 1]);
    source.send(frame("key", 2, [], { hparams: [one] }));
    expect([...store.hparams.runs.value.keys()]).toEqual([0]);
  });
});
