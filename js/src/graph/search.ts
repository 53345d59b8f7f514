import { finder } from "../maths/pattern";
import { ancestry, type Model, pathOf } from "./model";
import { finished } from "./steps";
import { allKey } from "./view";

export interface Found {
  readonly id: number;
  /** Names from the outermost group to the item. */
  readonly path: string;
  readonly cls: string;
}

export interface Results {
  readonly found: readonly Found[];
  /** How many more there are. */
  readonly more: number;
  /** Whether the query is a pattern that cannot be used. */
  readonly broken: boolean;
}

const SHOWN = 12;

/** What `searching` finds. */
export function search(model: Model, query: string): Results {
  return finished(searching(model, query));
}

/**
 * Items whose path or class holds `query`, whatever the case; a query in slashes is a regular expression.
 * Made in steps, and patterns are followed in a time that grows with the text: no pattern can hold the page.
 */
export function* searching(model: Model, query: string): Generator<void, Results> {
  const matches = matcher(query);
  if (matches === null) return { found: [], more: 0, broken: true };
  const found: Found[] = [];
  let count = 0;
  for (let id = 1; id < model.items.length; id++) {
    if (id % STRIDE === 0) yield;
    const item = model.items[id]!;
    const path = pathOf(model, id);
    if (!matches(path) && !matches(item.cls ?? "")) continue;
    count++;
    if (found.length < SHOWN) found.push({ id, path, cls: item.cls ?? item.kind });
  }
  return { found, more: count - found.length, broken: false };
}

const STRIDE = 256;
/** So many characters of a path are looked at. */
const FAR = 1000;

function matcher(query: string): ((text: string) => boolean) | null {
  const text = query.trim().toLowerCase();
  if (text === "") return () => false;
  const pattern = (/^\/(.+)\/$/.exec(query.trim()))?.[1];
  if (pattern === undefined) return (candidate) => candidate.toLowerCase().includes(text);
  if (isQuick(pattern)) return native(pattern);
  const find = finder(pattern, true);
  return find === null ? null : (candidate) => find(candidate.slice(0, FAR)) !== null;
}

/** Whether JavaScript's own expressions, which are some ten times as fast, take no more than the square of a text's length. */
function isQuick(pattern: string): boolean {
  const bare = pattern.replace(/\\./gs, "a");
  return (bare.match(/[*+{?]/g)?.length ?? 0) <= 1 && !/\)[*+{?]|\\\d|\(\?/.test(pattern);
}

function native(pattern: string): ((text: string) => boolean) | null {
  try {
    const expression = new RegExp(pattern, "iu");
    return (candidate) => expression.test(candidate.slice(0, FAR));
  } catch {
    return null;
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
