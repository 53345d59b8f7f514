/** Which pictures of a tag stand in its card. Pure. */
import { placeOf } from "../media/steps";
import type { Pair, PictureChoice, Side, StepChoice } from "./ui";

/** What of a series is to be known. */
export interface Recorded {
  readonly run: number;
  readonly attempt: number;
  readonly steps: Float64Array;
  /** null: it has not come. */
  payload(at: number): { readonly parts: readonly unknown[] } | null;
}

/** A picture's place in a card. */
export interface Cell<T extends Recorded> {
  /** The same for the same place: what was there stays until something else comes. */
  key: string;
  series: T;
  /** The place in its series of the record that shows; −1 where it has none. */
  at: number;
  /** Of the one that is wanted: it may be on its way, while another one stays. */
  wanted: number;
  /** Of several pictures of one step. */
  part: number;
  parts: number;
  /** How a person would call it. */
  step: StepChoice;
}

/** Which record shows in a slot, where one is wanted. */
export type Stay<T extends Recorded> = (slot: string, series: T, wanted: number) => number;

const itself: Stay<Recorded> = (_slot, _series, wanted) => wanted;

/**
 * The pictures of a card.
 *
 * @param series of the runs that show, in their order
 * @param step of the slider, null: the newest
 * @param room how many stand in a row, where the steps of a run are side by side
 */
export function cellsOf<T extends Recorded>(series: readonly T[], step: number | null, side: Side, room: number, stay: Stay<T> = itself): Cell<T>[] {
  return series.flatMap((one) => {
    const at = placeOf(one.steps, step);
    if (side === "runs") return partsOf(one, at, "shown", "", stay);
    return spread(one.steps, at, room).flatMap((place, i) => partsOf(one, place, one.steps[place]!, `:${i}`, stay));
  });
}

/**
 * The two pictures of a difference.
 *
 * @returns null where one of the two runs does not show
 */
export function pairCells<T extends Recorded>(
  series: readonly T[],
  pair: Pair,
  step: number | null,
  runName: (series: T) => string,
  stay: Stay<T> = itself,
): [Cell<T>, Cell<T>] | null {
  const [first, second] = pair.map((choice) => {
    const one = series.findLast((candidate) => runName(candidate) === choice.run);
    return one && cellOf(one, choice, step, stay);
  });
  return first && second ? [first, second] : null;
}

function cellOf<T extends Recorded>(series: T, { step: choice, part }: PictureChoice, step: number | null, stay: Stay<T>): Cell<T> {
  const shown = placeOf(series.steps, step);
  const first = placeOf(series.steps, -Infinity);
  const place = typeof choice === "number" ? placeOf(series.steps, choice) : choice === "first" ? first : shown;
  const wanted = choice === "before" ? Math.max(first, shown - 1) : place;
  const key = `${series.run}:${series.attempt}:${choice}:${part}`;
  const at = stay(key, series, wanted);
  const parts = series.payload(at)?.parts.length ?? part + 1;
  return { key, series, at, wanted, part, parts, step: choice };
}

/** All pictures of a record. */
function partsOf<T extends Recorded>(series: T, wanted: number, step: StepChoice, suffix: string, stay: Stay<T>): Cell<T>[] {
  const slot = `${series.run}:${series.attempt}${suffix}`;
  const at = stay(slot, series, wanted);
  const parts = Math.max(1, series.payload(at)?.parts.length ?? 1);
  return Array.from({ length: parts }, (_, part) => ({
    key: `${slot}:${part}`,
    series,
    at,
    wanted,
    part,
    parts,
    step,
  }));
}

/** At most `count` places from the first known one to `last`, as even as can be, both ends among them. */
function spread(steps: Float64Array, last: number, count: number): number[] {
  const first = placeOf(steps, -Infinity);
  if (last < 0 || first < 0) return [];
  const many = last - first + 1;
  const shown = Math.min(count, many);
  if (shown === 1) return [last];
  return Array.from({ length: shown }, (_, i) => first + Math.round((i * (many - 1)) / (shown - 1)));
}
