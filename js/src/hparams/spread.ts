/** Where rows lie that an axis without numbers has in one place: beside each other, each always at its own side. Pure. */
import type { Cell } from "./cell";
import { placeOf, type Scale } from "./scale";

/** Share of a value's room that its rows take, and how far they go at most, CSS pixels. */
const ROOM = 0.5;
const FURTHEST = 9;
/** Parts of the golden section are spread evenly however many there are. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Pixels from the beginning of an axis of `length`; NaN for what has no place. */
export function pixelOf(scale: Scale, cell: Cell, row: number, length: number): number {
  const at = length * placeOf(scale, cell);
  if (scale.kind === "number") return at;
  const reach = Math.min(FURTHEST, (ROOM * length) / scale.values.length / 2);
  return at + reach * (2 * ((row * GOLDEN) % 1) - 1);
}
