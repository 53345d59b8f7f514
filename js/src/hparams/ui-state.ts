/** What a person set in the panel of hyperparameters; kept with the notebook. */
import { type Column, readColumn } from "./columns";
import { type Filter, readFilter } from "./filters";

export interface HParamsUi {
  /** The columns in their order; null: the usual ones. */
  readonly columns: readonly Column[] | null;
  /** By the key of a column, or "run"; null: in the order of the runs. */
  readonly sort: { readonly key: string; readonly down: boolean } | null;
  /** By the keys of columns, or "run". */
  readonly filters: Readonly<Record<string, Filter>>;
  /** Whether the axis of a column tells ratios, by its key; where nothing is said the values decide. */
  readonly log: Readonly<Record<string, boolean>>;
  /** The column whose numbers colour the rows; "": each run has its own colour; null: the first metric. */
  readonly colour: string | null;
  /** What the scatter plot shows, by the keys of columns; null: the first hyperparameter, the first metric. */
  readonly x: string | null;
  readonly y: string | null;
}

export const USUAL: HParamsUi = { columns: null, sort: null, filters: {}, log: {}, colour: null, x: null, y: null };

/** Take what is usable of what came from outside. */
export function readHParamsUi(from: unknown): HParamsUi {
  const { columns, sort, filters, log, colour, x, y } = recordOf(from);
  const { key, down } = recordOf(sort);
  return {
    columns: Array.isArray(columns) ? columns.map(readColumn).filter((one) => one !== null) : null,
    sort: typeof key === "string" ? { key, down: down === true } : null,
    filters: entries(filters, readFilter),
    log: entries(log, (value) => (typeof value === "boolean" ? value : undefined)),
    colour: textOf(colour),
    x: textOf(x),
    y: textOf(y),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** Entries that `read` accepts, in an object whose keys may be any text. */
function entries<T>(from: unknown, read: (value: unknown) => T | undefined): Record<string, T> {
  const kept = Object.create(null) as Record<string, T>;
  for (const [key, value] of Object.entries(recordOf(from))) {
    const item = read(value);
    if (item !== undefined) kept[key] = item;
  }
  return kept;
}
