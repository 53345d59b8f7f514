import type { ViewNode } from "./view";

/** Items in the order in which the keyboard goes through them: as executed, a group before what it holds. */
export function readingOrder(roots: readonly ViewNode[]): ViewNode[] {
  const order: ViewNode[] = [];
  const todo = [...roots].reverse();
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (node.form === "rows") {
      order.push(...node.rows);
      continue;
    }
    order.push(node);
    for (let i = node.children.length - 1; i >= 0; i--) todo.push(node.children[i]!);
  }
  return order;
}

export type Command = { readonly focus: number } | { readonly toggle: number } | { readonly select: number } | null;

/** What a key does in the tree, as the ARIA practices have it. */
export function command(key: string, order: readonly ViewNode[], current: number): Command {
  const index = Math.max(0, order.findIndex((node) => node.id === current));
  const node = order[index];
  if (node === undefined) return null;
  const to = (target: ViewNode | undefined): Command => (target === undefined ? null : { focus: target.id });
  const isOpen = node.form === "frame";
  switch (key) {
    case "ArrowDown":
      return to(order[index + 1]);
    case "ArrowUp":
      return to(order[index - 1]);
    case "Home":
      return to(order[0]);
    case "End":
      return to(order[order.length - 1]);
    case "ArrowRight":
      if (isOpen) return order[index + 1]?.parent === node.id ? to(order[index + 1]) : null;
      return node.canOpen ? { toggle: node.id } : null;
    case "ArrowLeft":
      if (isOpen) return { toggle: node.id };
      return node.parent >= 0 ? { focus: node.parent } : null;
    case "Enter":
    case " ":
      return node.canOpen ? { toggle: node.id } : { select: node.id };
    default:
      return null;
  }
}
