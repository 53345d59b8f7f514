import type { Item } from "../wire/graph";
import { isLeafModule, type Model, pathOf } from "./model";
import { amountOf } from "./painting";
import { qualified } from "./view";

/** A row of the table of layers. */
export interface TableRow {
  readonly id: number;
  /** Depth in the tree, 0 for what is outermost; 0 for all where the rows are sorted. */
  readonly depth: number;
  readonly canOpen: boolean;
  readonly open: boolean;
}

export type SortBy = "name" | "params" | "flops" | "output";

/** What the rows are sorted by; null: as the network runs, as a tree. */
export type Sort = { readonly by: SortBy; readonly down: boolean } | null;

/** Rows of the tree in which the groups of `open` are open, in the order of execution. */
export function treeRows(model: Model, open: ReadonlySet<number>): TableRow[] {
  const rows: TableRow[] = [];
  const todo = [...model.top].reverse().map((id) => ({ id, depth: 0 }));
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    const item = model.items[at.id];
    if (item === undefined || item.kind === "const" || item.kind === "input" || item.kind === "output") continue;
    const children = tableChildren(model, at.id);
    const isOpen = children.length > 0 && open.has(at.id);
    rows.push({ ...at, canOpen: children.length > 0, open: isOpen });
    if (!isOpen) continue;
    for (let i = children.length - 1; i >= 0; i--) todo.push({ id: children[i]!, depth: at.depth + 1 });
  }
  return rows;
}

/** What a group shows in the table. A layer's operations are the diagram's to show. */
function tableChildren(model: Model, id: number): readonly number[] {
  const item = model.items[id];
  if (item === undefined || isLayer(model, item)) return [];
  return model.parts.get(id) ?? item.children ?? [];
}

/** All layers as one list, the largest or the first in the alphabet first. */
export function sortedRows(model: Model, sort: NonNullable<Sort>): TableRow[] {
  const ids: number[] = [];
  model.items.forEach((item, id) => {
    if (model.begin[id] !== -1 && (isLayer(model, item) || (item.kind === "op" && !inLayer(model, item)))) ids.push(id);
  });
  const sign = sort.down ? -1 : 1;
  if (sort.by === "name") {
    const names = new Map(ids.map((id) => [id, pathOf(model, id)]));
    ids.sort((a, b) => sign * (names.get(a)! < names.get(b)! ? -1 : names.get(a)! > names.get(b)! ? 1 : 0));
  } else {
    const { by } = sort;
    const size = new Map(ids.map((id) => [id, by === "output" ? outputSize(model.items[id]!) : amountOf(model, id, by)]));
    ids.sort((a, b) => sign * (size.get(a)! - size.get(b)!) || a - b);
  }
  return ids.map((id) => ({ id, depth: 0, canOpen: false, open: false }));
}

/** A module whose inside is operations, or a call that shows none. */
function isLayer(model: Model, item: Item): boolean {
  return isLeafModule(model.items, item) && !model.payload.foreign;
}

function inLayer(model: Model, item: Item): boolean {
  const parent = model.items[item.parent];
  return parent !== undefined && isLayer(model, parent);
}

/** Elements of what comes out, sizes that are not known counted as one. */
function outputSize(item: Item): number {
  const shapes = (item.outputs ?? []).flatMap(({ shape }) => (shape === null ? [] : [shape]));
  return shapes.reduce((sum, shape) => sum + shape.reduce<number>((product, dim) => product * (dim ?? 1), 1), 0);
}

/** Its name; a child called "0" bears its parent's, too. */
export function ownName(model: Model, id: number): string {
  const item = model.items[id];
  return item === undefined ? "" : qualified(item.name, model.path.includes(item.parent) ? undefined : model.items[item.parent]);
}

/** Groups that must be open for an item's row to be there. */
export function groupsAround(model: Model, id: number): number[] {
  const groups: number[] = [];
  for (let at = model.items[id]?.parent ?? -1; at >= 0 && groups.length <= model.items.length; at = model.items[at]?.parent ?? -1) {
    const part = (model.parts.get(at) ?? []).find((held) => model.items[held]?.children?.includes(groups.at(-1) ?? id) === true);
    if (part !== undefined) groups.push(part);
    groups.push(at);
  }
  return groups;
}
