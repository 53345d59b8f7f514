import { describe, expect, it } from "vitest";
import { Column } from "../../src/store/column";
import { Series } from "../../src/store/series";
import { Store } from "../../src/store/store";
import type { Fill, Frame, SeriesPart } from "../../src/wire/frame";
import { FakeSource, frame, part, run } from "../frames";
import { Kernel, random } from "./kernel";

const total = (series: Series) => [series.length, series.total, series.missing, series.thinned];

/** A part of a series whose point i has the value i, thinned to `index`, or with all from `from` to before `to`. */
function partOf(more: { index: number[]; from?: number; to: number } | { from: number; to: number }, gen = 1): [SeriesPart, ArrayBuffer] {
  const index = "index" in more ? more.index : Array.from({ length: more.to - more.from }, (_, i) => more.from + i);
  const numbers = Float64Array.from(index);
  const column = { k: "f8", o: 0 } as const;
  const base = { run: 0, attempt: 0, tag: "loss", gen, count: index.length, step: column, wall: column, value: column };
  const thinned = "index" in more;
  return [{ ...base, from: more.from ?? 0, total: more.to, thinned, ...(thinned && { index: column }) }, numbers.buffer];
}

describe("points that fill a thinned series", () => {
  it("take the place of the stand-ins of their range, in any order, once", () => {
    const series = new Series(0, 0, "loss");
    series.applyKey(...partOf({ index: [0, 3, 5, 9], to: 10 }));
    expect(total(series)).toEqual([4, 10, 10, true]);
    expect(series.applyFill(...partOf({ from: 4, to: 7 }))).toBe(true);
    expect([...series.value]).toEqual([0, 3, 4, 5, 6, 9]);
    expect(series.applyFill(...partOf({ from: 4, to: 7 }))).toBe(false);
    expect(series.gaps.map(({ from, to }) => [from, to])).toEqual([[0, 4], [7, 10]]);
    series.applyFill(...partOf({ from: 6, to: 10 }));
    series.applyFill(...partOf({ from: 0, to: 2 }));
    expect([...series.step]).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 9]);
    series.applyFill(...partOf({ from: 0, to: 10 }));
    expect([...series.wall]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(total(series)).toEqual([10, 10, 0, false]);
  });

  it("tell from which point on others are there", () => {
    const series = new Series(0, 0, "loss");
    series.applyKey(...partOf({ index: [0, 3, 5, 9], to: 10 }));
    const { epoch } = series;
    expect(series.keptSince(epoch)).toBe(Infinity);
    series.applyFill(...partOf({ from: 4, to: 7 }));
    const between = series.epoch;
    expect(series.keptSince(epoch)).toBe(2);
    series.applyFill(...partOf({ from: 7, to: 10 }));
    series.applyDelta(...partOf({ from: 10, to: 12 }));
    expect([series.keptSince(epoch), series.keptSince(between), series.keptSince(series.epoch)]).toEqual([2, 5, Infinity]);
    series.applyKey(...partOf({ from: 0, to: 1 }, 2));
    expect(series.keptSince(between)).toBe(0);
  });

  it("are dropped where they belong to another state of the series", () => {
    const series = new Series(0, 0, "loss");
    series.applyKey(...partOf({ index: [0, 9], to: 10 }, 2));
    const { epoch } = series;
    expect(series.applyFill(...partOf({ from: 2, to: 6 }))).toBe(false);
    expect(series.applyFill(...partOf({ from: 6, to: 12 }, 2))).toBe(false);
    expect([[...series.value], series.epoch]).toEqual([[0, 9], epoch]);
  });

  it("may be better stand-ins, of which as many as there were are not taken", () => {
    const series = new Series(0, 0, "loss");
    series.applyKey(...partOf({ index: [0, 50, 99], to: 100 }));
    expect(series.applyFill(...partOf({ index: [40, 45, 50, 60], from: 40, to: 70 }))).toBe(true);
    expect([...series.value]).toEqual([0, 40, 45, 50, 60, 99]);
    expect(series.applyFill(...partOf({ index: [40, 45, 50, 60], from: 40, to: 70 }))).toBe(false);
    expect(series.missing).toBe(100);
    series.applyDelta(...partOf({ from: 100, to: 102 }));
    series.applyFill(...partOf({ from: 0, to: 100 }));
    expect([...series.value]).toEqual([...Array(102).keys()]);
  });

  it("cost the page a copy of each chunk and not of the series", () => {
    const length = 1_000_000;
    const fills = (chunk: number) => {
      const series = new Series(0, 0, "loss");
      series.applyKey(...partOf({ index: [0, 10, length - 1], to: length }));
      const parts: [SeriesPart, ArrayBuffer][] = [];
      for (let to = length; to > 0; to -= chunk) parts.push(partOf({ from: Math.max(0, to - chunk), to }));
      const began = performance.now();
      for (const one of parts) series.applyFill(...one);
      expect(total(series)).toEqual([length, length, 0, false]);
      return performance.now() - began;
    };
    fills(100_000);
    // Forty times as many chunks; a copy of the series for each would take forty times as long.
    expect(fills(2500)).toBeLessThan(8 * fills(100_000) + 50);
  });
});

