import type { Link } from "./links";
import { isLeafModule, type Model } from "./model";
import type { ViewNode } from "./view";

/**
 * Joins unbranched runs of closed leaf modules into one box with a row each, in place.
 * Outermost a single leaf module stays a box of its own; inside a frame it becomes a box of one row.
 *
 * @returns id of a row → id of the node that holds it
 */
export function formChains(
  roots: ViewNode[],
  links: readonly Link[],
  nodes: ReadonlyMap<number, ViewNode>,
  model: Model,
): Map<number, number> {
  const next = only(links, "from", "to");
  const previous = only(links, "to", "from");
  const holder = new Map<number, number>();
  const isRow = (node: ViewNode): boolean => node.form === "box" && isLeafModule(model.items, node.item);
  const join = (children: ViewNode[], least: number): ViewNode[] => {
    const inside = new Set(children.filter(isRow).map((node) => node.id));
    const joined: ViewNode[] = [];
    const ring = new Set(inside);
    for (const node of children) {
      if (!inside.has(node.id)) {
        joined.push(node);
        continue;
      }
      const before = previous.get(node.id) ?? -1;
      if (inside.has(before) && next.get(before) === node.id) continue;
      const rows = [node];
      for (let id = follow(node.id, next, previous); inside.has(id); id = follow(id, next, previous)) {
        const row = nodes.get(id);
        if (row === undefined || rows.includes(row)) break;
        rows.push(row);
      }
      for (const row of rows) ring.delete(row.id);
      if (rows.length < least) {
        joined.push(node);
        continue;
      }
      joined.push({ ...node, form: "rows", rows });
      for (const row of rows) holder.set(row.id, node.id);
    }
    // A ring of leaf modules has no first row: each stays a box.
    for (const id of ring) joined.push(nodes.get(id)!);
    return joined;
  };
  for (const node of nodes.values()) {
    if (node.form === "frame") node.children = join(node.children, 1);
  }
  roots.splice(0, roots.length, ...join(roots, 2));
  return holder;
}

function follow(id: number, next: ReadonlyMap<number, number>, previous: ReadonlyMap<number, number>): number {
  const to = next.get(id) ?? -1;
  return previous.get(to) === id ? to : -1;
}

/** The one partner of each item on the side `there`; items with several are left out. */
function only(links: readonly Link[], here: "from" | "to", there: "from" | "to"): Map<number, number> {
  const partner = new Map<number, number>();
  const several = new Set<number>();
  for (const link of links) {
    if (partner.has(link[here])) several.add(link[here]);
    partner.set(link[here], link[there]);
  }
  for (const id of several) partner.delete(id);
  return partner;
}
