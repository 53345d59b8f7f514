/** Cards of tags in groups by their prefix, as those of the curves. */
import { useComputed, useSignal, type ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { groupByPrefix, matcher, type Group } from "../panels/groups";
import { columnsOf, type Columns } from "../panels/layout";
import type { CurvesState } from "../panels/state";
import type { MediaTag } from "../store/media";
import { Icon } from "../ui/icons";
import { Name } from "../ui/name";

interface TagGroupsProps {
  /** Of which panel: a group may be folded in one and open in another. */
  panel: string;
  tags: readonly MediaTag[];
  state: CurvesState;
  width: ReadonlySignal<number>;
  /** How many cards a tag has. */
  cardsOf: (data: MediaTag) => number;
  card: (data: MediaTag, title: string, columns: ReadonlySignal<Columns>) => JSX.Element | readonly JSX.Element[];
}

export function TagGroups({ panel, tags, state, width, cardsOf, card }: TagGroupsProps): JSX.Element {
  const { options } = state;
  const largest = useSignal(1);
  const columns = useComputed(() => columnsOf(width.value, largest.value, options.get("card_width")));
  const matches = matcher(options.get("tags"));
  const shown = tags.filter((data) => matches(data.tag) && cardsOf(data) > 0);
  const groups = groupByPrefix(shown);
  largest.value = Math.max(1, ...groups.map(({ cards }) => cards.reduce((sum, { item }) => sum + cardsOf(item), 0)));
  if (groups.length === 0) return <p class="tbn-nothing">{tags.some(({ tag }) => matches(tag)) ? "All runs that have any are hidden." : "No tag matches the filter."}</p>;
  return (
    <div class="tbn-curves" style={{ "--tbn-columns": columns.value.count }}>
      {groups.map((group, i) => (
        <TagGroup key={group.name} group={group} id={`${panel}: ${group.name}`} headless={group.name === "" && i === 0} state={state}>
          {() => group.cards.map(({ title, item }) => card(item, title, columns))}
        </TagGroup>
      ))}
    </div>
  );
}

interface TagGroupProps {
  group: Group<MediaTag>;
  id: string;
  headless: boolean;
  state: CurvesState;
  children: () => (JSX.Element | readonly JSX.Element[])[];
}

function TagGroup({ group, id, headless, state: { options }, children }: TagGroupProps): JSX.Element {
  // Only this of `ui`: a moved step is not to render all cards anew.
  const folded = useComputed(() => options.get("ui").collapsed.includes(id)).value;
  const toggle = () => {
    const ui = options.peek("ui");
    const others = ui.collapsed.filter((name) => name !== id);
    options.set("ui", { ...ui, collapsed: folded ? others : [...others, id] });
  };
  return (
    <section class="tbn-group" data-group={group.name}>
      {!headless && (
        <h2 class="tbn-group-head">
          <button type="button" aria-expanded={!folded} onClick={toggle}>
            <Icon name={folded ? "right" : "down"} />
            <Name text={group.name === "" ? "without a prefix" : group.name} />
            <span class="tbn-second">{group.cards.length}</span>
          </button>
        </h2>
      )}
      {(headless || !folded) && <div class="tbn-cards">{children()}</div>}
    </section>
  );
}
