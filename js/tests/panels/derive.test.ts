import { describe, expect, it } from "vitest";
import { bandOf } from "../../src/maths/band";
import { smooth } from "../../src/maths/smooth";
import { curvesOf, type Curve } from "../../src/panels/curve";
import { Derivation } from "../../src/panels/derivation";
import { deriveSteps, type Wanted } from "../../src/panels/derive";
import { outlinesOf } from "../../src/panels/bands";
import type { TagData } from "../../src/store/store";
import type { RunInfo } from "../../src/wire/frame";
import { Store } from "../../src/store/store";
import { FakeSource, frame, part, run } from "../frames";

const NAMES = ["a_seed0", "a_seed1", "b"];
const VALUES = [[1, 2, 3, 4], [3, 2, 5, 6], [10, 10, 20, 30]];

/** Three runs of one tag. */
function given(): { data: TagData; runOf: (id: number) => RunInfo | undefined; store: Store } {
  const source = new FakeSource();
  const store = new Store(source);
  source.send(frame("key", 1, VALUES.map((values, id) => part("loss", values, { run: id })), { runs: NAMES.map((name, id) => run(id, name)) }));
  return { data: store.tag("loss")!, runOf: (id) => store.run(id), store };
}

function wanted(store: Store, more: Partial<Wanted> = {}): Wanted {
  const group = { run: run(0, "a", { color: 7 }), members: [store.run(0)!, store.run(1)!] };
  return { weight: 0, baseline: "", compare: "difference", groups: [group], average: "mean", band: "minmax", members: false, ...more };
}

function derived(curves: readonly Curve[], bases: readonly Curve[], how: Wanted): Curve[] {
  const steps = deriveSteps(curves, bases, how);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

describe("a group of runs", () => {
  it("is one curve in its band, in a colour of its own; runs in no group stay", () => {
    const { data, runOf, store } = given();
    const [b, a] = derived(curvesOf(data, runOf, 0, "step"), [], wanted(store)) as [Curve, Curve];
    expect([b.run.name, [...b.raw]]).toEqual(["b", VALUES[2]]);
    expect([a.run.name, a.run.color, [...a.raw]]).toEqual(["a", 7, [2, 2, 4, 5]]);
    expect([...a.band!.low.values]).toEqual([1, 2, 3, 4]);
    expect([...a.band!.high.values]).toEqual([3, 2, 5, 6]);
  });

  it("is computed of its runs' smoothed curves, and may show them", () => {
    const { data, runOf, store } = given();
    const drawn = derived(curvesOf(data, runOf, 0.6, "step"), [], wanted(store, { weight: 0.6, members: true }));
    expect(drawn.filter(({ member }) => member).map(({ run: { name, color } }) => [name, color])).toEqual([["a", 7], ["a", 7]]);
    const x = Float64Array.of(0, 1, 2, 3);
    const lines = VALUES.slice(0, 2).map((values) => ({ x, y: smooth(Float64Array.from(values), 0.6) }));
    expect([...drawn.at(-1)!.raw]).toEqual([...bandOf(lines, "mean", "none").centre]);
  });

  it("counts only the runs that show", () => {
    const { data, store } = given();
    const shown = (id: number) => (id === 1 ? undefined : store.run(id));
    const a = derived(curvesOf(data, shown, 0, "step"), [], wanted(store)).at(-1)!;
    expect([...a.raw]).toEqual(VALUES[0]);
  });
});

describe("a baseline", () => {
  const against = (how: Partial<Wanted>) => {
    const { data, runOf, store } = given();
    const curves = curvesOf(data, runOf, how.weight ?? 0, "step");
    return derived(curves, [curves[0]!], wanted(store, { groups: [], baseline: "a_seed0", ...how }));
  };

  it("is flat, and others are their difference from it or their multiple of it", () => {
    expect(against({}).map(({ raw }) => [...raw])).toEqual([[0, 0, 0, 0], [2, 0, 2, 2], [9, 8, 17, 26]]);
    expect([...against({ compare: "ratio" })[2]!.raw]).toEqual([10, 5, 20 / 3, 7.5]);
  });

  it("is what is drawn of it", () => {
    const base = smooth(Float64Array.from(VALUES[0]!), 0.6);
    const [own, other] = against({ weight: 0.6 }) as [Curve, Curve];
    expect([0, 1, 2, 3].map((i) => own.smoothedAt(i))).toEqual([0, 0, 0, 0]);
    expect([...other.raw]).toEqual(VALUES[1]!.map((value, i) => value - base[i]!));
  });

  it("that there is not leaves nothing to draw", () => {
    const { data, runOf, store } = given();
    expect(derived(curvesOf(data, runOf, 0, "step"), [], wanted(store, { baseline: "gone" }))).toEqual([]);
  });
});

it("what is drawn is computed anew only when it would be another", () => {
  const { data, runOf, store } = given();
  const derivation = new Derivation();
  const take = (more: Partial<Wanted> = {}) => derivation.take(curvesOf(data, runOf, 0, "step"), [], wanted(store, more), Infinity)!;
  const first = take();
  expect(take()).toBe(first);
  expect(take({ average: "median" })).not.toBe(first);
});

it("a band breaks where it has no edge", () => {
  const { data, runOf, store } = given();
  const [, a] = derived(curvesOf(data, runOf, 0, "step"), [], wanted(store)) as [Curve, Curve];
  const axis = (to: number) => ({ from: 0, to, log: false });
  const scales = { x: axis(3), y: axis(6), left: 0, top: 0, width: 300, height: 60 };
  const rounded = outlinesOf(a, scales).map((outline) => outline.map((point) => point.map(Math.round)));
  expect(rounded).toEqual([[[0, 30], [100, 40], [200, 10], [300, 0], [300, 20], [200, 30], [100, 40], [0, 50]]]);
  a.band!.low.values[1] = NaN;
  expect(outlinesOf(a, scales).map((outline) => outline.length)).toEqual([4]);
});
