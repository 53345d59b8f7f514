/** The colours of runs: a run's own, one for a group of runs, or what a person chose. Pure. */
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
  if (pattern === "") return null;
  try {
    const expression = new RegExp(pattern, "i");
    return (name) => {
      const match = expression.exec(name);
      return match === null ? null : JSON.stringify(match.length > 1 ? match.slice(1) : match[0]);
    };
  } catch {
    // Not a whole expression yet: a person is still typing.
    return null;
  }
}
