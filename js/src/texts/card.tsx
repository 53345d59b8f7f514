/** The texts of one tag: a block for each run. */
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { CardSlider, type CardSteps } from "../media/card-steps";
import { useInSight } from "../panels/sight";
import type { CurvesState } from "../panels/state";
import type { MediaTag } from "../store/media";
import { elideMiddle, visible } from "../ui/format";
import { Name } from "../ui/name";
import { TextBlock } from "./text-block";
import { textsUi } from "./ui-state";

interface TextCardProps {
  data: MediaTag;
  title: string;
  steps: CardSteps;
  state: CurvesState;
}

export function TextCard({ data, title, steps, state }: TextCardProps): JSX.Element {
  const card = useRef<HTMLElement>(null);
  const seen = useInSight(card, state.article);
  // What has been laid out stays: else the page would jump where one scrolls back.
  const laid = useRef(false);
  laid.current ||= seen;
  const ui = textsUi(state);
  const records = steps.records(data);
  return (
    <section class="tbn-card tbn-text-card" ref={card} aria-label={visible(elideMiddle(data.tag, 200))} data-tag={data.tag} data-stacked={ui.stacked}>
      <header class="tbn-card-head">
        <Name class="tbn-card-title" text={title} whole={data.tag} />
        <CardSlider steps={steps} card={data} />
      </header>
      <div class="tbn-text-blocks">
        {records.map((record) => (
          <TextBlock
            key={`${record.series.run}:${record.series.attempt}`}
            record={record}
            ui={ui}
            seen={laid.current}
            alone={records.length === 1}
            state={state}
          />
        ))}
      </div>
    </section>
  );
}
