/** The Audio panel: a card a tag, with the sounds of all runs that show. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { CardSteps, StepControls } from "../media/card-steps";
import { MediaGroups } from "../media/groups";
import { columnsOf } from "../panels/layout";
import type { PanelProps } from "../ui/panel-list";
import { SoundCard } from "./card";

/** Least width in which a waveform can be read, CSS pixels. */
const CARD = 280;

export function Sounds({ state, width }: PanelProps): JSX.Element {
  const steps = useMemo(() => new CardSteps("audio", state), [state]);
  const shown = state.store.media.tags("audio").value.filter((data) => steps.records(data).length > 0);
  if (shown.length === 0) return <p class="tbn-nothing">The runs that show have no sounds.</p>;
  return (
    <div class="tbn-audio">
      <div class="tbn-media-controls" role="toolbar" aria-label="Sounds">
        <StepControls steps={steps} cards={shown} />
      </div>
      <MediaGroups
        panel="audio"
        items={shown}
        state={state}
        width={width}
        columns={(room, most, least) => columnsOf(room, most, least ?? CARD)}
        card={(data, title) => <SoundCard key={data.tag} data={data} title={title} steps={steps} state={state} />}
      />
    </div>
  );
}
