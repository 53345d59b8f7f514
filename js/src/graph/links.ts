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

/** All tensors from one visible item to another; none where the one only waits for the other. */
export interface Link {
  readonly from: number;
  readonly to: number;
  readonly flows: Flow[];
}

/** Where each item is seen: by its place in the tree the id of the visible item that stands for it, −1 for none. */
export type Shown = Int32Array;

/**
 * Edges between leaves as links between the visible items that stand for them.
 *
 * @param hidden whether an edge between two leaves runs between two repeats of which one is drawn
 */
export function lift(model: Model, shown: Shown, hidden: (from: number, to: number) => boolean): Link[] {
  const { begin, edges } = model;
  const size = model.items.length;
  const links = new Map<number, Link>();
  const known = new Map<Link, Set<number>>();
  for (let i = 0; i < edges.to.length; i++) {
    const source = edges.from[i]!;
    const target = edges.to[i]!;
    const from = shown[begin[source]!] ?? -1;
    const to = shown[begin[target]!] ?? -1;
    if (from < 0 || to < 0 || from === to || hidden(source, target)) continue;
    const pair = from * size + to;
    let link = links.get(pair);
    if (link === undefined) {
      link = { from, to, flows: [] };
      links.set(pair, link);
      known.set(link, new Set());
    }
    const { out, shape, dtype, bytes } = edges.facts[edges.fact[i]!]!;
    if (out < 0) continue;
    const tensors = known.get(link)!;
    const tensor = out * size + source;
    if (tensors.has(tensor)) continue;
    tensors.add(tensor);
    link.flows.push({ item: source, out, shape, dtype, bytes });
  }
  return [...links.values()];
}

/**
 * Tells edges within one of `stacks` that are not within its first repeat, which is drawn for all: those
 * between repeats would be loops there, those within another are the first's over again.
 */
export function echoes(model: Model, stacks: readonly number[]): (from: number, to: number) => boolean {
  const { begin, end, items } = model;
  // By place the innermost stack; by stack the one around it.
  const innermost = new Int32Array(items.length).fill(-1);
  const around = new Map<number, number>();
  for (const stack of [...stacks].sort((a, b) => begin[a]! - begin[b]!)) {
    around.set(stack, innermost[begin[stack]!]!);
    innermost.fill(stack, begin[stack], end[stack]);
  }
  const repeatAt = (stack: number, place: number): number => {
    const repeats = items[stack]?.children ?? [];
    let low = 0;
    for (let high = repeats.length; low + 1 < high; ) {
      const middle = (low + high) >> 1;
      if (begin[repeats[middle]!]! <= place) low = middle;
      else high = middle;
    }
    return low;
  };
  return (from, to) => {
    const source = begin[from]!;
    const target = begin[to]!;
    for (let stack = innermost[source] ?? -1; stack >= 0; stack = around.get(stack) ?? -1) {
      if (target < begin[stack]! || target >= end[stack]!) continue;
      const repeat = repeatAt(stack, source);
      if (repeat > 0 || repeatAt(stack, target) !== repeat) return true;
    }
    return false;
  };
}

/** Bytes that flow along `flows`: at least, where a size is not known, as that of a batch. */
export function bytesOf(flows: readonly Flow[]): number {
  return flows.reduce((sum, { bytes, shape }) => sum + (bytes ?? leastBytes(shape)), 0);
}

const ITEM_BYTES = 4;

function leastBytes(shape: Shape): number {
  return shape === null ? 0 : shape.reduce<number>((product, dim) => product * (dim ?? 1), ITEM_BYTES);
}
