/** How much room a card and its pictures take. Pure. */
import { columnsOf, type Columns } from "../panels/layout";
import type { CardSize } from "../wire/options";
import { fittingScale, type Size } from "./camera";

/** CSS pixels, all of them. */
const GAP = 12;
const LEAST_TILE = 150;
const COLUMN_GAP = 20;
/** Of a card with two pictures. */
const LEAST_PAIR = 420;
/** Of a picture alone in its card, of several, and in a card that is larger than the others. */
const HEIGHTS = { alone: 320, beside: 240, large: 420, full: 560 } as const;
const WIDE_TILE = 280;
/** Before anything is known of the pictures. */
const UNKNOWN_HEIGHT = 96;
/** A reason why there is no picture must have room. */
const LEAST: Size = { width: 64, height: 48 };
/** And so must what stands under it. */
const LEAST_WIDTH = 130;

export interface Tiles {
  /** Columns of the view that the card takes. */
  span: number;
  /** Pictures in a row. */
  inRow: number;
  /** Of a picture and its caption. */
  width: number;
  height: number;
}

/**
 * The columns of a panel whose cards have so many pictures: two stand side by side, more take the whole width.
 *
 * @param room CSS pixels
 * @param cards of the largest group
 * @param most pictures of the card that has most
 * @param least width that a card must have; null: as is usual for such a room
 */
export function pictureColumns(room: number, cards: number, most: number, least: number | null): Columns {
  const usual = columnsOf(room, cards, least);
  if (most !== 2 || room < LEAST_PAIR) return usual;
  const pairs = Math.floor((room + COLUMN_GAP) / (Math.max(least ?? 0, LEAST_PAIR) + COLUMN_GAP));
  const count = 2 * Math.max(1, Math.min(pairs, cards));
  return { count, width: Math.floor((room - COLUMN_GAP * (count - 1)) / count) };
}

/** @param least pictures that a row has place for, though there may be fewer */
export function tilesOf(count: number, columns: Columns, size: CardSize | null, least = 1): Tiles {
  const usual = Math.max(count, least) > 2 ? columns.count : Math.max(count, least);
  const span = Math.min(columns.count, size === "full" ? columns.count : size === "large" ? Math.max(2, usual) : usual);
  const width = span * columns.width + (span - 1) * COLUMN_GAP;
  const inRow = Math.min(Math.max(count, least), Math.max(least, fitting({ ...columns, count: span })));
  const each = Math.floor((width - GAP * (inRow - 1)) / inRow);
  const height = HEIGHTS[size ?? (inRow === 1 || each > WIDE_TILE ? "alone" : "beside")];
  return { span, inRow, width: each, height };
}

/** Pictures that stand side by side in columns. */
export function fitting({ count, width }: Columns): number {
  const room = count * (width + COLUMN_GAP) - COLUMN_GAP;
  return Math.max(2, Math.floor((room + GAP) / (LEAST_TILE + GAP)));
}

/** The box in which all pictures of a card stand: as large as the largest of them is drawn. */
export function boxOf(pictures: readonly Size[], { width, height }: Tiles): Size {
  if (pictures.length === 0) return { width, height: UNKNOWN_HEIGHT };
  const drawn = pictures.map((picture) => {
    const scale = fittingScale(picture, { width, height });
    return { width: picture.width * scale, height: picture.height * scale };
  });
  const largest = (side: keyof Size) => Math.max(LEAST[side], ...drawn.map((one) => Math.round(one[side])));
  return { width: Math.min(width, largest("width")), height: largest("height") };
}

/** The width that a tile takes: a few pictures stand close together, in a full row names have what room there is. */
export function tileWidth(box: Size, { inRow, width }: Tiles): number {
  return inRow > 3 ? width : Math.min(width, Math.max(LEAST_WIDTH, box.width));
}
