/** What a person set in a view; kept with the notebook. */
import type { Comparison } from "../maths/against";
import type { Centre, Spread } from "../maths/band";

/** What x is besides the values of another tag. */
export type TimeAxis = "step" | "relative" | "wall";
/** One of those, or another tag. */
export type XAxis = string;
export type PanelName = "curves" | "images" | "histograms" | "pr_curves" | "texts" | "audio" | "hparams" | "graph";
/** What the rows of a chart's tooltip are sorted by. */
export type TooltipSort = "value" | "nearest" | "name";
export type Range = readonly [number, number];

/** Which attempts of a run are drawn: the older ones faint, or only the newest. */
export type Attempts = "all" | "newest";

/** Where a card was zoomed to, in data units (on a log axis too); null: fitted. */
export interface Zoom {
  x: Range | null;
  y: Range | null;
}

/** How much of the view a card takes beyond its place: four places, or the whole width. */
export type CardSize = "large" | "full";

/** A part of the x axis that is marked in all cards; from `from` to `to`, or only `from` where `to` is null. */
export interface Selection {
  /** What both ends are counted in. */
  axis: XAxis;
  from: number;
  to: number | null;
}

/** What the colours of a diagram stand for. */
export type ColourBy = "structure" | "class" | "params" | "flops" | "bytes";

/** How the graphs are looked at. */
export interface GraphUi {
  /** Name of the run whose graph is drawn; null: the first one's. */
  run: string | null;
  /** Which of the run's graphs; empty for the newest one. */
  name: string;
  colour: ColourBy;
  /** Whether the table of layers stands beside the diagram; null: where there is room for both. */
  table: boolean | null;
}

/** What belongs to one tab: it is saved, and changes of another tab do not move it. */
export interface UiState {
  /** By tag. */
  zoom: Record<string, Zoom>;
  /** Open groups of the diagram: run name → item keys. */
  open: Record<string, readonly string[]>;
  /** Folded groups of cards. */
  collapsed: readonly string[];
  /** Cards that are larger than the others, by tag. */
  size: Record<string, CardSize>;
  /** Cards whose y axis was chosen for them alone: logarithmic or not, by tag. */
  log: Record<string, boolean>;
  selection: Selection | null;
  graph: GraphUi;
  /** The step at which pictures, texts and the like are looked at; null: the newest of each. */
  step: number | null;
  /** By the name of a panel: what it keeps. Each reads its own, and takes nothing for granted. */
  panels: Readonly<Record<string, PanelUi>>;
}

export type PanelUi = Readonly<Record<string, unknown>>;

/** A chart of several tags; without a title of its own it bears their names. */
export interface ChartOption {
  title: string;
  tags: readonly string[];
}

export interface Options {
  panel: PanelName;
  /** Weight of the moving average, 0 to 0.999. */
  smoothing: number;
  x: XAxis;
  log_y: boolean;
  /** Of steps and relative times; the time of day has no logarithm. */
  log_x: boolean;
  /** Leave outliers out of the y range. */
  outliers: boolean;
  /** Regular expression that a tag must match. */
  tags: string;
  /** Names of hidden runs. */
  hidden: readonly string[];
  /** Height limit in CSS pixels; null: the default one. */
  height: number | null;
  /** Which runs are one experiment (see `maths/seeds`): a rule or a regular expression; empty: none. */
  groups: string;
  /** A group's curve, and the band around it. */
  average: Centre;
  band: Spread;
  /** A group's own runs are drawn, too. */
  members: boolean;
  /** Name of the run that all are compared with, empty for none; and what is drawn of a run then. */
  baseline: string;
  compare: Comparison;
  /** Charts of several tags. */
  charts: readonly ChartOption[];
  tooltip_sort: TooltipSort;
  /** Tags whose cards stand above all others, in their order. */
  pins: readonly string[];
  /** Least width of a card in CSS pixels; null: as many columns as the view has room for. */
  card_width: number | null;
  /** Regular expression that a run's name must match. */
  runs: string;
  /** Colours that a person chose, by run name: an index into the palette or `#rrggbb`. */
  colors: Readonly<Record<string, number | string>>;
  /** Regular expression: runs whose names have the same groups share a colour; empty: each has its own. */
  color_by: string;
  attempts: Attempts;
  ui: UiState;
}

export const DEFAULT_OPTIONS: Options = {
  panel: "curves",
  smoothing: 0.6,
  x: "step",
  log_y: false,
  log_x: false,
  outliers: false,
  tags: "",
  hidden: [],
  height: null,
  groups: "",
  average: "mean",
  band: "std",
  members: false,
  baseline: "",
  compare: "difference",
  charts: [],
  tooltip_sort: "value",
  pins: [],
  card_width: null,
  runs: "",
  colors: {},
  color_by: "",
  attempts: "all",
  ui: {
    zoom: {},
    open: {},
    collapsed: [],
    size: {},
    log: {},
    selection: null,
    graph: { run: null, name: "", colour: "structure", table: null },
    step: null,
    panels: {},
  },
};

const PANELS: readonly PanelName[] = ["curves", "images", "histograms", "pr_curves", "texts", "audio", "hparams", "graph"];
const CENTRES: readonly Centre[] = ["mean", "median"];
const SPREADS: readonly Spread[] = ["std", "stderr", "minmax", "none"];
const ATTEMPTS: readonly Attempts[] = ["all", "newest"];
const COLOURS: readonly ColourBy[] = ["structure", "class", "params", "flops", "bytes"];
const CARD_SIZES: readonly CardSize[] = ["large", "full"];
const COMPARISONS: readonly Comparison[] = ["difference", "ratio"];
const TOOLTIP_SORTS: readonly TooltipSort[] = ["value", "nearest", "name"];

