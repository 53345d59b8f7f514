/** Runs as a whole. */
import type { RunInfo } from "../wire/frame";

const collator = new Intl.Collator("en", { numeric: true });

/** In the natural order of their names. */
export function byName(a: RunInfo, b: RunInfo): number {
  return collator.compare(a.name, b.name) || a.id - b.id;
}

/** Wall time of the newest event of any run. */
export function latest(runs: Iterable<RunInfo>): number | null {
  let last: number | null = null;
  for (const run of runs) if (run.last !== null && (last === null || run.last > last)) last = run.last;
  return last;
}
