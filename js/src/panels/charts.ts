/**
 * Which charts a view has and which series are their lines: one chart a tag, the keys of `add_scalars` among its lines,
 * and the charts of the layouts of custom scalars.
 */
import { matchesBeginning, type Effort } from "../maths/pattern";
import type { LayoutChart, Layouts, RunInfo } from "../wire/frame";
import { groupByPrefix } from "./groups";


/** What is needed of the store's tags. */
export interface TagRuns {
  readonly tag: string;
  readonly series: readonly { readonly run: number }[];
}

/** One line: the series of a tag in a run, all attempts of it. */
export interface LineOf {
  run: number;
  tag: string;
  /** The run of the list that it belongs to: the run itself, or the one whose part it is. */
  owner: number;
  /** The key of `add_scalars`; null for the curve of a run of its own. */
  key: string | null;
  /** What tells it from the chart's other lines: run, key and tag, as far as they differ. */
  label: string;
}

/** A line between two bounds, tags of the same run. */
export interface MarginOf extends LineOf {
  lower: string;
  upper: string;
}

export interface ChartOf {
  /** Names the chart among those of the view, whatever else comes. */
  id: string;
  title: string;
  group: string;
  /** The group is a category of a layout, and no prefix of tags. */
  custom: boolean;
  /** The tag that the chart is of; null where it is of a layout. */
  tag: string | null;
  lines: readonly LineOf[];
  margins: readonly MarginOf[];
}

/** Steps for all patterns of all layouts together: about half a second. */
const EFFORT = 30_000_000;

/**
 * Return the charts: those of tags by prefix, then those of layouts by category, both in the order in which they came.
 *
 * Layouts hold for all runs, whichever run has them. Runs without a chart's tags are not in it, and a chart of a layout
 * whose tags no run has is there without lines.
 *
 * @param label names a run of the list.
 * @param effort what matching may cost; less than none is left in it if patterns had to be given up.
 */
export function chartsOf(
  runs: readonly RunInfo[],
  tags: readonly TagRuns[],
  layouts: Layouts,
  label: (run: RunInfo) => string = (run) => run.name,
  effort: Effort = { left: EFFORT },
): ChartOf[] {
  const known = new Known(runs, tags, label);
  return [...ofTags(known, tags), ...ofLayouts(known, layouts, effort)];
}

/** The runs that are in the list: no part of another one that is there. */
export function listedRuns(runs: readonly RunInfo[]): RunInfo[] {
  const ids = new Set(runs.map(({ id }) => id));
  return runs.filter(({ parent }) => parent === null || !ids.has(parent));
}

function ofTags(known: Known, tags: readonly TagRuns[]): ChartOf[] {
  return groupByPrefix(tags).flatMap(({ name, cards }) =>
    cards.map(({ title, item: { tag } }) => ({
      id: `tag ${tag}`,
      title,
      group: name,
      custom: false,
      tag,
      lines: named(known, known.lines(tag)),
      margins: [],
    })),
  );
}

function ofLayouts(known: Known, layouts: Layouts, effort: Effort): ChartOf[] {
  const categories = new Map<string, Map<string, LayoutChart>>();
  for (const { title, charts } of layouts.items.flat()) {
    const own = categories.get(title) ?? new Map<string, LayoutChart>();
    categories.set(title, own);
    // Two runs may say the same, as TensorBoard takes it; charts that differ in anything are two.
    for (const chart of charts) own.set(JSON.stringify([chart.title, chart.tags, chart.margins]), chart);
  }
  return [...categories].flatMap(([group, charts]) =>
    [...charts].map(([content, chart]) => ({
      id: `layout ${JSON.stringify(group)} ${content}`,
      title: chart.title,
      group,
      custom: true,
      tag: null,
      lines: named(known, matching(known, chart.tags, effort).flatMap((tag) => known.lines(tag))),
      margins: named(known, chart.margins.flatMap((margin) => known.margins(margin))),
    })),
  );
}

/** The tags that a chart's patterns match, in the order of the patterns; a tag that is a pattern's very text, too. */
function matching(known: Known, patterns: readonly string[], effort: Effort): string[] {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const matches = matchesBeginning(pattern, effort);
    for (const tag of known.tags) if (tag === pattern || matches?.(tag) === true) found.add(tag);
  }
  return [...found];
}

/** Runs and tags, to be looked up. */
class Known {
  readonly tags: readonly string[];
  readonly #runs: ReadonlyMap<number, RunInfo>;
  readonly #runsOf: ReadonlyMap<string, ReadonlySet<number>>;
  readonly #keys = new Map<number, ReadonlyMap<string, string>>();
  readonly #label: (run: RunInfo) => string;

  constructor(runs: readonly RunInfo[], tags: readonly TagRuns[], label: (run: RunInfo) => string) {
    this.tags = tags.map(({ tag }) => tag);
    this.#runs = new Map(runs.map((run) => [run.id, run]));
    this.#runsOf = new Map(tags.map(({ tag, series }) => [tag, new Set(series.map(({ run }) => run))]));
    for (const { id, keys } of runs) if (keys !== undefined) this.#keys.set(id, new Map(keys));
    this.#label = label;
  }

  /** What a run is called; one that is unknown by its number. */
  label(id: number): string {
    const run = this.#runs.get(id);
    return run === undefined ? String(id) : this.#label(run);
  }

  lines(tag: string): LineOf[] {
    const ids = this.#runsOf.get(tag) ?? new Set();
    return [...ids].filter((id) => this.#runs.has(id)).map((id) => this.#line(id, tag));
  }

  margins([value, lower, upper]: LayoutChart["margins"][number]): MarginOf[] {
    return this.lines(value)
      .filter(({ run }) => this.#has(run, lower) && this.#has(run, upper))
      .map((line) => ({ ...line, lower, upper }));
  }

  #has(run: number, tag: string): boolean {
    return this.#runsOf.get(tag)?.has(run) ?? false;
  }

  #line(run: number, tag: string): LineOf {
    const parent = this.#runs.get(run)?.parent ?? null;
    const owner = parent !== null && this.#runs.has(parent) ? parent : run;
    return { run, tag, owner, key: owner === run ? null : (this.#keys.get(run)?.get(tag) ?? null), label: "" };
  }
}

/** Give lines their labels: of owner, tag and key what is not the same for all of them. */
function named<T extends LineOf>(known: Known, lines: readonly T[]): T[] {
  const owners = new Set(lines.map(({ owner }) => owner));
  const tags = new Set(lines.map(({ tag }) => tag));
  const keys = new Set(lines.map(({ key }) => key));
  return lines.map((line) => {
    const parts: string[] = [];
    if (owners.size > 1) parts.push(known.label(line.owner));
    if (tags.size > 1) parts.push(line.tag);
    if (keys.size > 1 && line.key !== null) parts.push(line.key);
    return { ...line, label: parts.length === 0 ? (line.key ?? known.label(line.owner)) : parts.join(" · ") };
  });
}
