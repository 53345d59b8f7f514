/** How much room a card and its pictures take. Pure. */
import { columnsOf, type Columns } from "../panels/layout";
import type { CardSize } from "../wire/options";
import { fittingScale, type Size } from "./camera";

/** CSS pixels, all of them. */
const GAP = 12;
const LEAST_TILE = 150;
const COLUMN_GAP = 20;
/** Of a picture alone in its card, of several, and in a card that is larger than the others. */
const HEIGHTS = { alone: 200, beside: 180, large: 420, full: 560 } as const;
/** Before anything is known of the pictures. */
const UNKNOWN_HEIGHT = 96;
/** A reason why there is no picture must have room. */
const LEAST: Size = { width: 64, height: 48 };

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
 * The columns of a panel whose cards have so many pictures: pairs stand side by side, more take the whole width.
 *
 * @param most pictures of the card that has most
 */
export function pictureColumns(room: number, cards: number, most: number, least: number | null): Columns {
  const usual = columnsOf(room, cards, least);
  if (most !== 2 || usual.count === 1) return usual;
  const count = Math.min(4, 2 * Math.max(1, Math.floor(usual.count / 2 + 0.5)));
  return { count, width: Math.floor((room - COLUMN_GAP * (count - 1)) / count) };
}

/** @param least pictures that a row has place for, though there may be fewer */
export function tilesOf(count: number, columns: Columns, size: CardSize | null, least = 1): Tiles {
  const usual = Math.max(count, least) > 2 ? columns.count : Math.max(count, least);
  const span = Math.min(columns.count, size === "full" ? columns.count : size === "large" ? Math.max(2, usual) : usual);
  const width = span * columns.width + (span - 1) * COLUMN_GAP;
  const inRow = Math.max(1, Math.min(Math.max(count, least), Math.max(2, fitting(width))));
  const height = HEIGHTS[size ?? (inRow === 1 ? "alone" : "beside")];
  return { span, inRow, width: Math.floor((width - GAP * (inRow - 1)) / inRow), height };
}

/** Pictures side by side in a width. */
export function fitting(width: number): number {
  return Math.floor((width + GAP) / (LEAST_TILE + GAP));
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
