/** Which runs are listed, and which of those show: hiding, showing alone, showing all. Pure. */
import type { RunInfo } from "../wire/frame";

/** The runs that are in the list: no part of another one that is there. */
export function listedRuns(runs: readonly RunInfo[]): RunInfo[] {
  const ids = new Set(runs.map(({ id }) => id));
  return runs.filter(({ parent }) => parent === null || !ids.has(parent));
}

/** The hidden names after a run or a group was clicked: it goes if it was shown, and comes back if nothing of it was. */
export function toggled(hidden: readonly string[], names: readonly string[]): string[] {
  const others = hidden.filter((one) => !names.includes(one));
  return names.every((name) => hidden.includes(name)) ? others : [...others, ...names];
}

/** The hidden names after a double click: all but these, or none where they were alone already. */
export function solo(all: readonly string[], hidden: readonly string[], names: readonly string[]): string[] {
  const others = all.filter((one) => !names.includes(one));
  const alone = names.every((name) => !hidden.includes(name)) && others.every((one) => hidden.includes(one));
  return alone ? [] : others;
}
