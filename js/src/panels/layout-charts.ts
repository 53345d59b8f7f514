/** Which charts the layouts of custom scalars ask for: the tags of each, by the patterns that they give. */
import { matchesBeginning, type Effort } from "../maths/pattern";
import type { LayoutChart, Layouts } from "../wire/frame";

/** A tag whose line lies between those of two others. */
export interface Margin {
  tag: string;
  lower: string;
  upper: string;
}

export interface ChartOfLayout {
  /** Names the chart among those of the view, whatever else comes. */
  id: string;
  category: string;
  title: string;
  /** Those that there are, in the order of the patterns, then those of the margins. */
  tags: readonly string[];
  /** Those whose tags are all there. */
  margins: readonly Margin[];
}

/** Steps for all patterns of all layouts together: about half a second. */
const EFFORT = 30_000_000;

/**
 * Return the charts, by category, in the order in which they came.
 *
 * Layouts hold for all runs, whichever run has them; a chart whose tags no run has is there without tags.
 *
 * @param effort what matching may cost; less than none is left in it if patterns had to be given up.
 */
export function layoutCharts(tags: readonly string[], layouts: Layouts, effort: Effort = { left: EFFORT }): ChartOfLayout[] {
  const categories = new Map<string, Map<string, LayoutChart>>();
  for (const { title, charts } of layouts.items.flat()) {
    const own = categories.get(title) ?? new Map<string, LayoutChart>();
    categories.set(title, own);
    // Two runs may say the same, as TensorBoard takes it; charts that differ in anything are two.
    for (const chart of charts) own.set(JSON.stringify([chart.title, chart.tags, chart.margins]), chart);
  }
  const known = new Set(tags);
  return [...categories].flatMap(([category, charts]) =>
    [...charts].map(([content, chart]) => {
      const margins = chart.margins
        .filter((margin) => margin.every((tag) => known.has(tag)))
        .map(([tag, lower, upper]) => ({ tag, lower, upper }));
      const all = new Set([...matching(tags, chart.tags, effort), ...margins.map(({ tag }) => tag)]);
      return { id: `layout ${JSON.stringify(category)} ${content}`, category, title: chart.title, tags: [...all], margins };
    }),
  );
}

/** The tags that a chart's patterns match, in the order of the patterns; a tag that is a pattern's very text, too. */
function matching(tags: readonly string[], patterns: readonly string[], effort: Effort): string[] {
  return patterns.flatMap((pattern) => {
    const matches = matchesBeginning(pattern, effort);
    return tags.filter((tag) => tag === pattern || matches?.(tag) === true);
  });
}
