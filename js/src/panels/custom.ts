/** The charts that are of no single tag: those that a person asked for, and those of layouts. */
import { computed, type ReadonlySignal } from "@preact/signals";
import type { Store } from "../store/store";
import { subscribeTo } from "../store/subscribe";
import { chartsOf } from "./charts";
import { Composed } from "./composed";
import type { Group } from "./groups";

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
  // What decides on the charts of layouts: matching their patterns may take long.
  const runs = computed(() => JSON.stringify(store.runs.value.map(({ id, name, parent }) => [id, name, parent])));
  const categories = computed(() => {
    subscribeTo(runs.value);
    if (store.layouts.value.items.length === 0) return [];
    const groups = new Map<string, { title: string; item: Composed }[]>();
    for (const chart of chartsOf(store.runs.peek(), store.tags.value, store.layouts.value)) {
      if (!chart.custom) continue;
      const tags = [...new Set([...chart.lines, ...chart.margins].map(({ tag }) => tag))];
      if (tags.length === 0) continue;
      const item = once(`${chart.id} ${JSON.stringify([tags, chart.margins])}`, () => new Composed(store, chart.id, chart.title, tags, chart.margins));
      groups.set(chart.group, [...(groups.get(chart.group) ?? []), { title: chart.title, item }]);
    }
    return [...groups].map(([name, cards]) => ({ name: CATEGORY + name, cards }));
  });
  return computed(() => {
    const own = wanted.value.length === 0 ? [] : [{ name: CHARTS, cards: wanted.value }];
    return [...own, ...categories.value];
  });
}
