import { describe, expect, it } from "vitest";
import { metricOf } from "../../src/hparams/metric";
import { Store } from "../../src/store/store";
import { FakeSource, frame, part } from "../frames";

function growing() {
  const source = new FakeSource();
  const store = new Store(source);
  source.send(frame("key", 1, [part("loss", [3, NaN, 1, 2])]));
  return { source, series: () => store.tag("loss")!.series[0]! };
}

describe("a metric", () => {
  it("is the last, the least or the greatest number, whatever is none", () => {
    const { series } = growing();
    expect([metricOf(series(), "last"), metricOf(series(), "min"), metricOf(series(), "max")]).toEqual([2, 1, 3]);
  });

  it("follows what comes, and what was replaced", () => {
    const { source, series } = growing();
    expect(metricOf(series(), "max")).toBe(3);
    source.send(frame("delta", 2, [part("loss", [7, NaN], { from: 4, total: 6 })]));
    expect([metricOf(series(), "max"), metricOf(series(), "min"), metricOf(series(), "last")]).toEqual([7, 1, NaN]);
    source.send(frame("delta", 3, [part("loss", [0.5], { gen: 2 })]));
    expect([metricOf(series(), "max"), metricOf(series(), "last")]).toEqual([0.5, 0.5]);
  });
});
