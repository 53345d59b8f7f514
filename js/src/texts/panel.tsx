/** The Text panel: what runs wrote, laid out, as it stands, or what has changed of it. */
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { CardSteps, StepControls } from "../media/card-steps";
import { MediaGroups } from "../media/groups";
import { unionOf } from "../media/steps";
import type { CurvesState } from "../panels/state";
import type { MediaTag } from "../store/media";
import type { PanelProps } from "../ui/panel-list";
import { Segments } from "../ui/segments";
import { formatStep } from "../ui/format";
import { TextCard } from "./card";
import { setTextsUi, textsUi, type TextView } from "./ui-state";

/** With these widths two runs have room beside each other, and two cards whose runs are not, CSS pixels. */
const TWO_RUNS = 560;
const TWO_COLUMNS = 1000;

const VIEWS: readonly (readonly [TextView, string])[] = [
  ["markdown", "Markdown"],
  ["source", "Source"],
  ["changes", "Changes"],
];

export function Texts({ state, width }: PanelProps): JSX.Element {
  const ui = textsUi(state);
  const steps = useMemo(() => new CardSteps("texts", state), [state]);
  const { media } = state.store;
  const shown = media.tags("texts").value.filter((data) => steps.records(data).length > 0);
  const records = shown.flatMap((data) => steps.records(data));
  useEffect(() => {
    for (const { series, at } of records) media.want(series, at);
  });
  const several = shown.some((data) => steps.records(data).length > 1);
  const columns = width.value >= TWO_COLUMNS && (!several || ui.stacked) && shown.length > 1 ? 2 : 1;
  if (shown.length === 0) return <p class="tbn-nothing">The runs that show have no texts.</p>;
  return (
    <div class="tbn-texts" data-columns={columns}>
      <div class="tbn-media-controls" role="toolbar" aria-label="Texts">
        <StepControls steps={steps} cards={shown} state={records.some(({ series, at }) => media.state(series, at) === "coming") ? "coming" : "here"} />
        <span class="tbn-gap" />
        {several && width.value >= TWO_RUNS && (
          <Segments
            label="Runs"
            items={[
              { text: "Side by side", on: !ui.stacked, select: () => setTextsUi({ stacked: false }, state) },
              { text: "Stacked", on: ui.stacked, select: () => setTextsUi({ stacked: true }, state) },
            ]}
          />
        )}
        {ui.view === "changes" && <BaseSelect shown={shown} steps={steps} state={state} />}
        <Segments
          label="How texts are shown"
          items={VIEWS.map(([view, text]) => ({ text, on: ui.view === view, hook: { "data-text-view": view }, select: () => setTextsUi({ view }, state) }))}
        />
      </div>
      <MediaGroups
        panel="texts"
        items={shown.map((data) => ({ tag: nameOf(data, shown), data }))}
        state={state}
        width={width}
        card={({ data }, title) => <TextCard key={data.tag} data={data} title={title} steps={steps} state={state} />}
      />
    </div>
  );
}

/** What torch and tensorboardX end the tag of a text with tells a reader nothing. */
const SUFFIX = "/text_summary";

function nameOf({ tag }: MediaTag, all: readonly MediaTag[]): string {
  const short = tag.endsWith(SUFFIX) ? tag.slice(0, -SUFFIX.length) : tag;
  return short === "" || all.some((other) => other.tag === short) ? tag : short;
}

/** Steps that one can choose from without a list that nobody reads. */
const MOST_STEPS = 200;

function BaseSelect({ shown, steps, state }: { shown: readonly MediaTag[]; steps: CardSteps; state: CurvesState }): JSX.Element {
  const { base } = textsUi(state);
  const all = unionOf(shown.flatMap((data) => steps.records(data)).map(({ series }) => series.steps));
  const every = Math.ceil(all.length / MOST_STEPS);
  const offered = all.filter((step, i) => i % every === 0 || step === base);
  const choose = (value: string) => setTextsUi({ base: value === "before" || value === "first" ? value : Number(value) }, state);
  return (
    <select class="tbn-select" aria-label="What texts are compared with" value={String(base)} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="before">since the step before</option>
      <option value="first">since the first step</option>
      {offered.map((step) => (
        <option key={step} value={String(step)}>
          since step {formatStep(step, true)}
        </option>
      ))}
    </select>
  );
}
