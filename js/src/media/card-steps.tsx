/** At which steps the cards of a panel are looked at: one for all, which other panels follow, too, or each its own. */
import type { JSX } from "preact";
import { own, withEntry, type CurvesState } from "../panels/state";
import type { MediaTag } from "../store/media";
import { elideMiddle, visible } from "../ui/format";
import type { PanelName, PanelUi } from "../wire/options";
import { hasLater, recordsOf, type ShownRecord } from "./records";
import { StepSlider, type StepState } from "./step-slider";
import { placeOf, unionOf } from "./steps";

interface StepsUi {
  linked: boolean;
  /** By tag, where each card has its own; without one it is at the newest. */
  steps: Readonly<Record<string, number>>;
  /** Earlier attempts of the runs show, too. */
  older: boolean;
}

function readStepsUi({ linked, steps, older }: PanelUi): StepsUi {
  const numbers = Object.entries(typeof steps === "object" && steps !== null ? steps : {}).filter(([, step]) => Number.isFinite(step));
  return { linked: linked !== false, steps: Object.fromEntries(numbers), older: older === true };
}

/** The steps of one panel's cards. */
export class CardSteps {
  readonly #panel: PanelName;
  readonly #state: CurvesState;

  constructor(panel: PanelName, state: CurvesState) {
    this.#panel = panel;
    this.#state = state;
  }

  get linked(): boolean {
    return this.#ui.linked;
  }

  get older(): boolean {
    return this.#ui.older;
  }

  /** What a card shows. */
  records(data: MediaTag): ShownRecord[] {
    return recordsOf(data, this.stepOf(data.tag), this.older, this.#state);
  }

  /** The step of a card, null: the newest. */
  stepOf(tag: string): number | null {
    return this.linked ? this.#state.step : own(this.#ui.steps, tag);
  }

  setStep(tag: string, step: number | null): void {
    if (this.linked) this.#state.setStep(step);
    else this.#state.setPanelUi(this.#panel, { steps: withEntry(this.#ui.steps, tag, step) });
  }

  /** Let all cards follow one step, or each go on from it by itself. */
  setLinked(linked: boolean, cards: readonly MediaTag[]): void {
    const step = this.#state.step;
    const steps = linked || step === null ? {} : Object.fromEntries(cards.map(({ tag }) => [tag, step]));
    this.#state.setPanelUi(this.#panel, { linked, steps });
  }

  setOlder(older: boolean): void {
    this.#state.setPanelUi(this.#panel, { older });
  }

  get #ui(): StepsUi {
    return readStepsUi(this.#state.panelUi(this.#panel));
  }
}

interface ControlsProps {
  steps: CardSteps;
  cards: readonly MediaTag[];
  /** Of what the slider shows. */
  state?: StepState;
}

/** The slider of all cards, and whether there is one; whether earlier attempts show, where there are some. */
export function StepControls({ steps, cards, state = "here" }: ControlsProps): JSX.Element {
  const several = cards.some((data) => data.series.some((series) => hasLater(series, data)));
  return (
    <>
      {steps.linked && <Slider steps={steps} cards={cards} label="Step" state={state} />}
      {cards.length > 1 && (
        <button
          type="button"
          class="tbn-segment"
          aria-pressed={steps.linked}
          title="All cards follow one step; else each has its own"
          onClick={() => steps.setLinked(!steps.linked, cards)}
        >
          One step for all
        </button>
      )}
      {several && (
        <button type="button" class="tbn-segment" aria-pressed={steps.older} onClick={() => steps.setOlder(!steps.older)}>
          Earlier attempts
        </button>
      )}
    </>
  );
}

/** A card's own slider; nothing where one is for all. */
export function CardSlider({ steps, card, state = "here" }: Omit<ControlsProps, "cards"> & { card: MediaTag }): JSX.Element | null {
  return steps.linked ? null : <Slider steps={steps} cards={[card]} label={`Step of ${visible(elideMiddle(card.tag, 80))}`} state={state} compact />;
}

function Slider(props: Required<ControlsProps> & { label: string; compact?: boolean }): JSX.Element {
  const { steps, cards, label, state, compact = false } = props;
  const all = unionOf(cards.flatMap((data) => steps.records(data)).map(({ series }) => series.steps));
  const tag = cards[0]?.tag ?? "";
  const onAt = (at: number) => steps.setStep(tag, at >= all.length - 1 ? null : (all[at] ?? null));
  return <StepSlider steps={all} at={placeOf(all, steps.stepOf(tag))} onAt={onAt} label={label} state={state} compact={compact} />;
}
