/** How a view's room is shared between diagram and table. */
export interface Split {
  readonly tabled: boolean;
  /** Whether the table stands beside the diagram; else below it. */
  readonly beside: boolean;
  /** Widths of both. */
  readonly diagram: number;
  readonly table: number;
}

/** With so much room the table of layers is there from the start, with so much it stands beside the diagram. */
const ROOM_FOR_TABLE = 1300;
const BESIDE = 1000;
const SHARE = 0.55;
const GAP = 24;

/** @param wanted whether there is to be a table; null: where there is room for both */
export function splitOf(room: number, wanted: boolean | null): Split {
  const tabled = wanted ?? room >= ROOM_FOR_TABLE;
  const beside = tabled && room >= BESIDE;
  const table = beside ? Math.round(SHARE * room) : room;
  return { tabled, beside, table, diagram: beside ? room - table - GAP : room };
}
