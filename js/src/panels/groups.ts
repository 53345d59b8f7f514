/** Cards in groups by the first part of their tags. */
import { finder } from "../maths/pattern";

/** The name of the group of pinned cards: no prefix of a tag has a slash. */
export const PINNED = "/pinned";

export interface Group<T> {
  /** The prefix without its slash; empty for tags that have none. */
  name: string;
  cards: readonly { title: string; item: T }[];
}

/**
 * Group tags by what stands before their first slash, in the order in which they come.
 *
 * Where no two tags share a prefix there is one group without a name, and titles are whole tags.
 */
export function groupByPrefix<T extends { tag: string }>(items: readonly T[]): Group<T>[] {
  const groups = new Map<string, { title: string; item: T }[]>();
  for (const item of items) {
    const slash = item.tag.indexOf("/");
    const name = slash > 0 ? item.tag.slice(0, slash) : "";
    const title = slash > 0 && slash < item.tag.length - 1 ? item.tag.slice(slash + 1) : item.tag;
    const cards = groups.get(name);
    if (cards === undefined) groups.set(name, [{ title, item }]);
    else cards.push({ title, item });
  }
  const shared = [...groups].some(([name, cards]) => name !== "" && cards.length > 1);
  return shared ? [...groups].map(([name, cards]) => ({ name, cards })) : ungrouped(items);
}

/** All in one group without a name. */
export function ungrouped<T extends { tag: string }>(items: readonly T[]): Group<T>[] {
  return items.length === 0 ? [] : [{ name: "", cards: items.map((item) => ({ title: item.tag, item })) }];
}

/** A regular expression that a person typed; what is none is searched for as plain text. */
export function matcher(pattern: string): (text: string) => boolean {
  const find = /^[\w/ -]*$/.test(pattern) ? null : finder(pattern, true);
  if (find !== null) return (text) => find(text) !== null;
  const plain = pattern.toLowerCase();
  return (text) => text.toLowerCase().includes(plain);
}

/** Columns of cards in a width, CSS pixels. */
export function columnsIn(width: number): number {
  if (width >= 1200) return 4;
  if (width >= 760) return 3;
  return width >= 520 ? 2 : 1;
}
