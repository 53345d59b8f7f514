/** The rows of the table: a run each, or each of the sessions that a run has several of. Pure. */
import { partLabel } from "../ui/run-name";
import type { RunInfo } from "../wire/frame";
import type { Cell, Value } from "./cell";

export interface Given {
  readonly values: ReadonlyMap<string, Value>;
  readonly metrics: readonly string[];
}

export interface Row {
  readonly key: string;
  /** Whose row it is: the run that is listed. */
  readonly run: RunInfo;
  readonly label: string;
  readonly values: ReadonlyMap<string, Cell>;
  /** Ids of the runs whose scalars are its metrics; the first that has a tag tells it. */
  readonly sources: readonly number[];
}

const NONE: ReadonlyMap<string, Cell> = new Map();

/**
 * Rows in the order of the runs.
 *
 * What `add_hparams` tells stands in a run of its own, a part of the one that called it: one such is that run's row,
 * several are a row each.
 *
 * @param listed the runs that are no part of another
 * @param all those and their parts
 * @param labelOf what a listed run is called
 */
export function rowsOf(
  listed: readonly RunInfo[],
  all: readonly RunInfo[],
  given: ReadonlyMap<number, Given>,
  labelOf: (run: RunInfo) => string,
): Row[] {
  const parts = partsOf(all);
  return listed.flatMap((run) => {
    const label = labelOf(run);
    const own = parts.get(run.id) ?? [];
    const sessions = [run, ...own].filter(({ id }) => tells(given.get(id)));
    const others = own.filter(({ id }) => !tells(given.get(id))).map(({ id }) => id);
    if (sessions.length < 2) {
      const values = sessions[0] === undefined ? NONE : given.get(sessions[0].id)!.values;
      const ids = new Set([...sessions.map(({ id }) => id), run.id, ...others]);
      return [{ key: String(run.id), run, label, values, sources: [...ids] }];
    }
    return sessions.map((session) => ({
      key: `${run.id} ${session.id}`,
      run,
      label: session === run ? label : `${label} · ${partLabel(belowOf(session.name, run.name))}`,
      values: given.get(session.id)!.values,
      sources: session === run ? [run.id, ...others] : [session.id],
    }));
  });
}

/** What runs were given, by their names; of one that has several sessions nothing can be said. */
export function givenByName(all: readonly RunInfo[], given: ReadonlyMap<number, Given>): Map<string, ReadonlyMap<string, Value>> {
  const parts = partsOf(all);
  const found = new Map<string, ReadonlyMap<string, Value>>();
  for (const run of all) {
    if (run.parent !== null) continue;
    const [session, other] = [run, ...(parts.get(run.id) ?? [])].flatMap(({ id }) => {
      const one = given.get(id);
      return one !== undefined && tells(one) ? [one] : [];
    });
    if (session !== undefined && other === undefined) found.set(run.name, session.values);
  }
  return found;
}

function partsOf(all: readonly RunInfo[]): Map<number, RunInfo[]> {
  const parts = new Map<number, RunInfo[]>();
  for (const run of all) {
    if (run.parent === null) continue;
    const known = parts.get(run.parent);
    if (known === undefined) parts.set(run.parent, [run]);
    else known.push(run);
  }
  return parts;
}

/** Whether anything is told: a run that was begun anew may no longer say what it was given. */
function tells(given: Given | undefined): boolean {
  return given !== undefined && given.values.size > 0;
}

/** What a part's name says that its run's does not. */
function belowOf(name: string, above: string): string {
  return name.startsWith(`${above}/`) ? name.slice(above.length + 1) : name;
}
