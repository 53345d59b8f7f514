/** Runs that are one experiment, done several times. */
import { computed, type ReadonlySignal } from "@preact/signals";
import { seedsOf } from "../maths/seeds";
import type { Store } from "../store/store";
import type { RunInfo } from "../wire/frame";

export interface RunGroup {
  /** Stands for all: their common name, and a colour of its own, in the order of the groups. */
  run: RunInfo;
  members: readonly RunInfo[];
}

interface RunGroups {
  groups: ReadonlySignal<readonly RunGroup[]>;
  /** Rules by which the runs' names make groups. */
  groupings: ReadonlySignal<readonly string[]>;
}

export function runGroups({ runs, options }: Store): RunGroups {
  const whole = computed(() => runs.value.filter((run) => run.parent === null));
  // A run's last step changes with every frame, its name does not.
  const text = computed(() => JSON.stringify(whole.value.map((run) => run.name)));
  const names = computed(() => JSON.parse(text.value) as string[]);
  const seeds = computed(() => seedsOf(names.value, options.get("groups")));
  const groups = computed(() => {
    if (seeds.value.length === 0) return [];
    const byName = new Map(whole.value.map((run) => [run.name, run]));
    return seeds.value.map(({ name, members }, color) => group(name, color, members.map((member) => byName.get(member)!)));
  });
  return { groups, groupings: computed(() => groupings(names.value)) };
}

function group(name: string, color: number, members: readonly RunInfo[]): RunGroup {
  const last = Math.max(...members.map((run) => run.last_step ?? -Infinity));
  const common = { attempts: 1, ended: members.every((run) => run.ended), ended_by: null, lost: null };
  return { run: { ...members[0]!, ...common, name, color, last_step: last === -Infinity ? null : last }, members };
}

function groupings(names: readonly string[]): string[] {
  const folders = seedsOf(names, "folder");
  const rules = [];
  if (seedsOf(names, "seeds").length > 0) rules.push("seeds");
  if (folders.some(({ members }) => members.length < names.length)) rules.push("folder");
  return rules;
}
