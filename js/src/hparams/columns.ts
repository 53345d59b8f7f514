/** The columns of the table: hyperparameters by name, metrics by tag. Pure. */
import { type Of, OFS } from "./metric";

export type Column = { readonly kind: "hparam"; readonly name: string } | { readonly kind: "metric"; readonly tag: string; readonly of: Of };

/** Of hyperparameters that no two runs differ in, up to so many are shown by themselves. */
const FEW = 6;
/** Columns that are shown by themselves. */
const MOST = 16;
/** Metrics where no run tells by which it is to be judged. */
const COMMON = 2;

/** What a column is kept by; a column of the same tag that tells another number of it is the same column. */
export function columnKey(column: Column): string {
  return column.kind === "hparam" ? `hparam ${column.name}` : `metric ${column.tag}`;
}

export function columnTitle(column: Column): string {
  if (column.kind === "hparam") return column.name;
  return column.of === "last" ? column.tag : `${column.of} ${column.tag}`;
}

export interface Offer {
  /** Names of hyperparameters, in the order in which runs tell them, and how many values each has. */
  readonly hparams: readonly { readonly name: string; readonly values: number }[];
  /** Tags by which runs say that they are judged. */
  readonly told: readonly string[];
  /** All tags of scalars, and how many rows have points of each. */
  readonly tags: readonly { readonly tag: string; readonly rows: number }[];
}

/** The columns where a person has chosen none: what differs between the runs, and how they ended. */
export function usualColumns({ hparams, told, tags }: Offer): Column[] {
  const differing = hparams.filter(({ values }) => values > 1);
  const shown = hparams.length <= FEW || differing.length === 0 ? hparams : differing;
  const there = new Set(tags.map(({ tag }) => tag));
  const judged = told.filter((tag) => there.has(tag));
  const common = [...tags].sort((a, b) => b.rows - a.rows).map(({ tag }) => tag);
  const metrics = judged.length > 0 ? judged : common.slice(0, COMMON);
  return [
    ...shown.slice(0, MOST).map(({ name }): Column => ({ kind: "hparam", name })),
    ...metrics.slice(0, MOST).map((tag): Column => ({ kind: "metric", tag, of: "last" })),
  ];
}

/** The columns without one, or with it at the end of its kind. */
export function toggledColumn(columns: readonly Column[], column: Column): Column[] {
  const key = columnKey(column);
  const others = columns.filter((one) => columnKey(one) !== key);
  if (others.length < columns.length) return others;
  if (column.kind === "metric") return [...others, column];
  const end = others.findLastIndex(({ kind }) => kind === "hparam") + 1;
  return [...others.slice(0, end), column, ...others.slice(end)];
}

/** The columns with one moved to before another; to the end where that is null. */
export function movedColumn(columns: readonly Column[], key: string, before: string | null): Column[] {
  const moved = columns.find((one) => columnKey(one) === key);
  if (moved === undefined || key === before) return [...columns];
  const others = columns.filter((one) => one !== moved);
  const at = others.findIndex((one) => columnKey(one) === before);
  return at < 0 ? [...others, moved] : [...others.slice(0, at), moved, ...others.slice(at)];
}

/** Take what is usable of columns that came from outside. */
export function readColumn(from: unknown): Column | null {
  if (typeof from !== "object" || from === null) return null;
  const { kind, name, tag, of } = from as Record<string, unknown>;
  if (kind === "hparam" && typeof name === "string") return { kind, name };
  if (kind === "metric" && typeof tag === "string") return { kind, tag, of: OFS.find((one) => one === of) ?? "last" };
  return null;
}
