import type { Shape } from "../wire/graph";
import type { Model } from "./model";

/** One tensor that flows along a link. */
export interface Flow {
  /** Leaf that made it. */
  readonly item: number;
  readonly out: number;
  readonly shape: Shape;
  readonly dtype: string;
  readonly bytes: number | null;
}

/** All tensors from one visible item to another. */
export interface Link {
  readonly from: number;
  readonly to: number;
  readonly flows: Flow[];
}

/**
 * Edges between leaves as links between the visible items that stand for them.
 *
 * @param shown stand-in of each item, −1 for none
 * @param hidden whether an edge runs between two repeats of which one is drawn
 */
export function lift(model: Model, shown: Int32Array, hidden: (from: number, to: number) => boolean): Link[] {
  const size = model.items.length;
  const links = new Map<number, Link>();
  const known = new Set<string>();
  for (const edge of model.edges) {
    const from = shown[edge.from] ?? -1;
    const to = shown[edge.to] ?? -1;
    if (from < 0 || to < 0 || from === to || hidden(edge.from, edge.to)) continue;
    const pair = from * size + to;
    let link = links.get(pair);
    if (link === undefined) {
      link = { from, to, flows: [] };
      links.set(pair, link);
    }
    const flow = `${pair}:${edge.from}:${edge.out}`;
    if (known.has(flow)) continue;
    known.add(flow);
    link.flows.push({ item: edge.from, out: edge.out, shape: edge.shape, dtype: edge.dtype, bytes: edge.bytes });
  }
  return [...links.values()];
}

/**
 * Tells edges within one of `stacks` that are not within its first repeat, which is drawn for all: those
 * between repeats would be loops there, those within another are the first's over again.
 */
export function echoes(model: Model, stacks: ReadonlySet<number>): (from: number, to: number) => boolean {
  if (stacks.size === 0) return () => false;
  const repeats = new Map<number, Map<number, number>>();
  // By the parent's answer: a walk up from every end of every edge would be quadratic on deep trees.
  const of = (leaf: number): Map<number, number> => {
    const chain: number[] = [];
    let id = leaf;
    while (id >= 0 && !repeats.has(id) && chain.length <= model.items.length) {
      chain.push(id);
      id = model.items[id]?.parent ?? -1;
    }
    let known = repeats.get(id) ?? new Map<number, number>();
    for (const at of chain.reverse()) {
      const parent = model.items[at]?.parent ?? -1;
      if (stacks.has(parent)) known = new Map(known).set(parent, at);
      repeats.set(at, known);
    }
    return known;
  };
  return (from, to) => {
    const target = of(to);
    for (const [stack, repeat] of of(from)) {
      const other = target.get(stack);
      if (other !== undefined && (other !== repeat || repeat !== model.items[stack]?.children?.[0])) return true;
    }
    return false;
  };
}

/** Bytes that flow along `flows`; those of unknown size count nothing. */
export function bytesOf(flows: readonly Flow[]): number {
  return flows.reduce((sum, flow) => sum + (flow.bytes ?? 0), 0);
}
