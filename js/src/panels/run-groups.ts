/** Runs that are one experiment, done several times. */
import { computed, type ReadonlySignal } from "@preact/signals";
import { givenByName } from "../hparams/rows";
import { type Given, HPARAM, seedsOf } from "../maths/seeds";
import type { Store } from "../store/store";
import { subscribeTo } from "../store/subscribe";
import type { RunInfo } from "../wire/frame";

export interface RunGroup {
  /** Stands for all: their common name, and a colour of its own, in the order of the groups. */
  run: RunInfo;
  members: readonly RunInfo[];
}

interface RunGroups {
  groups: ReadonlySignal<readonly RunGroup[]>;
  /** Rules by which the runs' names, or what they were given, make groups. */
  groupings: ReadonlySignal<readonly string[]>;
}

/** So many rules of one hyperparameter are offered. */
const MOST_RULES = 16;

export function runGroups({ runs, hparams, options }: Store): RunGroups {
  const whole = computed(() => runs.value.filter((run) => run.parent === null));
  // A run's last step changes with every frame, its name does not.
  const text = computed(() => JSON.stringify(whole.value.map((run) => run.name)));
  const names = computed(() => JSON.parse(text.value) as string[]);
  const kin = computed(() => JSON.stringify(runs.value.map(({ id, name, parent }) => [id, name, parent])));
  const given = computed<Given>(() => {
    subscribeTo(kin.value);
    return givenByName(runs.peek(), hparams.runs.value);
  });
  const seeds = computed(() => {
    const rule = options.get("groups");
    return rule.startsWith(HPARAM) ? seedsOf(names.value, rule, given.value) : seedsOf(names.value, rule);
  });
  const groups = computed(() => {
    if (seeds.value.length === 0) return [];
    const byName = new Map(whole.value.map((run) => [run.name, run]));
    return seeds.value.map(({ name, members }, color) => group(name, color, members.map((member) => byName.get(member)!)));
  });
  return { groups, groupings: computed(() => groupings(names.value, given.value)) };
}

function group(name: string, color: number, members: readonly RunInfo[]): RunGroup {
  const last = Math.max(...members.map((run) => run.last_step ?? -Infinity));
  const common = { attempts: 1, ended: members.every((run) => run.ended), ended_by: null, lost: null };
  return { run: { ...members[0]!, ...common, name, color, last_step: last === -Infinity ? null : last }, members };
}

function groupings(names: readonly string[], given: Given): string[] {
  const folders = seedsOf(names, "folder");
  const rules = [];
  if (seedsOf(names, "seeds").length > 0) rules.push("seeds");
  if (folders.some(({ members }) => members.length < names.length)) rules.push("folder");
  const hparams = new Set([...given.values()].flatMap((values) => [...values.keys()]));
  const useful = [...hparams].filter((name) => seedsOf(names, HPARAM + name, given).some(({ members }) => members.length < names.length));
  return [...rules, ...useful.slice(0, MOST_RULES).map((name) => HPARAM + name)];
}
