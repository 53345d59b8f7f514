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
}

/** One tensor between two leaves; ids are indices into `items`. */
export interface Edge {
  from: number;
  /** Which output of `from`. */
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
