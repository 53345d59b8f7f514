/** The cards of a panel, a tag each: grouped by prefix as the curves are, those that are pinned above them. */
import type { ReadonlySignal } from "@preact/signals";
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
  card: (item: T, title: string, columns: Columns) => JSX.Element;
  /** The columns of a room, if not as those of the curves. */
  columns?: typeof columnsOf;
}

export function MediaGroups<T extends { tag: string }>({ panel, items, state, width, card, columns: chosen = columnsOf }: MediaGroupsProps<T>): JSX.Element {
  const { options } = state;
  const matches = matcher(options.get("tags"));
  const pinned = options.get("pins").flatMap((tag) => items.filter((item) => item.tag === tag));
  const others = groupByPrefix(items.filter(({ tag }) => matches(tag) && !state.isPinned(tag)));
  const groups = [{ name: PINNED, cards: pinned.map((item) => ({ title: item.tag, item })) }, ...others].filter(({ cards }) => cards.length > 0);
  const largest = Math.max(1, ...groups.map(({ cards }) => cards.length));
  const columns = chosen(width.value, largest, options.get("card_width"));
  if (items.length > 0 && groups.length === 0) return <p class="tbn-nothing">No tag matches the filter.</p>;
  return (
    <div class="tbn-curves" style={{ "--tbn-columns": columns.count }}>
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
