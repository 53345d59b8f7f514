/** The pictures of one tag. */
import { useComputed, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { Staying } from "../media/staying";
import { placeOf, unionOf } from "../media/steps";
import { StepSlider } from "../media/step-slider";
import type { Columns } from "../panels/layout";
import type { MediaTag } from "../store/media";
import type { MediaSeries } from "../store/media-series";
import { subscribeTo } from "../store/subscribe";
import { elideMiddle, formatCount, visible } from "../ui/format";
import { Icon } from "../ui/icons";
import { Menu, MenuItem } from "../ui/menu";
import { Name } from "../ui/name";
import { cellsOf, pairCells, type Cell } from "./cells";
import { DifferenceTile } from "./difference-tile";
import { factsOf, foundIn } from "./found";
import type { ImagesState } from "./state";
import { Tile } from "./tile";
import type { Pair } from "./ui";
import { boxOf, fitting, tilesOf, tileWidth } from "./tiles";

/** Pictures of a card before one asks for more. */
const MOST = 24;
/** Steps side by side in a narrow card, and in an enlarged one. */
const LEAST_STEPS = 3;
const LARGE_STEPS = 4;

interface ImageCardProps {
  title: string;
  data: MediaTag;
  images: ImagesState;
  columns: Columns;
}

export function ImageCard({ title, data, images, columns }: ImageCardProps): JSX.Element {
  const { view } = images;
  const { tag } = data;
  subscribeTo(data.revision.value);
  const all = useSignal(false);
  const size = view.sizeOf(tag);
  const series = images.shown(data);
  const step = useComputed(() => images.steps.stepOf(tag)).value;
  const pair = JSON.parse(useComputed(() => JSON.stringify(images.pairOf(tag))).value) as Pair | null;
  const staying = useMemo(() => new Staying(), []);
  const stay = (slot: string, one: MediaSeries, at: number) => staying.at(slot, one, at, view.store.media.state(one, at));
  const compared = pair && pairCells(series, pair, step, (one) => images.runName(one), stay);
  const side = images.side.value;
  const room = fitting(columns);
  const inRow = side === "runs" ? 1 : Math.max(LEAST_STEPS, size === null ? room : Math.min(room, LARGE_STEPS));
  const cells = compared ?? cellsOf(series, step, side, inRow, stay);
  const tiles = tilesOf(compared ? 3 : cells.length, columns, size, compared ? 1 : Math.min(inRow, longest(series)));
  const shown = all.value || compared ? cells : cells.slice(0, MOST);
  const box = useBox(shown, tiles);
  const named = view.owners.value.length > 1 || images.older.value;
  const steps = unionOf(series.map((one) => one.steps));
  const place = placeOf(steps, step);
  const onAt = (at: number) => images.steps.setStep(tag, at >= steps.length - 1 ? null : (steps[at] ?? null));
  const onStep = (by: number) => onAt(Math.max(0, Math.min(steps.length - 1, place + by)));
  const common = commonFacts(shown);
  const tile = { tag, images, box, common, followed: step === null, onStep };
  const name = visible(elideMiddle(tag, 200));
  const zoomed = images.lookOf(tag).value !== null;
  return (
    <section
      class="tbn-card tbn-image-card"
      aria-label={name}
      style={{ gridColumn: `span ${tiles.span}` }}
      data-tag={tag}
      data-revision={data.revision.value}
      data-records={series.reduce((sum, one) => sum + one.length, 0)}
      data-last-step={steps.at(-1)}
    >
      <header class="tbn-card-head">
        <Name class="tbn-card-title" text={title} whole={tag} />
        {common !== "" && <span class="tbn-second">{common}</span>}
        {zoomed && (
          <button type="button" class="tbn-link" onClick={() => images.resetLook(tag)}>
            Fit
          </button>
        )}
        {compared && (
          <button type="button" class="tbn-link" onClick={() => images.setPair(tag, null)}>
            End the comparison
          </button>
        )}
        <CardMenu tag={tag} images={images} compared={compared !== null} />
      </header>
      {images.picking.value?.tag === tag && <Picking images={images} />}
      <div class="tbn-tiles" style={{ "--tbn-in-row": tiles.inRow, "--tbn-tile": `${tileWidth(box, tiles)}px` }}>
        {shown.map((cell, i) => (
          <Tile
            key={cell.key}
            {...tile}
            cell={cell}
            named={named || compared !== null}
            first={side === "steps" && compared === null && shown[i - 1]?.series !== cell.series}
            {...(compared !== null && { letter: i === 0 ? ("A" as const) : ("B" as const) })}
          />
        ))}
        {compared && <DifferenceTile tag={tag} images={images} box={box} onStep={onStep} pair={compared} />}
      </div>
      {shown.length < cells.length && (
        <button type="button" class="tbn-link" onClick={() => (all.value = true)}>
          {formatCount(cells.length - shown.length)} more pictures
        </button>
      )}
      {!images.linked.value && (
        <StepSlider compact steps={steps} at={place} onAt={onAt} label={`Step of ${name}`} state={stateOf(shown, images)} />
      )}
    </section>
  );
}

/** Records of the series that has most. */
function longest(series: readonly MediaSeries[]): number {
  return Math.max(1, ...series.map(({ length }) => length));
}

/** What can be told of all pictures that are here at once. */
function commonFacts(cells: readonly Cell<MediaSeries>[]): string {
  const all = new Set(cells.flatMap((cell) => factsOfCell(cell) ?? []));
  return all.size === 1 ? [...all][0]! : "";
}

function factsOfCell({ series, at, part }: Cell<MediaSeries>): string | null {
  const payload = series.payload(at);
  const found = payload === null ? null : foundIn(payload, part);
  return payload === null || found === null || "refused" in found ? null : factsOf(found, payload);
}

/** Large enough for all that is there, and for what was there before: nothing jumps while something is coming. */
function useBox(cells: readonly Cell<MediaSeries>[], tiles: Parameters<typeof boxOf>[1]): ReturnType<typeof boxOf> {
  const known = useRef<{ width: number; height: number }[]>([]);
  const here = cells.flatMap(({ series, at, part }) => {
    const payload = series.payload(at);
    const found = payload === null ? null : foundIn(payload, part);
    return found === null || "refused" in found ? [] : [{ width: found.width, height: found.height }];
  });
  if (here.length > 0) known.current = here;
  return boxOf(known.current, tiles);
}

function stateOf(cells: readonly Cell<MediaSeries>[], images: ImagesState): "here" | "coming" | "absent" {
  const { media } = images.view.store;
  const states = cells.map(({ series, wanted }) => media.state(series, wanted));
  return states.includes("coming") ? "coming" : states.every((state) => state === "absent") ? "absent" : "here";
}

function Picking({ images }: { images: ImagesState }): JSX.Element {
  return (
    <p class="tbn-picking" role="status">
      Choose the other picture from its menu.
      <button type="button" class="tbn-link" onClick={() => (images.picking.value = null)}>
        Cancel
      </button>
    </p>
  );
}

function CardMenu({ tag, images, compared }: { tag: string; images: ImagesState; compared: boolean }): JSX.Element {
  const { view } = images;
  const size = view.sizeOf(tag);
  const pinned = view.isPinned(tag);
  return (
    <Menu label={`Options of ${visible(elideMiddle(tag, 80))}`} icon={<Icon name="more" />} class="tbn-card-button">
      <MenuItem checked={size === "large"} onSelect={() => view.setSize(tag, size === "large" ? null : "large")}>
        Enlarge
      </MenuItem>
      <MenuItem checked={size === "full"} onSelect={() => view.setSize(tag, size === "full" ? null : "full")}>
        Full width
      </MenuItem>
      <MenuItem checked={pinned} onSelect={() => view.togglePin(tag)}>
        Pin above the others
      </MenuItem>
      <MenuItem onSelect={() => images.zoomIn(tag)}>Zoom in</MenuItem>
      <MenuItem onSelect={() => images.resetLook(tag)}>Fit to the card</MenuItem>
      {compared && <MenuItem onSelect={() => images.setPair(tag, null)}>End the comparison</MenuItem>}
    </Menu>
  );
}
