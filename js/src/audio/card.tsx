/** The sounds of one tag: those of each run at the step. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { CardSlider, type CardSteps } from "../media/card-steps";
import { ComingMark } from "../media/coming-mark";
import type { ShownRecord } from "../media/records";
import { Staying } from "../media/staying";
import { useInSight } from "../panels/sight";
import type { CurvesState } from "../panels/state";
import type { MediaTag } from "../store/media";
import { elideMiddle, formatStep, visible } from "../ui/format";
import { Name } from "../ui/name";
import { Sound } from "./sound";

/** Of one record that are shown at first. */
const AT_ONCE = 8;

interface SoundCardProps {
  data: MediaTag;
  title: string;
  steps: CardSteps;
  state: CurvesState;
}

export function SoundCard({ data, title, steps, state }: SoundCardProps): JSX.Element {
  const records = steps.records(data);
  return (
    <section class="tbn-card tbn-sound-card" aria-label={visible(elideMiddle(data.tag, 200))} data-tag={data.tag}>
      <header class="tbn-card-head">
        <Name class="tbn-card-title" text={title} whole={data.tag} />
        <CardSlider steps={steps} card={data} />
      </header>
      {records.map((record) => (
        <Sounds key={`${record.series.run}:${record.series.attempt}`} record={record} tag={data.tag} state={state} />
      ))}
    </section>
  );
}

const WORDS = { here: "", coming: "coming…", absent: "not in this saved view" } as const;

interface SoundsProps {
  record: ShownRecord;
  tag: string;
  state: CurvesState;
}

function Sounds({ record, tag, state }: SoundsProps): JSX.Element {
  const place = useRef<HTMLElement>(null);
  const seen = useInSight(place, state.article);
  // Only what has been looked at is asked for and decoded; it stays: else what plays would stop where one scrolls on.
  const met = useRef(false);
  met.current ||= seen;
  const { series, at: wanted, label, color, run } = record;
  const { media } = state.store;
  const staying = useMemo(() => new Staying(), []);
  const at = staying.at("", series, wanted, media.state(series, wanted));
  const count = useSignal(AT_ONCE);
  useEffect(() => {
    if (met.current) media.want(series, wanted);
  });
  const payload = series.payload(at);
  const step = series.steps[at];
  const parts = payload?.parts ?? [];
  const name = visible(elideMiddle(`${tag} of ${label}`, 120));
  return (
    <article class="tbn-sounds" ref={place} data-met={met.current} data-run={run.name} data-step={payload?.step ?? ""} data-state={media.state(series, wanted)}>
      <header class="tbn-text-head">
        <i class="tbn-swatch tbn-small" style={{ background: color }} />
        <Name text={label} />
        <span class="tbn-second">{step === undefined || Number.isNaN(step) ? "" : `step ${formatStep(step, true)}`}</span>
        {at !== wanted && <ComingMark step={series.steps[wanted] ?? NaN} followed={record.followed} />}
      </header>
      {payload === null && <p class="tbn-sound-note">{WORDS[media.state(series, at)]}</p>}
      {payload?.error != null && <p class="tbn-sound-note">{payload.error}</p>}
      {met.current &&
        parts.slice(0, count.value).map((bytes, i) => (
          <Sound
            key={i}
            bytes={bytes}
            label={payload?.labels[i] ?? ""}
            name={parts.length === 1 ? name : `${name}, ${i + 1} of ${parts.length}`}
            color={color}
          />
        ))}
      {parts.length > count.value && (
        <button type="button" class="tbn-link" onClick={() => (count.value *= 4)}>
          {count.value} of {parts.length} sounds: show more
        </button>
      )}
    </article>
  );
}
