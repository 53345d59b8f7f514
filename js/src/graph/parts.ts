import type { Item } from "../wire/graph";
import { STRIDE } from "./columns";

/** More children than this are shown in parts: a layout and a reader both have an end. */
const MANY = 200;
const PART = 100;

/**
 * Divides the children of groups that have very many. Changes `items`: the parts come behind them.
 *
 * @returns parts: of stacks only, whose repeats remain their children
 */
export function* divide(items: Item[]): Generator<void, { items: readonly Item[]; parts: Map<number, readonly number[]> }> {
  const parts = new Map<number, readonly number[]>();
  const count = items.length;
  for (let id = 0; id < count; id++) {
    if (id % (4 * STRIDE) === 0) yield;
    const item = items[id]!;
    let children = item.children ?? [];
    while (children.length > MANY) children = gather(items, id, children);
    if (children === item.children || children.length === 0) continue;
    if (item.kind === "stack") parts.set(id, children);
    else item.children = children;
  }
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
    if (open.length <= 1) {
      held.push(...open); // one alone needs no box around it
      open = [];
      return;
    }
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
      const item = items[child];
      if (item !== undefined && (owner.kind !== "stack" || item.kind === "fold")) item.parent = id;
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
