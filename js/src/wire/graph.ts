/**
 * The network of a run as it travels: what Python's `graph/outline.py` makes.
 * All names and texts come from files and are untrusted.
 */

/** Dimensions of a tensor; `null` stands for one that is unknown, a null shape for an unknown rank. */
export type Shape = readonly (number | null)[] | null;

export interface TensorFact {
  shape: Shape;
  dtype: string;
}

export interface Param {
  name: string;
  shape: readonly number[];
  dtype: string;
  trainable: boolean;
  shared?: boolean;
}

/**
 * - `module`: a call of a module; `fold`: a group that is no module (stem, head);
 * - `stack`: identical consecutive children, the first stands for all;
 * - `op`, `input`, `output`, `const`: leaves.
 */
export type ItemKind = "module" | "fold" | "stack" | "op" | "input" | "output" | "const";

export interface Item {
  /** Stable identity (scope path or node name), unique in the graph. */
  key: string;
  kind: ItemKind;
  name: string;
  cls?: string;
  path?: string;
  /** Id of the group around it; −1 for the root. */
  parent: number;
  /** In execution order. */
  children?: readonly number[];
  /** Its own parameters. */
  params?: readonly Param[];
  /** All parameters beneath. */
  count?: number;
  flops?: number;
  /** Of the results of all operations beneath, views left out. */
  bytes?: number;
  /** Hash of the structure without sizes. */
  hash?: string;
  attrs?: readonly (readonly [string, string])[];
  source?: string;
  inputs?: readonly TensorFact[];
  outputs?: readonly TensorFact[];
  /** Path of the module that this is another call of. */
  shared?: string;
  mutates?: boolean;
  training?: boolean;
  /** It is no part of the flow: no lines are drawn between what is in it and the rest. */
  aside?: boolean;
}

/** One tensor between two leaves; ids are indices into `items`. */
export interface Edge {
  from: number;
  /** Which output of `from`; −1 where nothing flows: `to` only waits for it. */
  out: number;
  to: number;
  shape: Shape;
  dtype: string;
  bytes: number | null;
  arg?: string;
}

export interface GraphPayload {
  v: 1;
  name: string;
  cls: string;
  totals: { params: number; trainable: number; flops: number | null; dtypes: readonly string[] };
  notes: readonly string[];
  /** Not traced by us: names and shapes only. */
  foreign: boolean;
  /** `items[0]` is the root. */
  items: readonly Item[];
  edges: readonly Edge[];
  /** The first look: the group whose children are drawn, and the groups that are open. */
  look: { drawn: number; open: readonly number[] };
}

/** Facts of a tensor that edges share. */
export type EdgeFact = Omit<Edge, "from" | "to">;

/** The same in columns, as Python's `graph/packed.py` makes it: what is equal is told once. */
export interface PackedGraph extends Omit<GraphPayload, "v" | "items" | "edges"> {
  v: 2;
  /** Of each item. */
  names: readonly string[];
  /** How many items before it its parent stands; one more than its number for the root. */
  up: readonly number[];
  /** Which entry of `table` tells the rest of it. */
  facts: readonly number[];
  table: readonly Partial<Item>[];
  /** Keys and paths that are not those of the module around it and the item's name, by number. */
  keys: Readonly<Record<string, string>>;
  paths: Readonly<Record<string, string>>;
  edges: {
    /** Distance of the target from that of the edge before. */
    readonly to: readonly number[];
    /** Distance of the source from the target. */
    readonly back: readonly number[];
    readonly facts: readonly number[];
    readonly table: readonly EdgeFact[];
  };
}

export type AnyGraph = GraphPayload | PackedGraph;

/** How many items a graph has: the same network may come with fewer of its boxes. */
export function itemCount(graph: AnyGraph): number {
  return graph.v === 2 ? graph.names.length : graph.items.length;
}
