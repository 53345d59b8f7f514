/** The charts that are of no single tag: those that a person asked for, and those of layouts. */
import { computed, type ReadonlySignal } from "@preact/signals";
import type { Store } from "../store/store";
import { Composed } from "./composed";
import type { Group } from "./groups";
import { layoutCharts } from "./layout-charts";

/** The name of the group of charts that a person asked for: no prefix of a tag has a slash. */
export const CHARTS = "/charts";
/** Before the name of a layout's category. */
export const CATEGORY = "/category ";

/** The name of the chart of these tags among those of the view. */
export function idOf(tags: readonly string[]): string {
  return `chart ${JSON.stringify(tags)}`;
}

export function customGroups(store: Store): ReadonlySignal<readonly Group<Composed>[]> {
  const made = new Map<string, Composed>();
  const once = (id: string, make: () => Composed) => {
    const found = made.get(id) ?? make();
    made.set(id, found);
    return found;
  };
  const wanted = computed(() =>
    store.options.get("charts").map(({ title, tags }) => {
      const id = idOf(tags);
      const named = title === "" ? tags.join(", ") : title;
      return { title: named, item: once(`${id} ${named}`, () => new Composed(store, id, named, tags)) };
    }),
  );
  const categories = computed(() => {
    const groups = new Map<string, { title: string; item: Composed }[]>();
    const names = store.tags.value.map(({ tag }) => tag);
    for (const { id, category, title, tags, margins } of layoutCharts(names, store.layouts.value)) {
      if (tags.length === 0) continue;
      const item = once(`${id} ${JSON.stringify([tags, margins])}`, () => new Composed(store, id, title, tags, margins));
      groups.set(category, [...(groups.get(category) ?? []), { title, item }]);
    }
    return [...groups].map(([name, cards]) => ({ name: CATEGORY + name, cards }));
  });
  return computed(() => {
    const own = wanted.value.length === 0 ? [] : [{ name: CHARTS, cards: wanted.value }];
    return [...own, ...categories.value];
  });
}
