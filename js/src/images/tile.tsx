/** One picture of a card: it, or the word why it is not there, and what it is. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useInSight } from "../panels/sight";
import type { MediaSeries } from "../store/media-series";
import { elideMiddle, formatCount, formatStep, visible } from "../ui/format";
import { Icon } from "../ui/icons";
import { Name } from "../ui/name";
import { placed, type Size } from "./camera";
import type { Cell } from "./cells";
import { foundIn } from "./found";
import { Picture, StillPicture } from "./picture";
import type { Sniffed } from "./sniff";
import { Stage } from "./stage";
import type { ImagesState } from "./state";
import { TileMenu } from "./tile-menu";

interface TileProps {
  tag: string;
  cell: Cell<MediaSeries>;
  images: ImagesState;
  box: Size;
  /** Its place in a difference. */
  letter?: "A" | "B";
  /** Its name stands under it: there is more than one run. */
  named: boolean;
  /** It begins a row. */
  first?: boolean;
  onStep: (by: number) => void;
}

export function Tile({ tag, cell, images, box, letter, named, first = false, onStep }: TileProps): JSX.Element {
  const tile = useRef<HTMLDivElement>(null);
  const seen = useInSight(tile);
  const { series, at, part, parts } = cell;
  const { media } = images.view.store;
  const state = at < 0 ? "coming" : media.state(series, at);
  useWanted(seen && state === "coming" && at >= 0, cell, images);
  const payload = series.payload(at);
  const step = series.steps[at];
  const stepText = step === undefined || Number.isNaN(step) ? "" : formatStep(step, true);
  const found = payload === null ? null : foundIn(payload, part);
  const label = visible(elideMiddle(tag, 80));
  const place = [named ? visible(elideMiddle(images.runLabel(series), 60)) : "", stepText && `step ${stepText}`].filter(Boolean).join(", ");
  const shown = found !== null && !("refused" in found) ? found : null;
  const facts = payload === null || shown === null ? [] : factsOf(shown, payload);
  const moves = shown !== null && shown.frames > 1;
  const picking = images.picking.value;
  const chosen = picking?.tag === tag && picking.choice.run === images.runName(series) && picking.choice.step === cell.step && picking.choice.part === part;
  return (
    <div
      class="tbn-tile"
      ref={tile}
      style={first ? { gridColumnStart: 1 } : {}}
      data-run={images.runName(series)}
      data-step={step}
      data-part={part}
      data-state={found !== null && shown === null ? "refused" : state}
      data-chosen={chosen}
    >
      {shown !== null && payload !== null ? (
        <Stage tag={tag} images={images} picture={shown} box={box} label={[label, place, ...facts].join(", ")} onStep={onStep}>
          {seen && <Shown key={shown.type} found={shown} bytes={payload.parts[part]!} tag={tag} images={images} box={box} moves={moves} />}
          {letter !== undefined && <b class="tbn-letter">{letter}</b>}
        </Stage>
      ) : (
        <div class="tbn-stage tbn-stage-empty" style={{ minHeight: `${box.height}px` }}>
          {letter !== undefined && <b class="tbn-letter">{letter}</b>}
          {found !== null && "refused" in found ? <Refusal reason={found.refused} /> : <p>{WORDS[state]}</p>}
        </div>
      )}
      <div class="tbn-tile-foot">
        {named && (
          <>
            <i class="tbn-swatch tbn-small" style={{ background: images.colorOf(series) }} />
            <Name text={images.runLabel(series)} />
          </>
        )}
        <span class={named ? "tbn-second tbn-tile-step" : "tbn-second"}>{named ? stepText : stepText && `step ${stepText}`}</span>
        {parts > 1 && <span class="tbn-second tbn-tile-part">{`${formatCount(part + 1)} of ${formatCount(parts)}`}</span>}
        {facts.length > 0 && !named && <span class="tbn-second tbn-tile-facts">{facts.join(" · ")}</span>}
        <TileMenu tag={tag} cell={cell} images={images} found={shown} label={`${label}, ${place}`} />
      </div>
      {facts.length > 0 && named && <p class="tbn-second tbn-tile-facts">{facts.join(" · ")}</p>}
    </div>
  );
}

const WORDS = { here: "no picture", coming: "coming", absent: "not in this saved view" } as const;

/** `28 × 28`, `scaled to 64 × 64`, `24 frames`. */
function factsOf({ width, height, frames }: Sniffed, payload: { width: number; height: number; scaled: boolean }): string[] {
  const { scaled } = payload;
  const [wide, high] = scaled ? [payload.width, payload.height] : [width, height];
  const facts = [`${wide} × ${high}`];
  if (scaled) facts.push(`saved as ${width} × ${height}`);
  if (frames > 1) facts.push(`${formatCount(frames)} frames`);
  return facts;
}

function Refusal({ reason }: { reason: string }): JSX.Element {
  return (
    <p class="tbn-refused" role="note">
      <Icon name="warning" /> <span>Not shown: {visible(elideMiddle(reason, 200))}</span>
    </p>
  );
}

interface ShownProps {
  found: Sniffed;
  bytes: Uint8Array<ArrayBuffer>;
  tag: string;
  images: ImagesState;
  box: Size;
  moves: boolean;
}

function Shown({ found, bytes, tag, images, box, moves }: ShownProps): JSX.Element {
  const failed = useSignal<Uint8Array | null>(null);
  const plays = useSignal(!matchMedia("(prefers-reduced-motion: reduce)").matches);
  const place = placed(images.look(tag, found, box), found, box);
  const onFailed = () => (failed.value = bytes);
  if (failed.value === bytes) return <Refusal reason={`the browser could make no picture of this ${found.name}`} />;
  const given = { bytes, found, place, onFailed };
  if (!moves) return <Picture {...given} />;
  return (
    <>
      {plays.value ? <Picture {...given} /> : <StillPicture {...given} />}
      <button
        type="button"
        class="tbn-button tbn-motion"
        aria-label={`${plays.value ? "Pause" : "Play"} the picture: ${visible(elideMiddle(tag, 80))}`}
        title={plays.value ? "Pause" : "Play"}
        onClick={() => (plays.value = !plays.value)}
        onDblClick={(event) => event.stopPropagation()}
      >
        <Icon name={plays.value ? "pause" : "play"} />
      </button>
    </>
  );
}

/** A slider goes through many steps: the one that it rests at is asked for, milliseconds. */
const REST_MS = 80;

/** Ask for what is looked at and has not come. */
function useWanted(wanted: boolean, { series, at }: Cell<MediaSeries>, images: ImagesState): void {
  useEffect(() => {
    if (!wanted) return undefined;
    images.waiting.value += 1;
    const timer = setTimeout(() => images.view.store.media.want(series, at), REST_MS);
    return () => {
      clearTimeout(timer);
      images.waiting.value -= 1;
    };
  }, [wanted, series, at]);
}
