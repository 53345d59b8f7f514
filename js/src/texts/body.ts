/** What a record of texts is: one text, or a table of them. */
import { formatCount } from "../ui/format";
import { readable } from "./readable";

export interface TextBody {
  /** One row of one cell: a text of its own. */
  rows: readonly (readonly string[])[];
  /** What of the tensor is not in the rows; null: all of it is. */
  left: string | null;
}

interface Record {
  parts: readonly Uint8Array[];
  shape: readonly number[];
}

/** Read a tensor of strings: rank 1 is a column, rank 2 a table, of more ranks the first table is shown. */
export function bodyOf({ parts, shape }: Record): TextBody {
  const sizes = isShapeOf(parts.length, shape) ? shape : [parts.length];
  const columns = sizes.length < 2 ? 1 : sizes.at(-1)!;
  const shown = sizes.length < 2 ? parts.length : columns * sizes.at(-2)!;
  const rows: string[][] = [];
  for (let at = 0; at < shown; at += columns) rows.push(parts.slice(at, at + columns).map(readable));
  const left = shown < parts.length ? `the first ${sizes.slice(-2).join(" × ")} of ${sizes.map(formatCount).join(" × ")} texts` : null;
  return { rows, left };
}

function isShapeOf(count: number, shape: readonly number[]): boolean {
  return shape.every((size) => size >= 0) && shape.reduce((product, size) => product * size, 1) === count;
}

/** The text of a body, of which a table is lines of tab-separated cells. */
export function sourceOf({ rows }: TextBody): string {
  return rows.map((row) => row.join("\t")).join("\n");
}
