import type { AnyGraph, Item, Shape } from "../wire/graph";
import { type Edges, readColumns, STRIDE } from "./columns";
import { divide } from "./parts";
import { finished } from "./steps";

/** A tensor that is drawn at the side of what takes it. */
export interface Mark {
  readonly name: string;
  readonly shape: Shape;
}

/** What a graph tells of itself as a whole. */
export type GraphFacts = Pick<AnyGraph, "name" | "cls" | "totals" | "notes" | "foreign" | "look">;

/** A graph made ready for drawing: indexed, checked, with huge groups divided. */
export interface Model {
  readonly payload: GraphFacts;
  /** The payload's items; behind them the parts that divide huge groups. */
  readonly items: readonly Item[];
  /** Parts of a stack of very many, drawn where all are; the repeats remain its children. */
  readonly parts: ReadonlyMap<number, readonly number[]>;
  /** Edges whose ends exist. */
  readonly edges: Edges;
  /**
   * Places of items when the tree is gone through from the root, parents first: what is in an item has the
   * places from its `begin` up to its `end`. An item that the root does not hold has −1.
   */
  readonly begin: Int32Array;
  readonly end: Int32Array;
  /** By operation the constants that it takes: they are drawn at its sides. */
  readonly constants: ReadonlyMap<number, readonly Mark[]>;
  /** What is drawn outermost, in execution order. */
  readonly top: readonly number[];
  /** Ids from the root to the group that is drawn: the breadcrumb. */
  readonly path: readonly number[];
}

export function indexGraph(graph: AnyGraph): Model {
  return finished(indexing(graph));
}

/** Makes the model, a part at each step: a network of a hundred thousand operations takes longer than a page may wait. */
export function* indexing(graph: AnyGraph): Generator<void, Model> {
  const columns = yield* readColumns(graph);
  const { items, parts } = yield* divide(columns.items);
  const path = ancestry(items, graph.look.drawn);
  const { name, cls, totals, notes, foreign, look } = graph;
  return {
    payload: { name, cls, totals, notes, foreign, look },
    items,
    parts,
    edges: columns.edges,
    ...(yield* places(items, parts)),
    constants: constantsOf(items, columns.edges),
    path,
    top: dissolved(items, path),
  };
}

/** Ids from the root down to `id`, both included. */
export function ancestry(items: readonly Item[], id: number): number[] {
  const path: number[] = [];
  const seen = new Set<number>();
  for (let at = id; at >= 0 && at < items.length && !seen.has(at); at = items[at]?.parent ?? -1) {
    seen.add(at);
    path.push(at);
  }
  return path.reverse();
}

/**
 * The children of the groups on `path`, where each group of the path gives way to its own
 * children: a wrapper goes into the breadcrumb while what stands beside it stays.
 */
function dissolved(items: readonly Item[], path: readonly number[]): number[] {
  let list = [...(items[path[0] ?? 0]?.children ?? [])];
  for (const id of path.slice(1)) {
    list = list.flatMap((child) => (child === id ? [...(items[id]?.children ?? [])] : [child]));
  }
  return list;
}

function constantsOf(items: readonly Item[], { from, to, fact, facts }: Edges): Map<number, Mark[]> {
  const found = new Map<number, Mark[]>();
  for (let i = 0; i < to.length; i++) {
    const source = items[from[i]!]!;
    if (source.kind !== "const" || items[to[i]!]!.kind !== "op" || facts[fact[i]!]!.out < 0) continue;
    const mark = { name: source.name, shape: source.outputs?.[0]?.shape ?? null };
    const marks = found.get(to[i]!);
    if (marks === undefined) found.set(to[i]!, [mark]);
    else marks.push(mark);
  }
  return found;
}

function* places(items: readonly Item[], parts: ReadonlyMap<number, readonly number[]>): Generator<void, Pick<Model, "begin" | "end">> {
  const begin = new Int32Array(items.length).fill(-1);
  const end = new Int32Array(items.length).fill(-1);
  let place = 0;
  let steps = 0;
  const todo = [0];
  // A negative entry: all in an item has its place.
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (++steps % (4 * STRIDE) === 0) yield;
    if (at < 0) {
      end[~at] = place;
      continue;
    }
    if (begin[at] !== -1 || items[at] === undefined) continue;
    begin[at] = place++;
    todo.push(~at);
    const children = items[at]?.children ?? [];
    for (let i = children.length - 1; i >= 0; i--) todo.push(children[i]!);
  }
  // The parts of a stack stand over its repeats, they are not in its tree.
  for (const held of parts.values()) {
    for (const part of held) spread(items, part, begin, end);
  }
  return { begin, end };
}

/** Gives a part of a stack, and the parts that it may consist of, the places of the repeats in it. */
function spread(items: readonly Item[], part: number, begin: Int32Array, end: Int32Array): void {
  const children = items[part]?.children ?? [];
  if (begin[part] !== -1 || children.length === 0) return;
  for (const child of children) if (begin[child] === -1) spread(items, child, begin, end);
  begin[part] = begin[children[0]!]!;
  end[part] = end[children[children.length - 1]!]!;
}

/** A module that holds operations at most. */
export function isLeafModule(items: readonly Item[], item: Item): boolean {
  if (item.kind !== "module") return false;
  return (item.children ?? []).every((child) => {
    const kind = items[child]?.kind;
    return kind !== "module" && kind !== "fold" && kind !== "stack";
  });
}

/** Names from the outermost group to the item: a module's path, or what its key says. */
export function pathOf(model: Model, id: number): string {
  const item = model.items[id];
  if (item === undefined) return "";
  if (item.path !== undefined && item.path !== "") return item.path;
  const root = `${model.items[0]?.key ?? ""}/`;
  return item.kind !== "fold" && item.kind !== "stack" && item.key.startsWith(root) ? item.key.slice(root.length) : item.name;
}
