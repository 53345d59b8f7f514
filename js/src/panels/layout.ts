/** Where cards stand: columns, and how much of them a card takes. */
import type { CardSize } from "../wire/options";
import { columnsIn } from "./groups";

const GAP = 20;
const ROW_GAP = 16;
const TITLE = 24;
const PLOT = 156;
/** In one column there is room for a higher plot. */
const NARROW_PLOT = 168;
const WIDE_PLOT = 220;
const WIDE = 520;
const LARGE_PLOT = 2 * (TITLE + PLOT) + ROW_GAP - TITLE;

export interface Columns {
  count: number;
  /** Of one column, CSS pixels. */
  width: number;
}

export interface Place {
  /** Columns and rows that a card takes. */
  columns: number;
  rows: number;
  /** Of the card, and of its plot with the axes, CSS pixels. */
  width: number;
  height: number;
}

/**
 * The columns of a view.
 *
 * @param room width for the cards, CSS pixels
 * @param most as many places as the largest group has
 * @param least width that a card must have; null: as is usual for such a room
 */
export function columnsOf(room: number, most: number, least: number | null): Columns {
  const fitting = least === null ? columnsIn(room) : Math.max(1, Math.floor((room + GAP) / (least + GAP)));
  const count = Math.max(1, Math.min(fitting, most));
  return { count, width: Math.floor((room - GAP * (count - 1)) / count) };
}

export function placeOf(size: CardSize | null, columns: Columns): Place {
  const count = size === null ? 1 : size === "full" ? columns.count : Math.min(2, columns.count);
  const width = count * columns.width + (count - 1) * GAP;
  if (size !== null) return { columns: count, rows: 2, width, height: LARGE_PLOT };
  const alone = columns.width < WIDE ? NARROW_PLOT : WIDE_PLOT;
  return { columns: 1, rows: 1, width, height: columns.count > 1 ? PLOT : alone };
}
