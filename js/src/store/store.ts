/** The state that a view draws: what the messages of one source add up to. */
import { batch, computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { partsOf } from "../wire/decode";
import type { Beat, Fill, Frame, Layouts, LeftOut, LogInfo, Message, Problems, RunGraph, RunInfo, SeriesPart } from "../wire/frame";
import { type AnyGraph, itemCount } from "../wire/graph";
import { SAVED_STREAM } from "../wire/snapshot";
import type { Source } from "../wire/source";
import type { Blobs } from "../wire/media";
import { Details, lacksOf, type Sight } from "./details";
import { HParamsStore } from "./hparams";
import { Liveness } from "./liveness";
import { MediaStore } from "./media";
import { subscribeTo } from "./subscribe";
import { OptionState } from "./options";
import { Refined } from "./refined";
import { byName, latest } from "./runs";
import { GapError, Series } from "./series";

/** All series of a tag; `revision` grows with every change of their points. */
export interface TagData {
  readonly tag: string;
  /** By run, then attempt. */
  readonly series: readonly Series[];
  readonly revision: ReadonlySignal<number>;
}

const NOTHING: LeftOut = {};
const NO_LAYOUTS: Layouts = { count: 0, items: [] };
const NO_LOG: LogInfo = { path: "", state: "ok", files: 0, read: 0, total: 0, interval: 0 };
/** While a gap waits for a key, the kernel is asked for one at most this often. */
const ASK_AGAIN_MS = 5000;
/** Of more gaps the rest is asked for when these are filled. */
const MOST_LACKS = 1000;

export class Store {
  readonly options: OptionState;
  readonly liveness: Liveness;
  readonly media: MediaStore;
  readonly hparams = new HParamsStore();
  readonly log = signal<LogInfo>(NO_LOG);
  readonly problems = signal<Problems>({ count: 0, items: [] });
  /** Number of the state shown; −1 before the first key. */
  readonly seq = signal(-1);
  /** Points on the disk that the state stands for. */
  readonly points = signal(0);
  /** Points that are here themselves: others stand for the rest. */
  readonly held = signal(0);
  /** Points that the kernel is about to send. */
  readonly coming = signal(0);
  /** The synchronisation at the end of a cell could not finish. */
  readonly partial = signal(false);
  /** What did not fit into a snapshot. */
  readonly leftOut = signal<LeftOut>(NOTHING);
  /** By run and name; that of the newest graph is empty. */
  readonly graphs = signal<ReadonlyMap<number, ReadonlyMap<string, AnyGraph>>>(new Map());
  /** Of custom scalars. */
  readonly layouts = signal<Layouts>(NO_LAYOUTS);
  /** In the natural order of their names. */
  readonly runs: ReadonlySignal<readonly RunInfo[]>;
  /** In the order in which they were first seen, so that nothing jumps. */
  readonly tags = signal<readonly TagData[]>([]);

  readonly #source: Source;
  readonly #runs = signal<ReadonlyMap<number, RunInfo>>(new Map());
  readonly #tags = new Map<string, { tag: string; series: Series[]; revision: Signal<number> }>();
  readonly #versions = new Map<string, number | undefined>();
  #stream: string | null = null;
  #gap = true;
  #askedAt = -Infinity;
  /** Whether a cell runs: then no question is heard. */
  #busy = true;
  readonly #refined = new Refined();
  #sight: ReadonlySet<string> = new Set();
  #sightTold: ReadonlySet<string> | null = null;
  readonly #details = new Details();
  /** As the kernel knows it, from the option's value or an answer. */
  #panelTold: string;

  constructor(source: Source) {
    this.#source = source;
    this.options = new OptionState(source);
    this.#panelTold = this.options.peek("panel");
    this.liveness = new Liveness(source.saved);
    this.media = new MediaStore(() => this.liveness.mayCome);
    this.runs = computed(() => [...this.#runs.value.values()].sort(byName));
    source.subscribe((message, buffer) => batch(() => this.#take(message, buffer)));
    source.onClosed((closed) => (this.liveness.closed.value = closed));
  }

  run(id: number): RunInfo | undefined {
    return this.#runs.value.get(id);
  }

  /** The series of a tag. Reading it in an effect subscribes to the coming of tags. */
  tag(name: string): TagData | undefined {
    subscribeTo(this.tags.value);
    return this.#tags.get(name);
  }

  /** Whether messages were lost and the next key is awaited. */
  get gap(): boolean {
    return this.#gap;
  }

  /** Take which tags are in sight: the kernel hears of it with the next answer, and sends theirs first. */
  look(tag: string, seen: boolean): void {
    const sight = new Set(this.#sight);
    if (seen) sight.add(tag);
    else sight.delete(tag);
    this.#sight = sight;
  }

  #take(message: Message, buffer: ArrayBuffer | null): void {
    this.#takeMessage(message, buffer);
    if (message.type === "bye" || message.stream !== this.#stream) return;
    this.coming.value = message.coming ?? 0;
    for (const tag of this.#refined.due(this.held.value, this.coming.value === 0)) this.#touch(tag);
    const missing = this.points.value - this.held.value + this.#details.held;
    if (!this.#gap && !this.#busy && missing > this.coming.value + (message.staying ?? 0)) this.#askForPoints();
    if (this.#hears) this.#askForBlobs();
    this.#askForDetail();
  }

  #takeMessage(message: Message, buffer: ArrayBuffer | null): void {
    switch (message.type) {
      case "bye":
        this.liveness.bye();
        return;
      case "beat":
        this.liveness.hear(message);
        this.#busy = message.busy;
        this.log.value = { ...this.log.peek(), interval: message.interval ?? this.log.peek().interval };
        this.#checkBeat(message);
        return;
      case "fill":
        this.liveness.hear(message);
        this.#takeFill(message, buffer);
        return;
      case "blobs":
        this.liveness.hear(message);
        if (message.stream === this.#stream) this.media.takeBlobs(message.items, buffer);
        this.#acknowledge(message);
        return;
      case "frame":
        if (message.stream !== SAVED_STREAM) this.liveness.hear(message);
        if (message.kind === "key") this.#takeKey(message, buffer);
        else this.#takeDelta(message, buffer);
    }
  }

  /** A beat tells the number of the last frame that was sent: a higher one than ours means that some were lost. */
  #checkBeat(beat: Beat): void {
    if (beat.stream !== this.#stream || beat.seq > this.seq.value) this.#fallBehind();
  }

  #takeDelta(frame: Frame, buffer: ArrayBuffer | null): void {
    const repeated = frame.stream === this.#stream && frame.seq <= this.seq.value;
    if (repeated) return;
    if (this.#gap || frame.stream !== this.#stream || frame.seq !== this.seq.value + 1) {
      this.#fallBehind();
      return;
    }
    const parts = partsOf(frame);
    try {
      this.#takeFacts(frame);
      this.#takeMedia(frame, buffer);
      for (const part of parts) this.#seriesOf(part).applyDelta(part, buffer);
    } catch (error) {
      if (!(error instanceof GapError)) throw error;
      this.#fallBehind();
      return;
    }
    this.#finish(frame);
    for (const tag of new Set(parts.map((part) => part.tag))) this.#touch(tag);
  }

  #takeKey(frame: Frame, buffer: ArrayBuffer | null): void {
    if (frame.stream === this.#stream && frame.seq < this.seq.value) return;
    if (frame.stream !== this.#stream) this.#forget();
    this.#takeFacts(this.#news(frame));
    this.#takeMedia(frame, buffer);
    const kept = new Set(frame.series.map((part) => this.#seriesOf(part)));
    for (const part of frame.series) {
      if (this.#seriesOf(part).applyKey(part, buffer)) this.#touch(part.tag);
    }
    this.#keepSeries((series) => kept.has(series));
    this.#gap = false;
    this.#finish(frame);
  }

  #takeFill(fill: Fill, buffer: ArrayBuffer | null): void {
    if (fill.stream === this.#stream) {
      for (const part of fill.series) {
        const series = this.#tags.get(part.tag)?.series.find((one) => one.run === part.run && one.attempt === part.attempt);
        const standing = fill.detail === true ? series?.standing(part.from, part.total) : undefined;
        if (series?.applyFill(part, buffer, fill.detail) !== true) continue;
        if (standing === undefined) this.#refined.add(part.tag);
        else for (const tag of this.#details.take(series, standing).add(part.tag)) this.#touch(tag);
      }
      this.#count();
    }
    this.#acknowledge(fill);
  }

  /** Tell that a message has come, and what is in sight. */
  #acknowledge({ stream, n }: Fill | Blobs): void {
    const tags = this.#sight === this.#sightTold ? undefined : [...this.#sight].slice(0, MOST_LACKS);
    this.#sightTold = this.#sight;
    const panel = this.options.peek("panel");
    const opened = panel === this.#panelTold ? undefined : panel;
    this.#panelTold = panel;
    this.#source.ask({ type: "got", stream, n, ...(tags !== undefined && { tags }), ...(opened !== undefined && { panel: opened }) });
  }

  /** The kernel can answer now. */
  get #hears(): boolean {
    return !this.#busy || this.#source.heardWhileBusy;
  }

  /** Take which points a chart shows, so that it can be drawn of more of them. */
  lookClosely(chart: object, sights: readonly Sight[]): void {
    this.#details.look(chart, sights);
    this.#askForDetail();
  }

  #askForDetail(): void {
    if (this.#gap || !this.#hears || this.coming.peek() > 0 || this.#stream === null) return;
    const series = this.#details.ask();
    if (series.length > 0) this.#source.ask({ type: "detail?", stream: this.#stream, series });
  }

  /** Ask for what a person looks at and has not come. */
  #askForBlobs(): void {
    const items = this.media.takeWanted();
    if (items.length > 0 && this.#stream !== null) this.#source.ask({ type: "blobs?", stream: this.#stream, items });
  }

  /** More is missing than is on its way: chunks were lost. */
  #askForPoints(): void {
    const now = performance.now();
    if (now - this.#askedAt < ASK_AGAIN_MS || this.#stream === null) return;
    this.#askedAt = now;
    const lacks = lacksOf([...this.#tags.values()].flatMap(({ series }) => series)).slice(0, MOST_LACKS);
    this.#source.ask({ type: "points?", stream: this.#stream, series: lacks });
  }

  /** A key without the facts that are known: for those nothing is to be drawn anew. */
  #news(key: Frame): Frame {
    const { problems, ...frame } = key;
    const ids = new Set(key.runs.map(({ id }) => id));
    return {
      ...frame,
      ...(problems !== undefined && !same(problems, this.problems.value) && { problems }),
      runs: key.runs.filter((run) => !same(run, this.#runs.value.get(run.id))),
      graphs: key.graphs.filter((one) => this.#isNews(one)),
      gone: [...this.#runs.value.keys()].filter((id) => !ids.has(id)),
    };
  }

  /** Whether a graph is another one than the run's known one, or the same with more of its boxes. */
  #isNews({ run, name = "", graph, version }: RunGraph): boolean {
    const known = this.graphs.value.get(run)?.get(name);
    if (known === undefined || graph === null) return known !== undefined || graph !== null;
    return version === undefined || version !== this.#versions.get(`${run}:${name}`) || itemCount(graph) > itemCount(known);
  }

  /** Take all of a frame but its points. */
  #takeFacts(frame: Frame): void {
    this.log.value = frame.log;
    if (frame.problems !== undefined) this.problems.value = frame.problems;
    if (frame.layouts !== undefined && !same(frame.layouts, this.layouts.value)) this.layouts.value = frame.layouts;
    this.partial.value = frame.partial === true;
    this.leftOut.value = frame.left_out ?? NOTHING;
    const gone = new Set(frame.gone ?? []);
    if (frame.runs.length > 0 || gone.size > 0) {
      const runs = new Map(this.#runs.value);
      for (const run of frame.runs) runs.set(run.id, run);
      for (const id of gone) runs.delete(id);
      this.#runs.value = runs;
      this.liveness.lastPoint.value = latest(runs.values());
    }
    if (gone.size > 0) {
      this.#keepSeries((series) => !gone.has(series.run));
      this.media.keep((series) => !gone.has(series.run));
      this.hparams.keep((run) => !gone.has(run));
    }
    if (frame.graphs.length > 0 || gone.size > 0) {
      const graphs = new Map(this.graphs.value);
      for (const { run, name = "", graph, version } of frame.graphs) {
        this.#versions.set(`${run}:${name}`, version);
        const of = new Map(graphs.get(run));
        if (graph === null) of.delete(name);
        else of.set(name, graph);
        if (of.size === 0) graphs.delete(run);
        else graphs.set(run, of);
      }
      for (const id of gone) graphs.delete(id);
      this.graphs.value = graphs;
    }
  }

  #takeMedia(frame: Frame, buffer: ArrayBuffer | null): void {
    const whole = frame.kind === "key";
    this.media.takeIndex(frame.media ?? [], buffer, whole);
    this.media.takeBlobs(frame.blobs ?? [], buffer);
    this.hparams.take(frame.hparams ?? [], whole);
  }

  #finish(frame: Frame): void {
    this.#stream = frame.stream;
    if (frame.stream !== SAVED_STREAM) this.liveness.saved.value = null;
    this.seq.value = frame.seq;
    this.#count();
  }

  #count(): void {
    let points = 0;
    let missing = 0;
    for (const { series } of this.#tags.values()) {
      for (const one of series) {
        points += one.total;
        missing += one.missing;
      }
    }
    this.points.value = points;
    this.held.value = points - missing;
  }

  #fallBehind(): void {
    this.#gap = true;
    const now = performance.now();
    if (now - this.#askedAt < ASK_AGAIN_MS) return;
    this.#askedAt = now;
    this.#source.ask({ type: "key?" });
  }

  /** Another stream numbers runs anew: nothing of the old one can be told apart. */
  #forget(): void {
    this.#keepSeries(() => false);
    this.media.keep(() => false);
    this.#runs.value = new Map();
    this.graphs.value = new Map();
    this.#versions.clear();
    this.layouts.value = NO_LAYOUTS;
  }

  #seriesOf({ run, attempt, tag }: SeriesPart): Series {
    let data = this.#tags.get(tag);
    if (data === undefined) {
      data = { tag, series: [], revision: signal(0) };
      this.#tags.set(tag, data);
      this.tags.value = [...this.#tags.values()];
    }
    let series = data.series.find((one) => one.run === run && one.attempt === attempt);
    if (series === undefined) {
      series = new Series(run, attempt, tag);
      data.series.push(series);
      data.series.sort((a, b) => a.run - b.run || a.attempt - b.attempt);
    }
    return series;
  }

  #touch(tag: string): void {
    const data = this.#tags.get(tag);
    if (data !== undefined) data.revision.value += 1;
  }

  #keepSeries(keep: (series: Series) => boolean): void {
    this.#details.keep(keep);
    for (const [tag, data] of this.#tags) {
      const kept = data.series.filter(keep);
      if (kept.length === data.series.length) continue;
      data.series = kept;
      data.revision.value += 1;
      if (kept.length === 0) this.#tags.delete(tag);
    }
    if (this.#tags.size !== this.tags.value.length) this.tags.value = [...this.#tags.values()];
  }
}

/** Whether two facts of messages are the same. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
