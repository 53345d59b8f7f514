/** Everything besides scalars and graphs that a view shows: what was recorded, what has come of it, what is asked for. */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { MEDIA_KINDS, type Blob, type MediaAddress, type MediaKind, type MediaPart, type Wanted } from "../wire/media";
import { MediaSeries } from "./media-series";

/** All series of a kind and tag; `revision` grows with every change of what they hold. */
export interface MediaTag {
  readonly tag: string;
  /** By run, then attempt. */
  readonly series: readonly MediaSeries[];
  readonly revision: ReadonlySignal<number>;
}

interface Entry {
  tag: string;
  series: MediaSeries[];
  revision: Signal<number>;
}

/** Bytes of payloads that a page keeps: beyond them the oldest go that are not the newest of their series. */
const MOST_BYTES = 64 << 20;
/** Of more that is wanted the rest is asked for when these are here. */
const MOST_WANTED = 200;

export class MediaStore {
  readonly #kinds = new Map<MediaKind, { entries: Map<string, Entry>; tags: Signal<readonly MediaTag[]> }>();
  /** Kinds of which there is something. */
  readonly kinds: ReadonlySignal<ReadonlySet<MediaKind>>;
  /** In the order in which they came. */
  readonly #held = new Map<string, { series: MediaSeries; at: number; size: number }>();
  #bytes = 0;
  /** What a person looks at and has not come, newest wish last. */
  readonly #wanted = new Map<string, Wanted>();
  readonly #live: () => boolean;

  /** @param live tells whether more can come; in an effect it subscribes to that */
  constructor(live: () => boolean) {
    for (const kind of MEDIA_KINDS) this.#kinds.set(kind, { entries: new Map(), tags: signal([]) });
    this.kinds = computed(() => new Set(MEDIA_KINDS.filter((kind) => this.tags(kind).value.length > 0)));
    this.#live = live;
  }

  /** In the natural order of their names. */
  tags(kind: MediaKind): ReadonlySignal<readonly MediaTag[]> {
    return this.#kinds.get(kind)!.tags;
  }

  /** Whether more can come at all. */
  get live(): boolean {
    return this.#live();
  }

  /** What there is of a record: absent, if it is in no saved view. */
  state(series: MediaSeries, at: number): "here" | "coming" | "absent" {
    if (series.payload(at) !== null) return "here";
    return this.live ? "coming" : "absent";
  }

  /** Take note that a record is looked at: what has not come is asked for as soon as the kernel can hear it. */
  want(series: MediaSeries, at: number): void {
    if (series.payload(at) !== null || at < 0 || at >= series.length) return;
    const key = keyOf(series, at);
    this.#wanted.delete(key);
    this.#wanted.set(key, [series.kind, series.run, series.attempt, series.tag, series.gen, at]);
    const [oldest] = this.#wanted.keys();
    if (this.#wanted.size > MOST_WANTED && oldest !== undefined) this.#wanted.delete(oldest);
  }

  /** What is wanted and not here, the newest wish first; each wish is told once. */
  takeWanted(): Wanted[] {
    const wanted = [...this.#wanted.values()].reverse();
    this.#wanted.clear();
    return wanted;
  }

  /**
   * Take the index of a frame.
   *
   * @param whole there is nothing but what it tells
   */
  takeIndex(parts: readonly MediaPart[], buffer: ArrayBuffer | null, whole: boolean): void {
    const told = new Set<MediaSeries>();
    const gone = new Set<MediaSeries>();
    for (const part of parts) {
      if (!MEDIA_KINDS.includes(part.kind)) continue; // of a newer kernel
      const { entry, series } = this.#find(part);
      told.add(series);
      if (part.total === 0) gone.add(series);
      if (part.gen !== series.gen) this.#forget(series);
      if (series.takePart(part, buffer)) entry.revision.value += 1;
    }
    if (whole || gone.size > 0) this.keep((series) => !gone.has(series) && (!whole || told.has(series)));
  }

  /** Take blobs that have come; those of series that are not known, or are another by now, are passed over. */
  takeBlobs(blobs: readonly Blob[], buffer: ArrayBuffer | null): void {
    const changed = new Set<Entry>();
    for (const blob of blobs) {
      const entry = this.#kinds.get(blob.kind)?.entries.get(blob.tag);
      const series = entry?.series.find((one) => one.run === blob.run && one.attempt === blob.attempt);
      if (entry === undefined || series === undefined) continue;
      const payload = series.takeBlob(blob, buffer);
      if (payload === null) continue;
      const key = keyOf(series, blob.at);
      this.#wanted.delete(key);
      this.#held.set(key, { series, at: blob.at, size: payload.size });
      this.#bytes += payload.size;
      changed.add(entry);
    }
    if (this.#bytes > MOST_BYTES) this.#makeRoom();
    for (const entry of changed) entry.revision.value += 1;
  }

  /** Forget all series but some. */
  keep(kept: (series: MediaSeries) => boolean): void {
    for (const { entries, tags } of this.#kinds.values()) {
      for (const [tag, entry] of entries) {
        const others = entry.series.filter(kept);
        if (others.length === entry.series.length) continue;
        for (const series of entry.series) if (!others.includes(series)) this.#forget(series);
        entry.series = others;
        entry.revision.value += 1;
        if (others.length === 0) entries.delete(tag);
      }
      if (entries.size !== tags.value.length) tags.value = sorted(entries);
    }
  }

  #find(part: MediaAddress): { entry: Entry; series: MediaSeries } {
    const { entries, tags } = this.#kinds.get(part.kind)!;
    let entry = entries.get(part.tag);
    if (entry === undefined) {
      entry = { tag: part.tag, series: [], revision: signal(0) };
      entries.set(part.tag, entry);
      tags.value = sorted(entries);
    }
    let series = entry.series.find((one) => one.run === part.run && one.attempt === part.attempt);
    if (series === undefined) {
      series = new MediaSeries(part);
      entry.series = [...entry.series, series].sort((a, b) => a.run - b.run || a.attempt - b.attempt);
    }
    return { entry, series };
  }

  #forget(series: MediaSeries): void {
    for (const [key, held] of this.#held) {
      if (held.series !== series) continue;
      this.#held.delete(key);
      this.#bytes -= held.size;
    }
  }

  #makeRoom(): void {
    for (const [key, { series, at, size }] of this.#held) {
      if (this.#bytes <= MOST_BYTES) return;
      if (at === series.length - 1) continue;
      series.drop(at);
      this.#held.delete(key);
      this.#bytes -= size;
    }
  }
}

const collator = new Intl.Collator("en", { numeric: true });

function sorted(entries: ReadonlyMap<string, Entry>): Entry[] {
  return [...entries.values()].sort((a, b) => collator.compare(a.tag, b.tag) || (a.tag < b.tag ? -1 : 1));
}

function keyOf({ kind, run, attempt, tag }: MediaAddress, at: number): string {
  return JSON.stringify([kind, run, attempt, tag, at]);
}
