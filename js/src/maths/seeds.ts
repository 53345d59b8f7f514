/** Runs that are one experiment, done several times: groups of names that differ only in their seed, or of equals. */
import { finder } from "./pattern";

export interface Seeds {
  /** What its members' names have in common; "." if nothing. */
  name: string;
  /** In their order. */
  members: readonly string[];
}

type Value = string | number | boolean | null;
/** By the name of a run what it was given. */
export type Given = ReadonlyMap<string, ReadonlyMap<string, Value>>;

const NOTHING: Given = new Map();
/** Begins a rule that names hyperparameters. */
export const HPARAM = "hparam:";
const SEED = /seed[ =_-]*[0-9]+/i;
const NUMBER = /(?:^|(?<=[/ _-]))[0-9]+$/;
const TRAILING = /[ /_\-,=]*$/;
const LEADING = /^[ /_\-,=]*/;

/**
 * Group runs by their names, in the order in which they come; a run that no other is like is in no group.
 *
 * @param rule "seeds": names that are equal but for `seed` and its number, or, where there is none, for a number that
 * is their last part (`exp/2`, `exp_2`). "folder": runs of one folder. "hparam:lr": runs that were given the same of
 * that hyperparameter, and "hparam:lr,optimizer" of each of these; a run that was not given it is in no group. Anything
 * else is a regular expression: names are equal in what its groups find, or, if it has none, in what it does not find;
 * what it does not match is in no group, and one that is none finds nothing. "": no groups.
 * @param given what runs were given, where the rule asks for it
 */
export function seedsOf(names: readonly string[], rule: string, given: Given = NOTHING): Seeds[] {
  const common = commonOf(rule, given);
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const key = common(name);
    if (key === null) continue;
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [name]);
    else members.push(name);
  }
  return [...groups].filter(([, members]) => members.length > 1).map(([key, members]) => ({ name: key || ".", members }));
}

/** What a member's name says that its group's does not. */
export function memberLabel(name: string, group: string): string {
  if (!name.startsWith(group)) return name;
  return name.slice(group.length).replace(LEADING, "") || name;
}

function commonOf(rule: string, given: Given): (name: string) => string | null {
  if (rule === "") return () => null;
  if (rule === "seeds") return butForSeed;
  if (rule === "folder") return (name) => name.slice(0, Math.max(0, name.lastIndexOf("/")));
  if (rule.startsWith(HPARAM)) {
    const wanted = wantedOf(rule.slice(HPARAM.length), given);
    return (name) => equalOf(wanted, given.get(name) ?? new Map<string, Value>());
  }
  const find = finder(rule, false);
  return (name) => {
    const found = find?.(name) ?? null;
    if (found === null) return null;
    return found.groups.length > 0 ? found.groups.map((part) => part ?? "").join(" ") : without(name, found.index, found.text);
  };
}

/** The hyperparameters that a rule names; one of them may have a comma in its own name. */
function wantedOf(names: string, given: Given): string[] {
  return [...given.values()].some((values) => values.has(names)) ? [names] : names.split(",");
}

function equalOf(wanted: readonly string[], values: ReadonlyMap<string, Value>): string | null {
  if (!wanted.every((name) => values.has(name))) return null;
  return wanted.map((name) => `${name}=${valueText(values.get(name) ?? null)}`).join(" ");
}

/** A hyperparameter as Python writes it in a group's name: numbers as short as they can be told. */
export function valueText(value: Value): string {
  if (value === null) return "None";
  if (typeof value !== "number") return String(value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  const size = Math.abs(value);
  return size === 0 || (size >= 1e-4 && size < 1e16) ? String(value) : value.toExponential().replace("+", "");
}

function butForSeed(name: string): string | null {
  const found = SEED.exec(name) ?? NUMBER.exec(name);
  return found === null ? null : without(name, found.index, found[0]);
}

/** A name without what was found; of the separators around it the first stays between two parts. */
function without(name: string, index: number, found: string): string {
  const end = index + found.length;
  const before = name.slice(0, index).replace(TRAILING, "");
  const behind = name.slice(end).replace(LEADING, "");
  const separators = name.slice(before.length, index) + name.slice(end, name.length - behind.length);
  return before + (before !== "" && behind !== "" ? separators.slice(0, 1) : "") + behind;
}
