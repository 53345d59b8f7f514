/** Which rows are chosen by what stands in their columns, and which runs that hides everywhere. Pure. */
import { matcher } from "../panels/groups";
import { type Cell, cellKey, cellText } from "./cell";

/** A range of numbers, a choice of values (by their keys), or a regular expression that their texts match. */
export type Filter =
  | { readonly kind: "range"; readonly from: number | null; readonly to: number | null }
  | { readonly kind: "choice"; readonly only: readonly string[] }
  | { readonly kind: "text"; readonly pattern: string };

/** Tell what passes a filter. */
export function passes(filter: Filter): (cell: Cell) => boolean {
  if (filter.kind === "choice") {
    const only = new Set(filter.only);
    return (cell) => only.has(cellKey(cell));
  }
  if (filter.kind === "text") {
    const matches = matcher(filter.pattern);
    return (cell) => cell !== undefined && matches(typeof cell === "string" ? cell : cellText(cell));
  }
  const { from, to } = filter;
  return (cell) => typeof cell === "number" && (from === null || cell >= from) && (to === null || cell <= to);
}

/** Whether a filter lets everything through. */
export function isIdle(filter: Filter): boolean {
  if (filter.kind === "range") return filter.from === null && filter.to === null;
  return filter.kind === "text" && filter.pattern === "";
}

/** For each row whether it passes all filters; a filter of a column that is not there lets all through. */
export function chosenRows(count: number, filters: Readonly<Record<string, Filter>>, cellsOf: (key: string) => readonly Cell[] | null): boolean[] {
  const chosen = new Array<boolean>(count).fill(true);
  for (const [key, filter] of Object.entries(filters)) {
    const cells = cellsOf(key);
    if (cells === null || isIdle(filter)) continue;
    const passed = passes(filter);
    for (let i = 0; i < count; i++) chosen[i] &&= passed(cells[i]);
  }
  return chosen;
}

/**
 * The hidden runs after another choice of rows: those of which no row is chosen any more go, and those that only the
 * choice before had left out come back; what a person hid by name stays so.
 *
 * @param owners of each row the name of its run
 */
export function hiddenAfter(hidden: readonly string[], owners: readonly string[], before: readonly boolean[], after: readonly boolean[]): string[] {
  const [was, is] = [leftOut(owners, before), leftOut(owners, after)];
  const kept = hidden.filter((name) => is.has(name) || !was.has(name));
  return [...new Set([...kept, ...is])];
}

/** The runs of which no row is chosen. */
export function leftOut(owners: readonly string[], chosen: readonly boolean[]): Set<string> {
  const kept = new Set(owners.filter((_, i) => chosen[i]));
  return new Set(owners.filter((name) => !kept.has(name)));
}

/** Take what is usable of a filter that came from outside. */
export function readFilter(from: unknown): Filter | undefined {
  if (typeof from !== "object" || from === null) return undefined;
  const { kind, from: low, to: high, only, pattern } = from as Record<string, unknown>;
  if (kind === "range") return { kind, from: finite(low), to: finite(high) };
  if (kind === "choice" && Array.isArray(only)) return { kind, only: only.filter((one) => typeof one === "string") };
  if (kind === "text" && typeof pattern === "string") return { kind, pattern };
  return undefined;
}

function finite(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
