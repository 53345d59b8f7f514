/** A snapshot that version 0.1.0 saved: `tests/wire/test_golden_snapshot.py` says why its file is never made anew. */
import { expect, it } from "vitest";
import saved from "../../../tests/vectors/snapshot-format-1.json";
import { unpack } from "../../src/wire/decode";
import { DEFAULT_OPTIONS } from "../../src/wire/options";
import { readSnapshot, type Snapshot } from "../../src/wire/snapshot";

const read = (): Promise<Snapshot> => readSnapshot(JSON.stringify(saved));

it("format 1 gives its points", async () => {
  const { frame, buffer } = await read();
  const [part] = frame.series;
  if (part === undefined) throw new Error("no series");
  expect([part.tag, part.total, part.thinned]).toEqual(["data/sin", 100, false]);
  const steps = Array.from({ length: 100 }, (_, step) => step);
  expect([...unpack(part.step, 100, buffer)]).toEqual(steps);
  expect([...unpack(part.value, 100, buffer)]).toEqual(steps.map((step) => expect.closeTo(Math.sin(step / 10), 5) as number));
  expect(unpack(part.wall, 100, buffer)[0]).toBe(1795504672.655266);
});

it("format 1 gives its run and graph", async () => {
  const { frame } = await read();
  expect(frame.runs.map(({ name, ended, last_step }) => [name, ended, last_step])).toEqual([[".", true, 99]]);
  const graph = frame.graphs[0]?.graph;
  if (graph?.v !== 1) throw new Error("format 1 holds graphs of version 1");
  expect(graph.items.map((item) => item.key)).toEqual(["Net", "x", "Net/dense", "Net/dense/linear", "output"]);
  expect(graph.edges.map((edge) => edge.shape)).toEqual([[2, 10], [2, 1]]);
  expect(graph.totals.params).toBe(11);
});

it("format 1 gives the view as it was left", async () => {
  const { id, options } = await read();
  expect(id).toBe("golden");
  expect(options).toEqual({
    ...DEFAULT_OPTIONS,
    panel: "graph",
    smoothing: 0.9,
    x: "relative",
    log_y: false,
    outliers: true,
    tags: "sin",
    hidden: ["other"],
    height: 480,
    ui: { ...DEFAULT_OPTIONS.ui, zoom: { "data/sin": { x: [2, 5], y: null } }, open: { ".": ["Net/dense"] }, collapsed: ["data"] },
  });
});
