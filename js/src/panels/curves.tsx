/** The Curves panel: cards grouped by prefix. */
import { useComputed, useSignal, type ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import type { TagData } from "../store/store";
import { Icon } from "../ui/icons";
import { Name } from "../ui/name";
import { Card } from "./card";
import { columnsIn, groupByPrefix, matcher, ungrouped, type Group } from "./groups";
import type { CurvesState } from "./state";

const GAP = 20;
const PLOT = 156;
/** In one column there is room for a higher plot. */
const NARROW_PLOT = 168;
const WIDE_PLOT = 220;
const WIDE = 520;

interface CurvesProps {
  state: CurvesState;
  /** Room for the cards, CSS pixels. */
  width: ReadonlySignal<number>;
}

export function Curves({ state, width }: CurvesProps): JSX.Element {
  const { store, options } = state;
  const largest = useSignal(1);
  const columns = useComputed(() => Math.min(columnsIn(width.value), largest.value));
  const cardWidth = useComputed(() => Math.floor((width.value - GAP * (columns.value - 1)) / columns.value));
  const all = store.tags.value;
  const matches = matcher(options.get("tags"));
  const shown = all.filter(({ tag }) => matches(tag));
  // In an article no card is added any more, so that those which fit in one row need no groups.
  const groups = state.article && shown.length <= columnsIn(width.value) ? ungrouped(shown) : groupByPrefix(shown);
  largest.value = Math.max(1, ...groups.map((group) => group.cards.length));
  if (all.length > 0 && groups.length === 0) return <p class="tbn-nothing">No tag matches the filter.</p>;
  return (
    <div class="tbn-curves" style={{ "--tbn-columns": columns.value }}>
      {groups.map((group, i) => (
        <CardGroup key={group.name} group={group} first={i === 0} columns={columns.value} state={state} cardWidth={cardWidth} />
      ))}
    </div>
  );
}

interface GroupProps {
  group: Group<TagData>;
  first: boolean;
  columns: number;
  state: CurvesState;
  cardWidth: ReadonlySignal<number>;
}

function CardGroup({ group, first, columns, state, cardWidth }: GroupProps): JSX.Element {
  const { options } = state;
  const ui = options.get("ui");
  const folded = ui.collapsed.includes(group.name);
  const headless = group.name === "" && first;
  const toggle = () => {
    const others = ui.collapsed.filter((name) => name !== group.name);
    options.set("ui", { ...ui, collapsed: folded ? others : [...others, group.name] });
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
      {(headless || !folded) && (
        <div class="tbn-cards">
          {group.cards.map(({ title, item }, i) => (
            <Card
              key={item.tag}
              title={title}
              data={item}
              state={state}
              width={cardWidth}
              height={columns > 1 ? PLOT : cardWidth.value < WIDE ? NARROW_PLOT : WIDE_PLOT}
              last={columns > 1 && i % columns === columns - 1}
            />
          ))}
        </div>
      )}
    </section>
  );
}
