/** The PR curves panel: precision over recall of classifiers, at one step for all or each at its own. */
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { CardSteps, StepControls } from "../media/card-steps";
import { MediaGroups } from "../media/groups";
import { columnsOf, type Columns } from "../panels/layout";
import type { PanelProps } from "../ui/panel-list";
import { PrCard } from "./card";

/** Both axes are of the same length, from 0 to 1: drawn wider than this a curve is only flatter, CSS pixels. */
const WIDEST = 440;

export function prColumns(room: number, most: number, least: number | null): Columns {
  return columnsOf(room, Math.max(most, Math.ceil(room / WIDEST)), least);
}

export function PrCurves({ state, width }: PanelProps): JSX.Element {
  const { media } = state.store;
  const steps = useMemo(() => new CardSteps("pr_curves", state), [state]);
  const shown = useComputed(() => JSON.stringify(media.tags("pr_curves").value.map((data) => steps.records(data).length > 0))).value;
  const shows = JSON.parse(shown) as boolean[];
  const cards = media.tags("pr_curves").value.filter((_, i) => shows[i]);
  return (
    <div class="tbn-pr-curves">
      <div class="tbn-figure-tools">
        <StepControls steps={steps} cards={cards} />
      </div>
      {cards.length === 0 && <p class="tbn-nothing">The runs that show have no curves.</p>}
      <MediaGroups
        panel="pr_curves"
        items={cards}
        state={state}
        width={width}
        columns={prColumns}
        card={(data, title, columns) => <PrCard key={data.tag} data={data} title={title} steps={steps} state={state} columns={columns} />}
      />
    </div>
  );
}
