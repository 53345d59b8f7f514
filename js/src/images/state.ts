/** What all cards of the panel of images share, beyond what all panels do. */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { CardSteps } from "../media/card-steps";
import { hasLater } from "../media/records";
import { own, withEntry, type CurvesState } from "../panels/state";
import type { MediaTag } from "../store/media";
import type { MediaSeries } from "../store/media-series";
import { runLabel } from "../ui/run-name";
import { atScale, WHOLE, type Look, type Size } from "./camera";
import type { DifferenceKind } from "./difference";
import { readImagesUi, type ImagesUi, type Pair, type PictureChoice, type Side } from "./ui";

export class ImagesState {
  readonly view: CurvesState;
  readonly ui: ReadonlySignal<ImagesUi>;
  readonly steps: CardSteps;
  // Each by itself, so that a step that is dragged renders nothing anew but what shows it.
  readonly linked: ReadonlySignal<boolean>;
  readonly side: ReadonlySignal<Side>;
  readonly trueSize: ReadonlySignal<boolean>;
  readonly difference: ReadonlySignal<DifferenceKind>;
  readonly older: ReadonlySignal<boolean>;
  /** As a filter of CSS. */
  readonly light: ReadonlySignal<string>;
  /** Pictures in sight that have not come. */
  readonly waiting = signal(0);
  /** The picture that a person wants to compare with another of its card. */
  readonly picking = signal<{ tag: string; choice: PictureChoice } | null>(null);
  readonly #looks = new Map<string, Signal<Look | null>>();

  constructor(view: CurvesState) {
    this.view = view;
    this.ui = computed(() => readImagesUi(view.panelUi("images")));
    this.steps = new CardSteps("images", view);
    this.linked = computed(() => this.steps.linked);
    this.side = computed(() => this.ui.value.side);
    this.trueSize = computed(() => this.ui.value.trueSize);
    this.difference = computed(() => this.ui.value.difference);
    this.older = computed(() => this.steps.older);
    this.light = computed(() => {
      const { brightness, contrast } = this.ui.value;
      return brightness === 1 && contrast === 1 ? "none" : `brightness(${brightness}) contrast(${contrast})`;
    });
  }

  set(changed: Partial<ImagesUi>): void {
    this.view.setPanelUi("images", { ...this.ui.peek(), ...changed });
  }

  /** Where a card was zoomed to; null: as all begin. It is saved by `keepLook`. */
  lookOf(tag: string): Signal<Look | null> {
    let look = this.#looks.get(tag);
    if (look === undefined) {
      look = signal(own(this.ui.peek().looks, tag));
      this.#looks.set(tag, look);
    }
    return look;
  }

  /** Look at a card from half as far; how near that can be, each picture knows. */
  zoomIn(tag: string): void {
    const look = this.lookOf(tag);
    look.value = { ...(look.peek() ?? WHOLE), zoom: 2 * (look.peek()?.zoom ?? 1) };
    this.keepLook(tag);
  }

  /** Show all pictures of a card as they begin. */
  resetLook(tag: string): void {
    this.lookOf(tag).value = null;
    this.keepLook(tag);
  }

  keepLook(tag: string): void {
    const look = this.lookOf(tag).peek();
    this.set({ looks: withEntry(this.ui.peek().looks, tag, look) });
  }

  /** How a picture of a card is looked at. */
  look(tag: string, picture: Size, box: Size): Look {
    return this.lookOf(tag).value ?? (this.trueSize.value ? atScale(WHOLE, 1, picture, box) : WHOLE);
  }

  /** Show all cards as they begin. */
  setTrueSize(trueSize: boolean): void {
    for (const look of this.#looks.values()) look.value = null;
    this.set({ trueSize, looks: {} });
  }

  pairOf(tag: string): Pair | null {
    return own(this.ui.value.pairs, tag);
  }

  setPair(tag: string, pair: Pair | null): void {
    this.picking.value = null;
    this.set({ pairs: withEntry(this.ui.peek().pairs, tag, pair) });
  }

  /** A run's name, by which a picture is chosen for good. */
  runName(series: MediaSeries): string {
    return this.view.store.run(series.run)?.name ?? "";
  }

  /** As it stands under a picture. */
  runLabel(series: MediaSeries): string {
    const run = this.view.store.run(series.run);
    return run === undefined ? "" : runLabel(run, this.view.store.log.value.path);
  }

  colorOf(series: MediaSeries): string {
    const run = this.view.store.run(series.run);
    return run === undefined ? "transparent" : this.view.colorOf(run);
  }

  /** The series of a tag whose runs show, in the order of the runs; of each run the newest attempt, unless all are wanted. */
  shown(data: MediaTag): MediaSeries[] {
    const runOf = this.view.runOf.value;
    const older = this.older.value;
    const order = new Map(this.view.store.runs.value.map(({ id }, i) => [id, i]));
    return data.series
      .filter((series) => runOf(series.run, series.attempt) !== undefined)
      .filter((series) => older || !hasLater(series, data))
      .sort((a, b) => (order.get(a.run) ?? 0) - (order.get(b.run) ?? 0) || a.attempt - b.attempt);
  }
}
