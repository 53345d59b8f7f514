/** What stands in a place of the table: a hyperparameter, a metric, or nothing. Pure. */
import { elideMiddle, formatTogether, formatValue, visible } from "../ui/format";

/** `null` is Python's None. */
export type Value = string | number | boolean | null;
/** `undefined`: the run does not say. */
export type Cell = Value | undefined;

/** Of a text that is shown. */
const LONGEST = 200;
/** Digits of a number that a person chose: all that it was given, as a rule. */
const DIGITS = 6;

const collator = new Intl.Collator("en", { numeric: true });

/** What tells a value from others of whatever type; empty for none. */
export function cellKey(cell: Cell): string {
  if (cell === undefined) return "";
  return typeof cell === "number" ? String(cell) : JSON.stringify(cell);
}

export function cellText(cell: Cell): string {
  if (cell === undefined) return "–";
  if (cell === null) return "None";
  if (typeof cell === "number") return numberText(cell);
  return typeof cell === "boolean" ? String(cell) : visible(elideMiddle(cell, LONGEST));
}

function numberText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value).replace("-", "−") : formatValue(value, DIGITS);
}

/** The texts of a column; measured numbers with as many digits as tell them apart. */
export function columnTexts(cells: readonly Cell[], measured: boolean): string[] {
  if (!measured) return cells.map(cellText);
  const numbers = cells.filter((cell) => typeof cell === "number");
  const texts = formatTogether(numbers);
  let at = 0;
  return cells.map((cell) => (typeof cell === "number" ? texts[at++]! : cellText(cell)));
}

/** Numbers, then texts, truth values, None; NaN behind all numbers. What is missing is equal to itself alone. */
export function compareCells(a: Cell, b: Cell): number {
  const order = rank(a) - rank(b);
  if (order !== 0) return order;
  if (typeof a === "number" && typeof b === "number") return a - b || 0;
  if (typeof a === "string" && typeof b === "string") return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
  return Number(a === true) - Number(b === true);
}

function rank(cell: Cell): number {
  if (cell === undefined) return 5;
  if (cell === null) return 4;
  if (typeof cell === "boolean") return 3;
  if (typeof cell === "string") return 2;
  return Number.isNaN(cell) ? 1 : 0;
}

/** "number": all that is there are numbers; else "choice". */
export type ColumnKind = "number" | "choice";

export function kindOf(cells: readonly Cell[]): ColumnKind {
  let numbers = 0;
  for (const cell of cells) {
    if (typeof cell === "number") numbers += 1;
    else if (cell !== undefined && cell !== null) return "choice";
  }
  return numbers > 0 ? "number" : "choice";
}

/** The different values of a column in order, without what is missing. */
export function distinct(cells: readonly Cell[]): Cell[] {
  const found = new Map<string, Cell>();
  for (const cell of cells) if (cell !== undefined) found.set(cellKey(cell), cell);
  return [...found.values()].sort(compareCells);
}

/** Row numbers in the order of a column; what is missing stands last either way, equal rows as they stood. */
export function sortedBy(cells: readonly Cell[], down: boolean): number[] {
  const sign = down ? -1 : 1;
  return [...cells.keys()].sort((i, j) => {
    const [a, b] = [cells[i], cells[j]];
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined) || i - j;
    return sign * compareCells(a, b) || i - j;
  });
}
