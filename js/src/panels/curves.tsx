/** The Curves panel: cards grouped by prefix, those that are pinned above them. */
import { useComputed, useSignal, type ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import type { TagData } from "../store/store";
import { Card } from "./card";
import { CATEGORY, CHARTS } from "./custom";
import { columnsIn, groupByPrefix, matcher, PINNED, ungrouped, type Group } from "./groups";
import { GroupSection } from "./group-section";
import { columnsOf } from "./layout";
import type { CurvesState } from "./state";

interface CurvesProps {
  state: CurvesState;
  /** Room for the cards, CSS pixels. */
  width: ReadonlySignal<number>;
}

export function Curves({ state, width }: CurvesProps): JSX.Element {
  const { store, options } = state;
  const largest = useSignal(1);
  const columns = useComputed(() => columnsOf(width.value, largest.value, options.get("card_width")));
  const all = store.tags.value;
  const matches = matcher(options.get("tags"));
  const shown = all.filter(({ tag }) => matches(tag) && !state.isPinned(tag));
  // In an article no card is added any more, so that those which fit in one row need no groups.
  const others = state.article && shown.length <= columnsIn(width.value) ? ungrouped(shown) : groupByPrefix(shown);
  const custom = state.custom.value.map(({ name, cards }) => ({
    name,
    cards: cards.filter(({ title, item }) => matches(title) || item.tags.some(matches)),
  }));
  const pinnable = [...custom.flatMap(({ cards }) => cards), ...all.map((item) => ({ title: item.tag, item }))];
  const groups = [...pinnedGroup(pinnable, options.get("pins")), ...custom.map((group) => unpinned(group, state)), ...others].filter(
    ({ cards }) => cards.length > 0,
  );
  largest.value = Math.max(1, ...groups.map(({ cards }) => cards.length));
  if (all.length > 0 && groups.length === 0) return <p class="tbn-nothing">No tag matches the filter.</p>;
  return (
    <div class="tbn-curves" style={{ "--tbn-columns": columns.value.count }}>
      {groups.map((group, i) => (
        <GroupSection
          key={group.name}
          id={group.name}
          title={nameOf(group)}
          count={group.cards.length}
          headless={group.name === "" && i === 0}
          state={state}
        >
          {group.cards.map(({ title, item }) => (
            <Card key={item.tag} title={title} data={item} state={state} columns={columns} />
          ))}
        </GroupSection>
      ))}
    </div>
  );
}

/** The pinned cards, which no filter of tags hides. */
function pinnedGroup(all: Group<TagData>["cards"], pins: readonly string[]): Group<TagData>[] {
  return [{ name: PINNED, cards: pins.flatMap((tag) => all.filter(({ item }) => item.tag === tag)) }];
}

function unpinned({ name, cards }: Group<TagData>, state: CurvesState): Group<TagData> {
  return { name, cards: cards.filter(({ item }) => !state.isPinned(item.tag)) };
}

function nameOf({ name }: Group<TagData>): string {
  if (name === PINNED) return "Pinned";
  if (name === CHARTS) return "Charts";
  if (name.startsWith(CATEGORY)) return name.slice(CATEGORY.length);
  return name === "" ? "without a prefix" : name;
}
