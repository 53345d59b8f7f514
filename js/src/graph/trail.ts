import type { View } from "./view";

/** Nodes whose tensors reach `id` and that its own reach, by what is visible; itself too. */
export function trail(view: View, id: number): Set<number> {
  const start = view.holder.get(id) ?? id;
  const down = new Map<number, number[]>();
  const up = new Map<number, number[]>();
  for (const link of [...view.links, ...view.asides]) {
    if (link.flows.length === 0) continue;
    const from = view.holder.get(link.from) ?? link.from;
    const to = view.holder.get(link.to) ?? link.to;
    put(down, from, to);
    put(up, to, from);
  }
  const found = new Set([start]);
  for (const next of [down, up]) {
    const seen = new Set([start]);
    const todo = [start];
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      for (const other of next.get(at) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        found.add(other);
        todo.push(other);
      }
    }
  }
  return found;
}

function put(lists: Map<number, number[]>, id: number, other: number): void {
  const known = lists.get(id);
  if (known === undefined) lists.set(id, [other]);
  else known.push(other);
}
