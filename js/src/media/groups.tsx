/** The cards of a panel, a tag each: grouped by prefix as the curves are, those that are pinned above them. */
import { useComputed, useSignal, type ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { GroupSection } from "../panels/group-section";
import { groupByPrefix, matcher, PINNED } from "../panels/groups";
import { columnsOf, type Columns } from "../panels/layout";
import type { CurvesState } from "../panels/state";
import type { PanelName } from "../wire/options";

interface MediaGroupsProps<T> {
  panel: PanelName;
  /** What there is a card of; the filter of tags is not applied yet. */
  items: readonly T[];
  state: CurvesState;
  /** Room for the cards, CSS pixels. */
  width: ReadonlySignal<number>;
  /** A card, which has its tag as its key. */
  card: (item: T, title: string, columns: ReadonlySignal<Columns>) => JSX.Element;
  /** Columns that a group may fill though it has fewer cards; absent: as many as the largest has. */
  most?: number;
}

export function MediaGroups<T extends { tag: string }>({ panel, items, state, width, card, most = 1 }: MediaGroupsProps<T>): JSX.Element {
  const { options } = state;
  const largest = useSignal(1);
  const columns = useComputed(() => columnsOf(width.value, largest.value, options.get("card_width")));
  const matches = matcher(options.get("tags"));
  const pinned = options.get("pins").flatMap((tag) => items.filter((item) => item.tag === tag));
  const others = groupByPrefix(items.filter(({ tag }) => matches(tag) && !state.isPinned(tag)));
  const groups = [{ name: PINNED, cards: pinned.map((item) => ({ title: item.tag, item })) }, ...others].filter(({ cards }) => cards.length > 0);
  largest.value = Math.max(most, ...groups.map(({ cards }) => cards.length));
  if (items.length > 0 && groups.length === 0) return <p class="tbn-nothing">No tag matches the filter.</p>;
  return (
    <div class="tbn-curves" style={{ "--tbn-columns": columns.value.count }}>
      {groups.map(({ name, cards }, i) => (
        <GroupSection
          key={name}
          id={`${panel}:${name}`}
          title={name === PINNED ? "Pinned" : name === "" ? "without a prefix" : name}
          count={cards.length}
          headless={name === "" && i === 0}
          state={state}
        >
          {cards.map(({ title, item }) => card(item, title, columns))}
        </GroupSection>
      ))}
    </div>
  );
}