/**
 * Take what is usable of options that came from outside (a snapshot of any age, a kernel of another version).
 *
 * @returns all options; what is missing or of a wrong kind has its default
 */
export function readOptions(from: Readonly<Record<string, unknown>>): Options {
  const options: Options = { ...DEFAULT_OPTIONS };
  const { smoothing, log_y, log_x, outliers, tags, hidden, height, groups, members, baseline, pins, card_width, runs, color_by } = from;
  options.panel = oneOf(PANELS, from.panel) ?? options.panel;
  if (typeof from.x === "string" && from.x !== "") options.x = from.x;
  options.average = oneOf(CENTRES, from.average) ?? options.average;
  options.compare = oneOf(COMPARISONS, from.compare) ?? options.compare;
  options.band = oneOf(SPREADS, from.band) ?? options.band;
  options.tooltip_sort = oneOf(TOOLTIP_SORTS, from.tooltip_sort) ?? options.tooltip_sort;
  if (typeof smoothing === "number" && smoothing >= 0) options.smoothing = Math.min(smoothing, 0.999);
  if (typeof log_y === "boolean") options.log_y = log_y;
  if (typeof log_x === "boolean") options.log_x = log_x;
  if (typeof outliers === "boolean") options.outliers = outliers;
  if (typeof tags === "string") options.tags = tags;
  if (isStrings(hidden)) options.hidden = hidden;
  if (typeof height === "number" && height > 0) options.height = height;
  if (typeof groups === "string") options.groups = groups;
  if (typeof members === "boolean") options.members = members;
  if (typeof baseline === "string") options.baseline = baseline;
  if (Array.isArray(from.charts)) options.charts = from.charts.map(readChart).filter((chart) => chart !== null);
  if (isStrings(pins)) options.pins = pins;
  if (typeof card_width === "number" && card_width > 0) options.card_width = card_width;
  if (typeof runs === "string") options.runs = runs;
  if (typeof color_by === "string") options.color_by = color_by;
  options.colors = entries(from.colors, (value) => (isColor(value) ? value : undefined));
  options.attempts = oneOf(ATTEMPTS, from.attempts) ?? options.attempts;
  options.ui = readUi(from.ui);
  return options;
}

function isColor(value: unknown): value is number | string {
  return typeof value === "string" ? /^#[0-9a-f]{6}$/i.test(value) : Number.isInteger(value) && (value as number) >= 0;
}

function oneOf<T extends string>(all: readonly T[], value: unknown): T | undefined {
  return all.find((one) => one === value);
}

function readChart(from: unknown): ChartOption | null {
  if (!isRecord(from)) return null;
  const { title, tags } = from;
  return isStrings(tags) ? { title: typeof title === "string" ? title : "", tags } : null;
}

function readUi(from: unknown): UiState {
  const { zoom, open, collapsed, size, log, selection, graph, step, panels } = (isRecord(from) ? from : {}) as Partial<Record<keyof UiState, unknown>>;
  return {
    zoom: entries(zoom, readZoom),
    open: entries(open, (keys) => (isStrings(keys) ? keys : undefined)),
    collapsed: isStrings(collapsed) ? collapsed : [],
    size: entries(size, (value) => oneOf(CARD_SIZES, value)),
    log: entries(log, (value) => (typeof value === "boolean" ? value : undefined)),
    selection: readSelection(selection),
    graph: readGraphUi(graph),
    step: typeof step === "number" ? step : null,
    panels: entries(panels, (panel) => (isRecord(panel) ? panel : undefined)),
  };
}

function readGraphUi(from: unknown): GraphUi {
  const { run, name, colour, table } = (isRecord(from) ? from : {}) as Partial<Record<keyof GraphUi, unknown>>;
  return {
    run: typeof run === "string" ? run : null,
    name: typeof name === "string" ? name : "",
    colour: oneOf(COLOURS, colour) ?? "structure",
    table: typeof table === "boolean" ? table : null,
  };
}

function readSelection(from: unknown): Selection | null {
  if (!isRecord(from)) return null;
  const { axis, from: low, to: high } = from;
  if (typeof axis !== "string" || typeof low !== "number") return null;
  return { axis, from: low, to: typeof high === "number" && high >= low ? high : null };
}

function readZoom(from: unknown): Zoom | undefined {
  return isRecord(from) ? { x: readRange(from.x), y: readRange(from.y) } : undefined;
}

function readRange(from: unknown): Range | null {
  if (!Array.isArray(from) || from.length !== 2) return null;
  const [low, high] = from as unknown[];
  return Number.isFinite(low) && Number.isFinite(high) ? [low as number, high as number] : null;
}

/** Entries that `read` accepts, in an object whose keys may be any text (`__proto__` is a tag like another). */
function entries<T>(from: unknown, read: (value: unknown) => T | undefined): Record<string, T> {
  const kept = Object.create(null) as Record<string, T>;
  if (!isRecord(from)) return kept;
  for (const [key, value] of Object.entries(from)) {
    const item = read(value);
    if (item !== undefined) kept[key] = item;
  }
  return kept;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
