/** One picture of a card: it, or the word why it is not there, and what it is. */
import { useSignal, type Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { ComingMark } from "../media/coming-mark";
import { useInSight } from "../panels/sight";
import type { MediaSeries } from "../store/media-series";
import { elideMiddle, formatCount, formatStep, visible } from "../ui/format";
import { Icon } from "../ui/icons";
import { Name } from "../ui/name";
import { placed, type Size } from "./camera";
import type { Cell } from "./cells";
import { factsOf, foundIn } from "./found";
import { Picture, StillPicture, type PictureProps } from "./picture";
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
  /** What is told of all pictures at the head of the card. */
  common: string;
  /** No step is chosen: the newest shows. */
  followed: boolean;
  /** It begins a row. */
  first?: boolean;
  onStep: (by: number) => void;
}

export function Tile({ tag, cell, images, box, letter, named, common, followed, first = false, onStep }: TileProps): JSX.Element {
  const tile = useRef<HTMLDivElement>(null);
  const seen = useInSight(tile, images.view.article);
  const plays = useSignal(!matchMedia("(prefers-reduced-motion: reduce)").matches);
  const { series, at, wanted, part, parts } = cell;
  const { media } = images.view.store;
  const state = wanted < 0 ? "coming" : media.state(series, wanted);
  useWanted(seen && state === "coming" && wanted >= 0, cell, images);
  const payload = series.payload(at);
  const step = series.steps[at];
  const stepText = step === undefined || Number.isNaN(step) ? "" : formatStep(step, true);
  const failed = useSignal<Uint8Array | null>(null);
  const bytes = payload?.parts[part] ?? null;
  const said = payload === null ? null : foundIn(payload, part);
  // What the browser could not read is refused as what is no picture.
  const found = said !== null && !("refused" in said) && failed.value === bytes ? { refused: `the browser can make no picture of this ${said.name}` } : said;
  const label = visible(elideMiddle(tag, 80));
  const place = [named ? visible(elideMiddle(images.runLabel(series), 60)) : "", stepText && `step ${stepText}`].filter(Boolean).join(", ");
  const shown = found !== null && !("refused" in found) ? found : null;
  const facts = payload === null || shown === null ? "" : factsOf(shown, payload);
  return (
    <div
      class="tbn-tile"
      ref={tile}
      style={first ? { gridColumnStart: 1 } : {}}
      data-run={images.runName(series)}
      data-step={step}
      data-part={part}
      data-state={found !== null && shown === null ? "refused" : state}
      data-chosen={isPicked(tag, cell, images)}
    >
      <div class="tbn-stage-box" style={{ width: shown === null ? "100%" : `${box.width}px` }}>
        {shown !== null && bytes !== null ? (
          <Stage tag={tag} images={images} picture={shown} box={box} label={[label, place, facts].join(", ")} onStep={onStep}>
            {seen && (
              <Shown
                key={shown.type}
                found={shown}
                bytes={bytes}
                place={placed(images.look(tag, shown, box), shown, box)}
                plays={plays.value}
                onFailed={() => (failed.value = bytes)}
              />
            )}
          </Stage>
        ) : (
          <div class="tbn-stage tbn-stage-empty" style={{ minHeight: `${box.height}px` }}>
            {found !== null && "refused" in found ? <Refusal reason={found.refused} /> : <p>{WORDS[state]}</p>}
          </div>
        )}
        {at !== wanted && <ComingMark step={series.steps[wanted] ?? NaN} followed={followed} />}
        {letter !== undefined && <b class="tbn-letter">{letter}</b>}
        {at >= 0 && <TileMenu tag={tag} cell={cell} images={images} found={shown} label={`${label}, ${place}`} />}
        {shown !== null && shown.frames > 1 && <MotionButton plays={plays} label={`${label}, ${place}`} />}
      </div>
      <div class="tbn-tile-foot">
        {named && <i class="tbn-swatch tbn-small" style={{ background: images.colorOf(series) }} />}
        {named && <Name text={images.runLabel(series)} />}
        <span class={named ? "tbn-second tbn-tile-step" : "tbn-second"}>{named ? stepText : stepText && `step ${stepText}`}</span>
        {parts > 1 && <span class="tbn-second">{`${formatCount(part + 1)} of ${formatCount(parts)}`}</span>}
      </div>
      {facts !== common && facts !== "" && <p class="tbn-tile-facts">{facts}</p>}
    </div>
  );
}

function isPicked(tag: string, { series, step, part }: Cell<MediaSeries>, images: ImagesState): boolean {
  const picking = images.picking.value;
  if (picking?.tag !== tag) return false;
  const { choice } = picking;
  return choice.run === images.runName(series) && choice.step === step && choice.part === part;
}

function MotionButton({ plays, label }: { plays: Signal<boolean>; label: string }): JSX.Element {
  return (
    <button
      type="button"
      class="tbn-button tbn-motion"
      aria-label={`${plays.value ? "Pause" : "Play"} the picture: ${label}`}
      title={plays.value ? "Pause" : "Play"}
      onClick={() => (plays.value = !plays.value)}
    >
      <Icon name={plays.value ? "pause" : "play"} />
    </button>
  );
}

const WORDS = { here: "no picture", coming: "coming", absent: "not in this saved view" } as const;

function Refusal({ reason }: { reason: string }): JSX.Element {
  return (
    <p class="tbn-refused" role="note">
      <Icon name="warning" /> <span>{`Not shown: ${visible(elideMiddle(reason, 200))}`}</span>
    </p>
  );
}

function Shown({ plays, ...given }: PictureProps & { plays: boolean }): JSX.Element {
  return given.found.frames > 1 && !plays ? <StillPicture {...given} /> : <Picture {...given} />;
}

/** A slider goes through many steps: the one that it rests at is asked for, milliseconds. */
const REST_MS = 80;

/** Ask for what is looked at and has not come. */
function useWanted(lacks: boolean, { series, wanted }: Cell<MediaSeries>, images: ImagesState): void {
  useEffect(() => {
    if (!lacks) return undefined;
    images.waiting.value += 1;
    const timer = setTimeout(() => images.view.store.media.want(series, wanted), REST_MS);
    return () => {
      clearTimeout(timer);
      images.waiting.value -= 1;
    };
  }, [lacks, series, wanted]);
}
