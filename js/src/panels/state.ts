/** What all charts of a view share: which runs show, how they look, where the cross-hair is. */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { OptionState } from "../store/options";
import type { Store, TagData } from "../store/store";
import { subscribeTo } from "../store/subscribe";
import { partLabel, runLabel } from "../ui/run-name";
import { listedRuns } from "../ui/shown-runs";
import { runColor, type Theme } from "../ui/tokens";
import type { RunInfo } from "../wire/frame";
import type { CardSize, PanelName, PanelUi, Range, Selection, UiState, XAxis, Zoom } from "../wire/options";
import { isTime } from "./curve";
import type { Wanted } from "./derive";
import { tagsOf, type Composed } from "./composed";
import type { Curve } from "./curve";
import { customGroups, idOf } from "./custom";
import { matcher, type Group } from "./groups";
import type { Hover } from "./hover";
import type { Line } from "./paint";
import { isShare } from "./percent";
import { colorsOf } from "./run-colors";
import { runGroups, type RunGroup } from "./run-groups";

/** The colours of the style sheet, resolved for painters. */
export interface CanvasLook {
  ground: string;
  text: string;
  second: string;
  grid: string;
  baseline: string;
  gone: string;
  font: string;
  rawAlpha: number;
  olderAlpha: number;
}

/** How a run's end is drawn; a function of the run so that a change repaints. */
export type HeadOf = (run: RunInfo) => Line["head"];

export class CurvesState {
  readonly store: Store;
  readonly options: OptionState;
  readonly theme: ReadonlySignal<Theme>;
  readonly look: ReadonlySignal<CanvasLook>;
  readonly head: ReadonlySignal<HeadOf>;
  /** The view stands in an article, where nothing comes any more: charts bear their last values. */
  readonly article: boolean;
  readonly hover = signal<Hover | null>(null);
  /** The card that a person wants in one chart with another. */
  readonly combining = signal<TagData | null>(null);
  /** What is marked in all cards; null also where it was marked on another x axis. */
  readonly selection: ReadonlySignal<Selection | null>;
  /** The one x that is marked; null where there is none, or a range. */
  readonly marked: ReadonlySignal<number | null>;
  /** Equal ways along the x axis are equal ratios; never so of the time of day. */
  readonly logX: ReadonlySignal<boolean>;
  /** The card that a person last had to do with: whose values the table of the selection tells. */
  readonly focused = signal<string | null>(null);
  /** The runs that are no part of another. */
  readonly listed: ReadonlySignal<readonly RunInfo[]>;
  /** Those that the filter lets through, hidden or not. */
  readonly matching: ReadonlySignal<readonly RunInfo[]>;
  /** Those that are neither hidden nor filtered out. */
  readonly owners: ReadonlySignal<readonly RunInfo[]>;
  /** The same with their parts. */
  readonly shown: ReadonlySignal<readonly RunInfo[]>;
  /** The run of an id, undefined where it, or this attempt of it, is not shown. Another function where colours change. */
  readonly runOf: ReadonlySignal<(id: number, attempt?: number) => RunInfo | undefined>;
  readonly #colors: ReadonlySignal<ReadonlyMap<string, string>>;
  /** Charts of several tags. */
  readonly custom: ReadonlySignal<readonly Group<Composed>[]>;
  /** In the order of their first runs; hidden runs are among their members. */
  readonly groups: ReadonlySignal<readonly RunGroup[]>;
  /** Rules by which the runs' names, or what they were given, make groups. */
  readonly groupings: ReadonlySignal<readonly string[]>;
  /** How the curves of groups and comparisons are computed. */
  readonly wanted: ReadonlySignal<Wanted>;
  /** Changes when other curves are computed, for another reason than the smoothing. */
  readonly computed: ReadonlySignal<string>;
  readonly #zooms = new Map<string, Signal<Zoom | null>>();
  readonly #logs = new Map<string, ReadonlySignal<boolean | null>>();
  readonly #sizes = new Map<string, ReadonlySignal<CardSize | null>>();
  readonly #pinned: ReadonlySignal<ReadonlySet<string>>;
  readonly #step: ReadonlySignal<number | null>;
  readonly #panels = new Map<PanelName, ReadonlySignal<PanelUi>>();

