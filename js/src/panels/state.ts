/** What all charts of a view share: which runs show, how they look, where the cross-hair is. */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { OptionState } from "../store/options";
import type { Store } from "../store/store";
import { subscribeTo } from "../store/subscribe";
import type { Theme } from "../ui/tokens";
import type { RunInfo } from "../wire/frame";
import type { XAxis, Zoom } from "../wire/options";
import type { Hover } from "./hover";
import type { Line } from "./paint";

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
  /** The run of an id, undefined where it is hidden or unknown. */
  readonly runOf: ReadonlySignal<(id: number) => RunInfo | undefined>;
  readonly #zooms = new Map<string, Signal<Zoom | null>>();
  /** Cards whose y axis differs from the view's. */
  readonly #logs = new Map<string, Signal<boolean | null>>();

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
    const shown = computed(() => {
      const hidden = new Set(this.options.get("hidden"));
      return store.runs.value.filter((run) => !hidden.has(run.name));
    });
    // A run's last step changes with every frame: that alone must not redraw charts that show nothing new of it.
    const drawn = computed(() => JSON.stringify(shown.value.map(whatIsDrawn)));
    this.runOf = computed(() => {
      subscribeTo(drawn.value);
      const byId = new Map(shown.peek().map((run) => [run.id, run]));
      return (id) => byId.get(id);
    });
  }

  /** Where a card is zoomed to; null: fitted. Reading it in an effect subscribes. */
  zoomOf(tag: string): Zoom | null {
    return this.#zoom(tag).value;
  }

  setZoom(tag: string, zoom: Zoom | null): void {
    this.#zoom(tag).value = zoom;
    const ui = this.options.peek("ui");
    const others = Object.entries(ui.zoom).filter(([name]) => name !== tag);
    this.options.set("ui", { ...ui, zoom: Object.fromEntries(zoom === null ? others : [...others, [tag, zoom]]) });
  }

  /** Show all of every card. */
  fitAll(): void {
    for (const zoom of this.#zooms.values()) zoom.value = null;
    this.options.set("ui", { ...this.options.peek("ui"), zoom: {} });
  }

  /** Change the x axis; a zoom in its units goes. */
  setX(x: XAxis): void {
    if (x === this.options.peek("x")) return;
    this.options.set("x", x);
    for (const [tag, zoom] of this.#zooms) {
      if (zoom.peek()?.x != null) this.setZoom(tag, zoom.peek()?.y == null ? null : { x: null, y: zoom.peek()?.y ?? null });
    }
  }

  logOf(tag: string): boolean {
    return this.#log(tag).value ?? this.options.get("log_y");
  }

  setLog(tag: string, log: boolean): void {
    this.#log(tag).value = log;
  }

  #zoom(tag: string): Signal<Zoom | null> {
    return entry(this.#zooms, tag, () => {
      const { zoom } = this.options.peek("ui");
      return Object.hasOwn(zoom, tag) ? (zoom[tag] ?? null) : null;
    });
  }

  #log(tag: string): Signal<boolean | null> {
    return entry(this.#logs, tag, () => null);
  }
}

function whatIsDrawn({ id, name, color, attempts, ended, ended_by, last_step, lost }: RunInfo): unknown[] {
  return [id, name, color, attempts, ended && [ended_by, last_step], lost];
}

function entry<T>(map: Map<string, Signal<T>>, key: string, initial: () => T): Signal<T> {
  let found = map.get(key);
  if (found === undefined) {
    found = signal(initial());
    map.set(key, found);
  }
  return found;
}
