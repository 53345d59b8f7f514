import { describe, expect, it } from "vitest";
import { sightsOf, heldOf } from "../../src/panels/sights";
import { Details } from "../../src/store/details";
import { Series } from "../../src/store/series";
import { Store } from "../../src/store/store";
import type { Beat, Fill, SeriesPart } from "../../src/wire/frame";
import { FakeSource, frame, run } from "../frames";

/** A part of a series whose point i has the value i. */
function partOf(places: readonly number[], from: number, to: number, thinned: boolean, tag = "loss"): [SeriesPart, ArrayBuffer] {
  const column = { k: "f8", o: 0 } as const;
  const base = { run: 0, attempt: 0, tag, gen: 1, from, total: to, count: places.length, thinned };
  return [{ ...base, step: column, wall: column, value: column, ...(thinned && { index: column }) }, Float64Array.from(places).buffer];
}

const counting = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const scales = (from: number, to: number, width = 100) => ({ x: { from, to, log: false }, y: { from: 0, to: 1, log: false }, left: 0, top: 0, width, height: 9 });

/** A thousand points, of which each hundredth is here. */
function thinned(tag = "loss"): Series {
  const series = new Series(0, 0, tag);
  series.applyKey(...partOf([...counting(0, 10).map((i) => i * 100), 999], 0, 1000, true, tag));
  return series;
}

/** As a chart does that shows a range. */
function look(details: Details, series: Series, from: number, to: number, chart: object = series): void {
  details.look(chart, sightsOf({ tag: series.tag, series: [series], revision: { value: 0 } as never }, () => run(0, "."), "step", scales(from, to)));
}

function answer(details: Details, series: Series): string[] {
  const changed: string[] = [];
  for (const { from, to } of details.ask()) {
    const standing = series.standing(from, to);
    series.applyFill(...partOf(counting(from, to), from, to, false, series.tag), true);
    changed.push(...details.take(series, standing));
  }
  return changed;
}

describe("a part that stays thinned", () => {
  it("is asked for where a chart shows it with too few points, once", () => {
    const [details, series] = [new Details(), thinned()];
    look(details, series, 320, 480);
    const lacks = details.ask(0);
    expect(lacks).toEqual([{ run: 0, attempt: 0, tag: "loss", gen: 1, from: 300, to: 501 }]);
    expect(details.ask(100)).toEqual([]);
    expect(details.ask(5000)).toEqual(lacks);
  });

  it("is not asked for where no more could be seen of a line", () => {
    const series = thinned();
    const sights = sightsOf({ tag: "loss", series: [series], revision: { value: 0 } as never }, () => run(0, "."), "step", scales(0, 999, 2));
    expect(heldOf(sights)).toBeNull();
    expect(heldOf(sightsOf({ tag: "loss", series: [series], revision: { value: 0 } as never }, () => run(0, "."), "step", scales(0, 999)))).toEqual({
      held: 11,
      total: 1000,
    });
  });

  it("shows the points that came, and a neighbour asks for its own alone", () => {
    const [details, series] = [new Details(), thinned()];
    look(details, series, 320, 480);
    answer(details, series);
    expect([...series.value]).toEqual([0, 100, 200, ...counting(300, 501), 600, 700, 800, 900, 999]);
    look(details, series, 340, 460);
    expect(details.ask()).toEqual([]);
    look(details, series, 400, 640);
    expect(details.ask().map(({ from, to }) => [from, to])).toEqual([[501, 701]]);
    expect(series.gaps.map(({ from, to }) => [from, to])).toEqual([[0, 300], [501, 1000]]);
  });

  it("takes its stand-ins back where much is held and nobody looks any more, the oldest first", () => {
    const [details, series] = [new Details(400), thinned()];
    const before = [...series.value];
    look(details, series, 110, 180);
    answer(details, series);
    look(details, series, 510, 580);
    answer(details, series);
    expect(details.held).toBe(202);
    look(details, series, 710, 880);
    expect(answer(details, series)).toEqual(["loss"]);
    expect([...series.value]).toEqual([0, 100, 200, 300, 400, ...counting(500, 601), ...counting(700, 901), 999]);
    look(details, series, 0, 999, {});
    expect(details.ask()).toEqual([]);
    details.take(series, []);
    expect(series.standing(0, 1000).length).toBe(3);
    for (const standing of [{ from: 500, to: 601, gen: 1, index: Uint32Array.of(500, 600) }, { from: 700, to: 901, gen: 1, index: Uint32Array.of(700, 800, 900) }]) {
      expect(series.thin({ ...standing, gen: 2 })).toBe(false);
      expect(series.thin(standing)).toBe(true);
      expect(series.thin(standing)).toBe(false);
    }
    expect([...series.value]).toEqual(before);
    expect(series.gaps.map(({ from, to, index }) => [from, to, index.length])).toEqual([[0, 1000, 11]]);
  });

  it("is held no longer where its series was replaced, or has gone", () => {
    const details = new Details();
    const [one, other] = [thinned("one"), thinned("other")];
    for (const series of [one, other]) {
      look(details, series, 110, 180);
      answer(details, series);
    }
    expect(details.held).toBe(202);
    const [part, buffer] = partOf([0, 500, 999], 0, 1000, true, "one");
    one.applyKey({ ...part, gen: 2 }, buffer);
    expect(details.held).toBe(101);
    details.keep((series) => series !== other);
    expect(details.held).toBe(0);
  });

  it("is not asked for beyond what may be held, nor for what a chart shows given up", () => {
    const details = new Details(300);
    const [one, other] = [thinned("one"), thinned("other")];
    look(details, one, 110, 280);
    answer(details, one);
    look(details, other, 110, 280);
    expect(details.ask()).toEqual([]);
    expect(one.length).toBeGreaterThan(200);
    details.look(one, []);
    expect(details.ask()).toHaveLength(1);
  });
});

it("a store asks for what is looked at closely when the kernel can answer, and tells its charts", () => {
  const source = new FakeSource();
  const store = new Store(source);
  const [part, buffer] = partOf([...counting(0, 10).map((i) => i * 100), 999], 0, 1000, true);
  const staying = { staying: 1000 };
  const beat = (busy: boolean): Beat => ({ type: "beat", now: 1001, stream: "s", seq: 1, busy, ...staying });
  source.send([{ ...frame("key", 1, [])[0], series: [part], ...staying }, buffer]);
  const details = () => source.asked.filter(({ type }) => type === "detail?");
  const data = store.tag("loss")!;
  store.lookClosely(data, sightsOf(data, () => run(0, "."), "step", scales(320, 480)));
  source.send([beat(true)]);
  expect(details()).toEqual([]);
  source.send([beat(false)]);
  expect(details()).toEqual([{ type: "detail?", stream: "s", series: [{ run: 0, attempt: 0, tag: "loss", gen: 1, from: 300, to: 501 }] }]);
  const { revision } = data;
  const before = revision.value;
  const [points, numbers] = partOf(counting(300, 501), 300, 501, false);
  const fill: Fill = { type: "fill", v: 1, n: 1, stream: "s", now: 1002, series: [points], detail: true, ...staying };
  source.send([fill, numbers]);
  expect([revision.value, data.series[0]!.length]).toEqual([before + 1, 3 + 201 + 5]);
  source.send([beat(false)]);
  expect(source.asked.map(({ type }) => type)).toEqual(["detail?", "got"]);
});
