import type { Edge, GraphPayload, Item } from "../wire/graph";

/** A graph made ready for drawing: indexed, checked, with huge groups divided. */
export interface Model {
  readonly payload: GraphPayload;
  /** The payload's items; behind them the parts that divide huge groups. */
  readonly items: readonly Item[];
  readonly byKey: ReadonlyMap<string, number>;
  /** Parts of a stack of very many, drawn where all are; the repeats remain its children. */
  readonly parts: ReadonlyMap<number, readonly number[]>;
  /** Edges whose ends exist. */
  readonly edges: readonly Edge[];
  /** What is drawn outermost, in execution order. */
  readonly top: readonly number[];
  /** Ids from the root to the group that is drawn: the breadcrumb. */
  readonly path: readonly number[];
}

/** More children than this are shown in parts: a layout and a reader both have an end. */
const MANY = 200;
const PART = 100;

export function indexGraph(payload: GraphPayload): Model {
  const { items, parts } = divide(payload.items);
  const byKey = new Map<string, number>();
  items.forEach((item, id) => {
    if (!byKey.has(item.key)) byKey.set(item.key, id);
  });
  const edges = payload.edges.filter((edge) => edge.from in payload.items && edge.to in payload.items);
  const path = ancestry(items, payload.look.drawn);
  return { payload, items, byKey, parts, edges, path, top: dissolved(items, path) };
}

/** Ids from the root down to `id`, both included. */
export function ancestry(items: readonly Item[], id: number): number[] {
  const path: number[] = [];
  const seen = new Set<number>();
  for (let at = id; at >= 0 && at < items.length && !seen.has(at); at = items[at]?.parent ?? -1) {
    seen.add(at);
    path.unshift(at);
  }
  return path;
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

function divide(source: readonly Item[]): { items: readonly Item[]; parts: Map<number, readonly number[]> } {
  const items = [...source];
  const parts = new Map<number, readonly number[]>();
  source.forEach((item, id) => {
    let children = item.children ?? [];
    while (children.length > MANY) children = gather(items, id, children);
    if (children === item.children || children.length === 0) return;
    if (item.kind === "stack") parts.set(id, children);
    else items[id] = { ...items[id]!, children };
  });
  return { items, parts };
}

/**
 * Puts `children` of `group` into new items of `PART` each, inputs and outputs apart if they are few;
 * returns what the group then holds. A stack's repeats keep it as their parent.
 */
function gather(items: Item[], group: number, children: readonly number[]): number[] {
  const isEnd = (id: number): boolean => items[id]?.kind === "input" || items[id]?.kind === "output";
  const apart = children.filter(isEnd).length <= PART / 2;
  const held: number[] = [];
  const owner = items[group]!;
  let open: number[] = [];
  const close = (): void => {
    if (open.length === 0) return;
    const id = items.length;
    const first = items[open[0]!]!;
    const last = items[open[open.length - 1]!]!;
    const count = open.reduce((sum, child) => sum + (items[child]?.count ?? 0), 0);
    items.push({
      key: `${owner.key}#${first.key}`,
      kind: "fold",
      name: `${first.name} … ${last.name}`,
      parent: group,
      children: open,
      count,
    });
    for (const child of open) {
      if (owner.kind !== "stack" || items[child]!.kind === "fold") items[child] = { ...items[child]!, parent: id };
    }
    held.push(id);
    open = [];
  };
  for (const child of children) {
    if (apart && isEnd(child)) {
      close();
      held.push(child);
      continue;
    }
    open.push(child);
    if (open.length >= PART) close();
  }
  close();
  return held;
}

/** A module that holds operations at most. */
export function isLeafModule(items: readonly Item[], item: Item): boolean {
  if (item.kind !== "module") return false;
  return (item.children ?? []).every((child) => {
    const kind = items[child]?.kind;
    return kind !== "module" && kind !== "fold" && kind !== "stack";
  });
}
