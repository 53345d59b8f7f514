/** The colours of runs: a run's own, one for a group of runs, or what a person chose. Pure. */
import { finder } from "../maths/pattern";
import { runColor, type Theme } from "../ui/tokens";
import type { RunInfo } from "../wire/frame";
import type { Options } from "../wire/options";

/** The palette's slate: of runs that are in no group. */
const UNGROUPED = 8;

/**
 * The colour of each run, by its name.
 *
 * @param runs in the order in which groups take colours
 */
export function colorsOf(
  runs: readonly RunInfo[],
  { colors, color_by }: Pick<Options, "colors" | "color_by">,
  theme: Theme,
): Map<string, string> {
  const groupOf = grouper(color_by);
  const groups = new Map<string, number>();
  const found = new Map<string, string>();
  for (const { name, color } of runs) {
    const group = groupOf?.(name) ?? null;
    if (group !== null && !groups.has(group)) groups.set(group, groups.size);
    const usual = groupOf === null ? color : group === null ? UNGROUPED : groups.get(group)!;
    const chosen = Object.hasOwn(colors, name) ? colors[name] : undefined;
    found.set(name, typeof chosen === "string" ? chosen : runColor(theme, chosen ?? usual));
  }
  return found;
}

/** What tells a run's group: the groups of the pattern in its name, or all that it matches; null if it does not. */
function grouper(pattern: string): ((name: string) => string | null) | null {
  const find = pattern === "" ? null : finder(pattern, true);
  // Not a whole expression yet: a person is still typing.
  if (find === null) return null;
  return (name) => {
    const found = find(name);
    return found === null ? null : JSON.stringify(found.groups.length > 0 ? found.groups : found.text);
  };
}
