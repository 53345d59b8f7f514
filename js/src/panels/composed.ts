/** The series of several tags as those of one chart. */
import { computed, type ReadonlySignal } from "@preact/signals";
import type { Series } from "../store/series";
import type { Store, TagData } from "../store/store";
import type { Margin } from "./layout-charts";

export class Composed implements TagData {
  /** Names the chart among the tags: what a person does to it is kept by this. */
  readonly tag: string;
  readonly tags: readonly string[];
  readonly title: string;
  /** Lines between two bounds. */
  readonly margins: readonly Margin[];
  readonly revision: ReadonlySignal<number>;
  readonly #store: Store;

  constructor(store: Store, id: string, title: string, tags: readonly string[], margins: readonly Margin[] = []) {
    this.#store = store;
    this.tag = id;
    this.title = title;
    this.tags = tags;
    this.margins = margins;
    const all = [...tags, ...margins.flatMap(({ lower, upper }) => [lower, upper])];
    this.revision = computed(() => all.reduce((sum, tag) => sum + (store.tag(tag)?.revision.value ?? 0), store.tags.value.length));
  }

  /** The series of a bound. */
  bound(tag: string, run: number, attempt: number): Series | undefined {
    return this.#store.tag(tag)?.series.find((one) => one.run === run && one.attempt === attempt);
  }

  get series(): readonly Series[] {
    return this.tags.flatMap((tag) => this.#store.tag(tag)?.series ?? []);
  }
}

/** What a card is called by itself, whatever its group. */
export function titleOf(data: TagData): string {
  return data instanceof Composed ? data.title : data.tag;
}

export function tagsOf(data: TagData): readonly string[] {
  return data instanceof Composed ? data.tags : [data.tag];
}

/** Of several tags the place of one among them; 0 where a chart has only one. */
export function placeOfTag(data: TagData, tag: string): number {
  return Math.max(0, tagsOf(data).indexOf(tag));
}
