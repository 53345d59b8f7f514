/** A run's text at a step. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { ComingMark } from "../media/coming-mark";
import type { ShownRecord } from "../media/records";
import { Staying } from "../media/staying";
import { placeOf } from "../media/steps";
import type { CurvesState } from "../panels/state";
import type { MediaSeries, Payload } from "../store/media-series";
import { formatStep, visible } from "../ui/format";
import { Name } from "../ui/name";
import { bodyOf, sourceOf, type TextBody } from "./body";
import { copyText } from "./clipboard";
import { DiffView } from "./diff-view";
import { Folding } from "./folding";
import { MarkdownBody } from "./markdown-body";
import { PlainText } from "./plain-text";
import type { Base, TextsUi } from "./ui-state";

interface TextBlockProps {
  record: ShownRecord;
  ui: TextsUi;
  /** Only what has been looked at is laid out. */
  seen: boolean;
  /** No other run is beside it: whose text it is, the runs above the panel tell. */
  alone: boolean;
  state: CurvesState;
}

export function TextBlock({ record, ui, seen, alone, state }: TextBlockProps): JSX.Element {
  const { series, at: wanted, label, color } = record;
  const { media } = state.store;
  const staying = useMemo(() => new Staying(), []);
  const at = staying.at("", series, wanted, media.state(series, wanted));
  const base = ui.view === "changes" ? baseOf(series, at, ui.base) : null;
  useEffect(() => {
    if (seen && base !== null) media.want(series, base);
  });
  const payload = series.payload(at);
  const body = useMemo(() => (payload?.error === null ? bodyOf(payload) : null), [payload]);
  const step = series.steps[at];
  return (
    <article class="tbn-text-block" data-run={record.run.name} data-step={payload?.step ?? ""} data-state={media.state(series, wanted)}>
      <header class="tbn-text-head">
        <i class="tbn-swatch tbn-small" style={{ background: color }} />
        {!alone && <Name text={label} />}
        <span class="tbn-second">
          {base === null || base === at ? "" : `step ${stepText(series.steps[base])} → `}
          {step === undefined || Number.isNaN(step) ? "" : `step ${formatStep(step, true)}`}
        </span>
        {at !== wanted && <ComingMark step={series.steps[wanted] ?? NaN} followed={record.followed} />}
        <span class="tbn-gap" />
        {body !== null && <CopyButton body={body} label={label} />}
      </header>
      {seen && <Content payload={payload} body={body} series={series} at={at} base={base} ui={ui} state={state} />}
    </article>
  );
}

function stepText(step: number | undefined): string {
  return step === undefined || Number.isNaN(step) ? "?" : formatStep(step, true);
}

/** The place of the record that one is compared with. */
function baseOf(series: MediaSeries, at: number, base: Base): number {
  if (base === "before") return Math.max(0, at - 1);
  return base === "first" ? 0 : placeOf(series.steps, base);
}

interface ContentProps {
  payload: Payload | null;
  body: TextBody | null;
  series: MediaSeries;
  at: number;
  base: number | null;
  ui: TextsUi;
  state: CurvesState;
}

function Content({ payload, body, series, at, base, ui, state }: ContentProps): JSX.Element {
  const { media } = state.store;
  if (payload === null || body === null) return <p class="tbn-text-note">{payload?.error ?? WORDS[media.state(series, at)]}</p>;
  if (base !== null) {
    const before = series.payload(base);
    if (before === null) return <p class="tbn-text-note">{`step ${stepText(series.steps[base])}: ${WORDS[media.state(series, base)]}`}</p>;
    return <DiffView before={before} after={payload} />;
  }
  const empty = body.rows.every((row) => row.every((text) => text === ""));
  if (empty) return <p class="tbn-text-note">An empty text.</p>;
  return (
    <Folding>
      {ui.view === "source" ? <PlainText text={sourceOf(body)} /> : <MarkdownBody body={body} />}
      {body.left !== null && <p class="tbn-text-note">{body.left}</p>}
    </Folding>
  );
}

const WORDS = { here: "", coming: "coming…", absent: "not in this saved view" } as const;

function CopyButton({ body, label }: { body: TextBody; label: string }): JSX.Element {
  const told = useSignal("Copy");
  const copy = async () => {
    told.value = (await copyText(sourceOf(body))) ? "Copied" : "Not copied";
    setTimeout(() => (told.value = "Copy"), 1500);
  };
  return (
    <button type="button" class="tbn-text-copy" aria-label={`${told.value}: the text of ${visible(label)}`} onClick={() => void copy()}>
      {told.value}
    </button>
  );
}
