import { describe, expect, it } from "vitest";
import vectors from "../../../tests/vectors/packed-graphs.json";
import { readColumns } from "../../src/graph/columns";
import { indexGraph } from "../../src/graph/model";
import { finished } from "../../src/graph/steps";
import type { AnyGraph, GraphPayload, PackedGraph } from "../../src/wire/graph";

const CASES = vectors as unknown as { name: string; payload: GraphPayload; packed: PackedGraph }[];

function read(graph: AnyGraph) {
  return finished(readColumns(graph));
}

describe("graphs in columns", () => {
  it.each(CASES)("$name: items and edges are those that were packed", ({ payload, packed }) => {
    const { items, edges } = read(packed);
    expect(items).toEqual(payload.items);
    expect(Array.from(edges.to, (to, i) => ({ from: edges.from[i], to, ...edges.facts[edges.fact[i]!]! }))).toEqual(payload.edges);
    expect(read(payload).items).toEqual(payload.items);
  });

  it("places each item before what is in it, and an item's parts in one range", () => {
    for (const { packed } of CASES) {
      const { items, begin, end } = indexGraph(packed);
      items.forEach((item, id) => {
        expect(end[id]! - begin[id]!).toBe(1 + (item.children ?? []).reduce((sum, child) => sum + end[child]! - begin[child]!, 0));
        for (const child of item.children ?? []) expect(begin[child]).toBeGreaterThan(begin[id]!);
      });
    }
  });

  it("leaves out edges whose ends do not exist and survives numbers that mean nothing", () => {
    const { packed } = CASES[0]!;
    const broken = { ...packed, up: packed.up.map((up, i) => (i === 3 ? -7 : i === 4 ? 0 : up)), edges: { ...packed.edges, to: [99, -1e9, NaN, 3], back: [1, 2] } };
    expect(read(broken).edges.to.length).toBe(0);
    expect(indexGraph(broken).top.length).toBeGreaterThan(0);
  });
});
