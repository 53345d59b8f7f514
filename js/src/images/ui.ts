/** What a person set in the panel of images; kept with the notebook, so that all of it is untrusted when it is read. */
import type { PanelUi } from "../wire/options";
import { WHOLE, type Look } from "./camera";
import type { DifferenceKind } from "./difference";

/** What stands side by side in a card: its runs at one step, or the steps of each run. */
export type Side = "runs" | "steps";

/** At which step a picture is taken: the one that the slider says, that before it, the first of all, or always the same. */
export type StepChoice = "shown" | "before" | "first" | number;

/** A picture that a person chose. */
export interface PictureChoice {
  /** Name. */
  run: string;
  step: StepChoice;
  part: number;
}

export type Pair = readonly [first: PictureChoice, second: PictureChoice];

export interface ImagesUi {
  side: Side;
  /** Factors of the light, 1: as it is. */
  brightness: number;
  contrast: number;
  /** Cards begin with a pixel of the picture a pixel of the page; else with the whole picture. */
  trueSize: boolean;
  /** Where a person has zoomed to, by tag. */
  looks: Readonly<Record<string, Look>>;
  /** Whose difference a card shows, by tag. */
  pairs: Readonly<Record<string, Pair>>;
  difference: DifferenceKind;
}

/** The light can be taken down to this, and up to its inverse. */
export const LEAST_LIGHT = 1 / 8;

const SIDES: readonly Side[] = ["runs", "steps"];
const KINDS: readonly DifferenceKind[] = ["signed", "absolute"];
const CHOICES: readonly StepChoice[] = ["shown", "before", "first"];

export function readImagesUi(from: PanelUi): ImagesUi {
  const light = (value: unknown) => (isFinite(value) ? Math.max(LEAST_LIGHT, Math.min(1 / LEAST_LIGHT, value)) : 1);
  return {
    side: SIDES.find((side) => side === from.side) ?? "runs",
    brightness: light(from.brightness),
    contrast: light(from.contrast),
    trueSize: from.trueSize === true,
    looks: entries(from.looks, readLook),
    pairs: entries(from.pairs, readPair),
    difference: KINDS.find((kind) => kind === from.difference) ?? "signed",
  };
}

function readLook(from: unknown): Look | undefined {
  const { zoom, x, y } = (from ?? {}) as Partial<Record<keyof Look, unknown>>;
  return isFinite(zoom) && zoom > 0 && isFinite(x) && isFinite(y) ? { ...WHOLE, zoom, x, y } : undefined;
}

function readPair(from: unknown): Pair | undefined {
  if (!Array.isArray(from) || from.length !== 2) return undefined;
  const [first, second] = from.map(readChoice);
  return first && second ? [first, second] : undefined;
}

function readChoice(from: unknown): PictureChoice | null {
  const { run, step, part } = (from ?? {}) as Partial<Record<keyof PictureChoice, unknown>>;
  const choice = isFinite(step) ? step : CHOICES.find((one) => one === step);
  return typeof run === "string" && choice !== undefined && isFinite(part) ? { run, step: choice, part } : null;
}

function isFinite(value: unknown): value is number {
  return Number.isFinite(value);
}

/** An object whose keys may be any text: `__proto__` is a tag like another. */
function entries<T>(from: unknown, read: (value: unknown) => T | undefined): Record<string, T> {
  const kept = Object.create(null) as Record<string, T>;
  for (const [key, value] of Object.entries((from ?? {}) as Record<string, unknown>)) {
    const item = read(value);
    if (item !== undefined) kept[key] = item;
  }
  return kept;
}
