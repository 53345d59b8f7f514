/** The table as CSV, with which no spreadsheet computes. Pure. */
import { csvCell } from "../panels/point-file";
import type { Cell } from "./cell";

/** A header and a row each; numbers with all their digits, what is missing left empty. */
export function* csvOf(titles: readonly string[], rows: Iterable<readonly Cell[]>): Generator<string> {
  yield `${titles.map(csvCell).join(",")}\n`;
  for (const row of rows) yield `${row.map(text).join(",")}\n`;
}

function text(cell: Cell): string {
  if (cell === undefined) return "";
  if (cell === null) return "None";
  if (typeof cell === "string") return csvCell(cell);
  if (typeof cell === "boolean") return String(cell);
  return Number.isFinite(cell) ? String(cell) : Number.isNaN(cell) ? "nan" : cell > 0 ? "inf" : "-inf";
}
