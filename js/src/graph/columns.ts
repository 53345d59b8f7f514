import type { AnyGraph, EdgeFact, GraphPayload, Item, PackedGraph } from "../wire/graph";

/** Edges in columns: of a network of a hundred thousand operations each walk goes over all of them. */
export interface Edges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Which of `facts` tells of the tensor. */
  readonly fact: Int32Array;
  readonly facts: readonly EdgeFact[];
}

/** A graph's items, which are the caller's to change, and its edges, those without an end left out. */
export interface Columns {
  readonly items: Item[];
  readonly edges: Edges;
}

/** So many steps of long work are made at once. */
export const STRIDE = 4096;

/** Reads a graph of either kind, a part at each step. */
export function* readColumns(graph: AnyGraph): Generator<void, Columns> {
  return graph.v === 2 ? yield* unpack(graph) : yield* copied(graph);
}

function* copied(graph: GraphPayload): Generator<void, Columns> {
  const items = graph.items.map((item) => ({ ...item }));
  yield;
  const edges = graph.edges.filter((edge) => edge.from in items && edge.to in items);
  return {
    items,
    edges: {
      from: Int32Array.from(edges, (edge) => edge.from),
      to: Int32Array.from(edges, (edge) => edge.to),
      fact: Int32Array.from(edges, (_, i) => i),
      facts: edges,
    },
  };
}

function* unpack(graph: PackedGraph): Generator<void, Columns> {
  const { names, up, facts, table } = graph;
  const items: Item[] = [];
  // Taken apart once: to do so for each item costs more than all else.
  const shared = table.map(({ path, ...rest }) => ({ rest: { kind: "op" as const, ...rest }, hasPath: path !== undefined }));
  const keys = new Map(Object.entries(graph.keys).map(([id, key]) => [Number(id), key]));
  const paths = new Map(Object.entries(graph.paths).map(([id, path]) => [Number(id), path]));
  const children = new Map<number, number[]>();
  const modules = new Int32Array(names.length);
  for (let id = 0; id < names.length; id++) {
    if (id % STRIDE === STRIDE - 1) yield;
    const name = names[id]!;
    const above = id - (up[id] ?? 0);
    const parent = above >= 0 && above < id ? above : -1;
    const around = parent < 0 ? -1 : modules[parent]!;
    const { rest, hasPath } = shared[facts[id] ?? -1] ?? NOTHING;
    modules[id] = rest.kind === "module" || around < 0 ? id : around;
    const key = keys.get(id) ?? `${around < 0 ? "" : `${items[around]!.key}/`}${name}`;
    // Shared facts last: V8 copies them a tenth as fast where others are added to the copy.
    const item: Item = { key, name, parent, ...rest };
    if (hasPath) item.path = paths.get(id) ?? pathIn(items[around]?.path, name);
    items.push(item);
    if (parent < 0) continue;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [id]);
    else siblings.push(id);
  }
  for (const [id, of] of children) items[id]!.children = of;
  yield;
  return { items, edges: yield* edgesOf(graph, items.length) };
}

const NOTHING = { rest: { kind: "op" as const }, hasPath: false };

function pathIn(around: string | undefined, name: string): string {
  return around === undefined || around === "" ? name : `${around}.${name}`;
}

function* edgesOf({ edges }: PackedGraph, items: number): Generator<void, Edges> {
  const count = edges.to.length;
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  const fact = new Int32Array(count);
  let kept = 0;
  let target = 0;
  for (let i = 0; i < count; i++) {
    if (i % (8 * STRIDE) === 0) yield;
    target += edges.to[i]!;
    const source = target - (edges.back[i] ?? NaN);
    if (!(target >= 0 && target < items && source >= 0 && source < items)) continue;
    if (edges.table[edges.facts[i] ?? -1] === undefined) continue;
    from[kept] = source;
    to[kept] = target;
    fact[kept++] = edges.facts[i]!;
  }
  return { from: from.subarray(0, kept), to: to.subarray(0, kept), fact: fact.subarray(0, kept), facts: edges.table };
}
