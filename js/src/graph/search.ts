import { ancestry, type Model } from "./model";
import { allKey } from "./view";

export interface Found {
  readonly id: number;
  /** Names from the outermost group to the item. */
  readonly path: string;
  readonly cls: string;
}

const SHOWN = 12;

/**
 * Items whose path or class holds `query`, whatever the case; a query in slashes is a regular expression.
 * A pattern that is none finds nothing.
 */
export function search(model: Model, query: string): { found: Found[]; more: number } {
  const matches = matcher(query);
  const found: Found[] = [];
  let count = 0;
  model.items.forEach((item, id) => {
    if (id === 0 || item.kind === "const") return;
    const path = item.path !== undefined && item.path !== "" ? item.path : item.name;
    if (!matches(path) && !matches(item.cls ?? "")) return;
    count++;
    if (found.length < SHOWN) found.push({ id, path, cls: item.cls ?? item.kind });
  });
  return { found, more: count - found.length };
}

function matcher(query: string): (text: string) => boolean {
  const text = query.trim();
  if (text === "") return () => false;
  const pattern = (/^\/(.+)\/$/.exec(text))?.[1];
  if (pattern === undefined) {
    const lower = text.toLowerCase();
    return (candidate) => candidate.toLowerCase().includes(lower);
  }
  try {
    const regex = new RegExp(pattern, "iu");
    return (candidate) => regex.test(candidate.slice(0, 1000));
  } catch {
    return () => false;
  }
}

/** Keys of the groups that must be open for an item to be seen; a stack shows all if the item is not in its first. */
export function keysToShow(model: Model, id: number): string[] {
  const drawn = new Set(model.path);
  const path = ancestry(model.items, id);
  return path.slice(0, -1).flatMap((group, depth) => {
    const item = model.items[group];
    if (item === undefined || drawn.has(group)) return [];
    const first = item.kind !== "stack" || item.children?.[0] === path[depth + 1];
    if (first) return [item.key];
    const within = (model.parts.get(group) ?? []).filter((part) => model.items[part]?.children?.includes(path[depth + 1]!) === true);
    return [item.key, allKey(item), ...within.map((part) => model.items[part]!.key)];
  });
}