it("a column in which some numbers give way to many holds what an array would", () => {
  const next = random(7);
  for (let round = 0; round < 30; round++) {
    let want = Array.from({ length: Math.floor(next() * 20) }, () => next());
    const column = new Column(Float64Array.from(want));
    for (let change = 0; change < 40; change++) {
      const numbers = Array.from({ length: 3 + Math.floor(next() * 6) }, () => next());
      if (next() < 0.3) {
        column.append(Float64Array.from(numbers));
        want = [...want, ...numbers];
      } else {
        const at = Math.floor(next() * (want.length + 1));
        const count = Math.min(Math.floor(next() * 4), want.length - at);
        column.splice(at, count, Float64Array.from(numbers), Math.floor(next() * 50));
        want.splice(at, count, ...numbers);
      }
      expect([...column.values]).toEqual(want);
    }
  }
});

describe("a store", () => {
  const thin = part("loss", [5, 2], { total: 4, thinned: true, step: { k: "seq", a: 0, d: 3 }, index: { k: "seq", a: 0, d: 3 } });
  const fill = (n: number, more: Partial<Fill> = {}): [Fill, ArrayBuffer] => {
    const [content, buffer] = frame("delta", 0, [part("loss", [5, 4, 3, 2])]);
    return [{ type: "fill", v: 1, n, stream: "s", now: 1001, series: content.series, ...more }, buffer];
  };

  it("says which chunk has come, and once which tags are in sight", () => {
    const source = new FakeSource();
    const store = new Store(source);
    source.send(frame("key", 1, [thin], { coming: 4 }));
    expect([store.points.value, store.held.value, store.coming.value]).toEqual([4, 0, 4]);
    store.look("loss", true);
    source.send(fill(1));
    source.send(fill(2));
    store.look("loss", false);
    source.send(fill(3, { stream: "another" }));
    expect(source.asked).toEqual([
      { type: "got", stream: "s", n: 1, tags: ["loss"] },
      { type: "got", stream: "s", n: 2 },
      { type: "got", stream: "another", n: 3, tags: [] },
    ]);
    expect([...store.tags.value[0]!.series[0]!.value]).toEqual([5, 4, 3, 2]);
    expect([store.points.value, store.held.value, store.coming.value]).toEqual([4, 4, 0]);
  });

  it("asks for points that were lost on their way when the kernel can hear it, and not for those that stay away", () => {
    const source = new FakeSource();
    const store = new Store(source);
    const beat = (busy: boolean, more = {}) =>
      source.send([{ type: "beat", now: 1001, stream: "s", seq: 1, busy, ...more }]);
    source.send(frame("key", 1, [thin], { coming: 4 }));
    beat(true, { coming: 4 });
    beat(true);
    beat(false, { coming: 2, staying: 2 });
    expect(source.asked).toEqual([]);
    beat(false, { coming: 3 });
    expect(source.asked).toEqual([
      { type: "points?", stream: "s", series: [{ run: 0, attempt: 0, tag: "loss", gen: 1, from: 0, to: 4 }] },
    ]);
    beat(false);
    expect(source.asked.length).toBe(1);
    expect(store.gap).toBe(false);
  });

  it("lets the charts of a tag be drawn anew when its points have come, not at the first chunk nor at each", () => {
    const source = new FakeSource();
    const store = new Store(source);
    const parts = Array.from({ length: 20 }, (_, id) => part("loss", [5, 2], { ...thin[0], run: id }));
    source.send(frame("key", 1, parts, { runs: parts.map((_, id) => run(id, `r${id}`)), coming: 80 }));
    const before = store.tags.value[0]!.revision.value;
    for (let id = 0; id < 20; id++) {
      const [content, buffer] = fill(id);
      source.send([{ ...content, series: content.series.map((one) => ({ ...one, run: id })), coming: 76 - 4 * id }, buffer]);
    }
    expect(store.tags.value[0]!.revision.value - before).toBe(1);
    expect(store.held.value).toBe(80);
  });

  it("ends with exactly the log's points, whatever the order of keys, deltas and chunks and whatever is lost", () => {
    for (let seed = 1; seed <= 150; seed++) {
      const next = random(seed);
      const kernel = new Kernel(next);
      const source = new FakeSource();
      const store = new Store(source);
      const late: [Fill | Frame, ArrayBuffer][] = [];
      source.send(kernel.key(5));
      for (let happening = 0; happening < 60; happening++) {
        const message = kernel.happen();
        if (message === null) continue;
        const fate = next();
        if (fate < 0.6) source.send(message);
        else if (fate < 0.8) late.push(message);
        if (late.length > 0 && next() < 0.2) source.send(late.splice(Math.floor(next() * late.length), 1)[0]!);
      }
      source.send(kernel.key(4));
      for (const message of late) source.send(message);
      const series = store.tags.value.flatMap((data) => data.series);
      const lacks = series.flatMap((one) => one.gaps.map(({ from, to }) => ({ tag: one.tag, from, to })));
      for (const message of kernel.fills(lacks)) source.send(message);
      const want = kernel.points();
      expect(series.map(({ tag }) => tag).toSorted()).toEqual(Object.keys(want).toSorted());
      for (const one of series) expect([seed, one.tag, [...one.value]]).toEqual([seed, one.tag, want[one.tag]]);
      expect(store.held.value).toBe(store.points.value);
      for (const one of series) expect([...one.step]).toEqual([...one.wall]);
    }
  });
});