  constructor(
    store: Store,
    shared: { theme: ReadonlySignal<Theme>; look: ReadonlySignal<CanvasLook>; head: ReadonlySignal<HeadOf>; article: boolean },
  ) {
    this.store = store;
    this.options = store.options;
    this.theme = shared.theme;
    this.look = shared.look;
    this.head = shared.head;
    this.article = shared.article;
    this.listed = computed(() => listedRuns(store.runs.value));
    const matches = computed(() => matcher(this.options.get("runs")));
    const path = computed(() => store.log.value.path);
    this.matching = computed(() => this.listed.value.filter((run) => matches.value(runLabel(run, path.value))));
    this.owners = computed(() => {
      const hidden = new Set(this.options.get("hidden"));
      return this.matching.value.filter((run) => !hidden.has(run.name));
    });
    this.shown = computed(() => {
      const ids = new Set(this.owners.value.map(({ id }) => id));
      return [...this.owners.value, ...store.runs.value.filter(({ parent }) => parent !== null && ids.has(parent))];
    });
    this.custom = customGroups(store);
    ({ groups: this.groups, groupings: this.groupings } = runGroups(store));
    this.wanted = computed(() => ({
      weight: this.options.get("smoothing"),
      baseline: this.options.get("baseline"),
      compare: this.options.get("compare"),
      groups: this.groups.value,
      average: this.options.get("average"),
      band: this.options.get("band"),
      members: this.options.get("members"),
    }));
    this.computed = computed(() => {
      const { baseline, compare, groups, average, band, members } = this.wanted.value;
      const ids = groups.map((group) => [group.run.name, ...group.members.map(({ id }) => id)]);
      return JSON.stringify([baseline, compare, average, band, members, ids]);
    });
    const { shown } = this;
    // Of names and colours, so that a run's last step alone changes nothing.
    const colored = computed(() => JSON.stringify([...this.#chooseColors()]));
    this.#colors = computed(() => new Map(JSON.parse(colored.value) as [string, string][]));
    this.selection = computed(() => {
      const { selection } = this.options.get("ui");
      return selection?.axis === this.options.get("x") ? selection : null;
    });
    this.marked = computed(() => (this.selection.value?.to === null ? this.selection.value.from : null));
    this.logX = computed(() => this.options.get("log_x") && this.options.get("x") !== "wall");
    this.#step = computed(() => this.options.get("ui").step);
    this.#pinned = computed(() => new Set(this.options.get("pins")));
    // A run's last step changes with every frame: that alone must not redraw charts that show nothing new of it.
    const drawn = computed(() => JSON.stringify(shown.value.map(whatIsDrawn)));
    this.runOf = computed(() => {
      subscribeTo(drawn.value, this.#colors.value);
      const byId = new Map(shown.peek().map((run) => [run.id, run]));
      const newest = this.options.get("attempts") === "newest";
      return (id, attempt) => {
        const run = byId.get(id);
        return newest && run !== undefined && attempt !== undefined && attempt < run.attempts - 1 ? undefined : run;
      };
    });
  }

  /** The tag that x is; null where x is a time, or there is no such tag. */
  get otherTag(): TagData | null {
    const x = this.options.get("x");
    return isTime(x) ? null : (this.store.tag(x) ?? null);
  }

  /** What a curve is called beside the others of its chart. */
  nameOf({ run, series }: Pick<Curve, "run" | "series">, data: TagData): string {
    const { path } = this.store.log.peek();
    const owner = run.parent === null ? undefined : this.store.run(run.parent);
    const key = owner && run.keys?.find(([tag]) => tag === series.tag)?.[1];
    const parts = owner === undefined ? [runLabel(run, path)] : [runLabel(owner, path), partLabel(key ?? run.name)];
    return (tagsOf(data).length > 1 ? [...parts, series.tag] : parts).join(" · ");
  }

  /** Whether a card's values are read as percentages; compared with a baseline they are none. */
  isShare(data: TagData): boolean {
    return this.options.get("baseline") === "" && isShare(data);
  }

  /** Draw the tags of two cards in one chart; what one of them already is of several tags is replaced. */
  combine(one: TagData, other: TagData): void {
    const tags = [...new Set([one, other].flatMap(tagsOf))];
    const replaced = [one.tag, other.tag];
    const others = this.options.peek("charts").filter((chart) => !replaced.includes(idOf(chart.tags)) && idOf(chart.tags) !== idOf(tags));
    if (tags.length > 1) this.options.set("charts", [...others, { title: "", tags }]);
  }

  /** Take a chart of several tags away; null: it is none that a person asked for. */
  removal(data: TagData): (() => void) | null {
    const charts = this.options.get("charts");
    const others = charts.filter(({ tags }) => idOf(tags) !== data.tag);
    return others.length === charts.length ? null : () => this.options.set("charts", others);
  }

  colorOf(run: RunInfo): string {
    return this.#colors.value.get(run.name) ?? runColor(this.theme.value, run.color);
  }

  /** Choose a run's colour, an index into the palette or `#rrggbb`; null: the usual one. */
  setColor(run: RunInfo, color: number | string | null): void {
    this.options.set("colors", withEntry(this.options.peek("colors"), run.name, color));
  }

  #chooseColors(): Map<string, string> {
    const options = { colors: this.options.get("colors"), color_by: this.options.get("color_by") };
    const groups = this.groups.value.map(({ run }) => run);
    return colorsOf([...this.store.runs.value, ...groups], options, this.theme.value);
  }

  /** Where a card is zoomed to; null: fitted. Reading it in an effect subscribes. */
  zoomOf(tag: string): Zoom | null {
    return this.#zoom(tag).value;
  }

  setZoom(tag: string, zoom: Zoom | null): void {
    this.#zoom(tag).value = zoom;
    this.#setUi({ zoom: withEntry(this.options.peek("ui").zoom, tag, zoom) });
  }

  /** Set a card's y range, null: automatic; its x range stays. */
  setZoomY(tag: string, y: Range | null): void {
    const x = this.zoomOf(tag)?.x ?? null;
    this.setZoom(tag, x === null && y === null ? null : { x, y });
  }

  /** Show all of every card. */
  fitAll(): void {
    for (const zoom of this.#zooms.values()) zoom.value = null;
    this.#setUi({ zoom: {} });
  }

  /** Change the x axis; a zoom in its units goes. */
  setX(x: XAxis): void {
    if (x === this.options.peek("x")) return;
    this.options.set("x", x);
    for (const [tag, zoom] of this.#zooms) {
      if (zoom.peek()?.x != null) this.setZoom(tag, zoom.peek()?.y == null ? null : { x: null, y: zoom.peek()?.y ?? null });
    }
  }

  /** Mark a part of the x axis, or with null nothing. */
  select(from: number | null, to: number | null = null): void {
    this.#setUi({ selection: from === null ? null : { axis: this.options.peek("x"), from, to } });
  }

  /** Show a part of the x axis in every card. */
  zoomAll(x: Range): void {
    const custom = this.custom.peek().flatMap(({ cards }) => cards.map(({ item }) => item));
    const tags = [...this.store.tags.peek(), ...custom].map(({ tag }) => tag);
    const zooms = tags.map((tag) => [tag, { x, y: this.zoomOf(tag)?.y ?? null }] as const);
    for (const [tag, zoom] of zooms) this.#zoom(tag).value = zoom;
    this.#setUi({ zoom: Object.fromEntries(zooms) });
  }

  logOf(tag: string): boolean {
    const chosen = entry(this.#logs, tag, () => computed(() => own(this.options.get("ui").log, tag)));
    return chosen.value ?? this.options.get("log_y");
  }

  /** A card whose axis is again as the view's follows it from then on. */
  setLog(tag: string, log: boolean): void {
    const differs = log !== this.options.peek("log_y");
    this.#setUi({ log: withEntry(this.options.peek("ui").log, tag, differs ? log : null) });
  }

  /** Whether a card is larger than its place. Reading it in an effect subscribes, to nothing else of `ui`. */
  sizeOf(tag: string): CardSize | null {
    return entry(this.#sizes, tag, () => computed(() => own(this.options.get("ui").size, tag))).value;
  }

  setSize(tag: string, size: CardSize | null): void {
    this.#setUi({ size: withEntry(this.options.peek("ui").size, tag, size) });
  }

  isPinned(tag: string): boolean {
    return this.#pinned.value.has(tag);
  }

  /** Pin a card below those that are pinned, or put it back to its group. */
  togglePin(tag: string): void {
    const pins = this.options.peek("pins");
    this.options.set("pins", pins.includes(tag) ? pins.filter((pin) => pin !== tag) : [...pins, tag]);
  }

  /** The step at which pictures, texts and the like are looked at; null: the newest of each. */
  get step(): number | null {
    return this.#step.value;
  }

  setStep(step: number | null): void {
    this.#setUi({ step });
  }

  /** What a panel keeps. Reading it in an effect subscribes, to nothing else of `ui`. */
  panelUi(panel: PanelName): PanelUi {
    return entry(this.#panels, panel, () => computed(() => own(this.options.get("ui").panels, panel) ?? NOTHING)).value;
  }

  setPanelUi(panel: PanelName, changed: PanelUi): void {
    const { panels } = this.options.peek("ui");
    this.#setUi({ panels: withEntry(panels, panel, { ...own(panels, panel), ...changed }) });
  }

  #setUi(changed: Partial<UiState>): void {
    this.options.set("ui", { ...this.options.peek("ui"), ...changed });
  }

  #zoom(tag: string): Signal<Zoom | null> {
    return entry(this.#zooms, tag, () => signal(own(this.options.peek("ui").zoom, tag)));
  }
}

const NOTHING: PanelUi = {};

function whatIsDrawn({ id, name, color, attempts, ended, ended_by, last_step, lost }: RunInfo): unknown[] {
  return [id, name, color, attempts, ended && [ended_by, last_step], lost];
}

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  let found = map.get(key);
  if (found === undefined) {
    found = make();
    map.set(key, found);
  }
  return found;
}

/** An object's own entry: a tag may be called as what every object inherits. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | null {
  return Object.hasOwn(record, key) ? (record[key] ?? null) : null;
}

export function withEntry<T>(record: Readonly<Record<string, T>>, key: string, value: T | null): Record<string, T> {
  const others = Object.entries(record).filter(([name]) => name !== key);
  return Object.fromEntries(value === null ? others : [...others, [key, value]]);
}
