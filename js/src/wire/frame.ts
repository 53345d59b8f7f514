/** The messages between kernel and page, as Python's `wire/` writes them. All names and texts are untrusted. */
import type { AnyGraph } from "./graph";
import type { Blob, Blobs, MediaKind, MediaPart, RunHParams, Wanted } from "./media";

/**
 * A packed column: a rule (first, difference), numbers at a byte offset of the message's buffer, or how far each goes on
 * beyond the last and `d`, in ticks from `a`.
 */
export type Column =
  | { k: "f8" | "f4" | "i4"; o: number }
  | { k: "t1" | "t2" | "t4"; o: number; a: number; d: number }
  | { k: "seq"; a: number; d: number };

export type FolderState = "missing" | "empty" | "foreign" | "ok";

export interface LogInfo {
  path: string;
  state: FolderState;
  /** Files seen; of use where none of them is an event file. */
  files: number;
  /** Bytes read so far, and bytes there are. */
  read: number;
  total: number;
  /** Seconds between two looks. */
  interval: number;
}

export interface RunInfo {
  id: number;
  name: string;
  /** Index into the palette. */
  color: number;
  ended: boolean;
  ended_by: string | null;
  attempts: number;
  /** The run that this one is a part of, as the folders of `add_scalars` are. */
  parent: number | null;
  /** Of such a part: for each tag the key that it was given under. */
  keys?: readonly (readonly [tag: string, key: string])[];
  /** Wall times of the first and the last event, seconds. */
  first: number | null;
  last: number | null;
  last_step: number | null;
  lost: { count: number; steps: readonly [number, number] | null; reason: string } | null;
}

export interface SeriesPart {
  run: number;
  /** 0 is the oldest. */
  attempt: number;
  tag: string;
  /** Grows when the series changed other than by an append. */
  gen: number;
  /** Index of the first point that the part stands for; 0 replaces the series. */
  from: number;
  count: number;
  /** One more than the index of the last; of a frame's part the points of the series after it. */
  total: number;
  /** Min-max thinned: stands for [from, total) with fewer points; later parts append with `from` = `total`. */
  thinned: boolean;
  /** Of a thinned part: which points it has; absent in a snapshot. */
  index?: Column;
  step: Column;
  wall: Column;
  value: Column;
}

/** Series that grew by a few points, in a live view again and again: a list, and one column of all of them. */
export interface Grown {
  series: readonly (readonly [run: number, attempt: number, tag: string, gen: number, from: number, count: number])[];
  step: Column;
  wall: Column;
  value: Column;
}

export interface Problem {
  run: number | null;
  path: string;
  offset: number | null;
  reason: string;
  kind: string;
}

export interface Problems {
  /** All there are; `items` may be fewer. */
  count: number;
  items: readonly Problem[];
}

/** A chart of TensorBoard's Custom Scalars: lines, or curves between bounds. */
export interface LayoutChart {
  title: string;
  /** Regular expressions that match tags from their beginning. */
  tags: readonly string[];
  margins: readonly (readonly [value: string, lower: string, upper: string])[];
}

export interface LayoutCategory {
  title: string;
  /** To be folded away at first. */
  closed: boolean;
  charts: readonly LayoutChart[];
}

/** The layouts that runs have, each once. */
export interface Layouts {
  /** All there are; `items` may be fewer. */
  count: number;
  items: readonly (readonly LayoutCategory[])[];
}

/** How many there are that a snapshot had no room for. */
export interface LeftOut {
  tags?: number;
  runs?: number;
  graphs?: number;
  /** Steps of pictures, texts and the like. */
  media?: number;
  /** Tags of a run of each kind, of which not even the steps are told. */
  series?: Partial<Record<MediaKind, number>>;
  hparams?: number;
}

export interface RunGraph {
  run: number;
  /** Of a graph that the run has besides its newest one. */
  name?: string;
  graph: AnyGraph | null;
  /** Grows when another graph took its place; absent in a snapshot. The same one may come with fewer of its boxes. */
  version?: number;
}

/** What every message of a view tells of the points that this page may lack; absent: none. */
export interface Filling {
  /** Points that are still to be sent. */
  coming?: number;
  /** Points that are too many for a page: others stand for them, and will. */
  staying?: number;
}

export interface Frame extends Filling {
  type: "frame";
  v: 1;
  /** `key` is a whole state, `delta` applies to the state numbered `seq` − 1. */
  kind: "key" | "delta";
  /** Numbers belong to a stream; another stream begins with a key. */
  stream: string;
  seq: number;
  /** The kernel's wall clock, seconds. */
  now: number;
  /** Seconds within which the kernel will send the next message, be it only a beat. */
  next?: number;
  log: LogInfo;
  runs: readonly RunInfo[];
  /** Ids of runs that vanished. */
  gone?: readonly number[];
  series: readonly SeriesPart[];
  /** Of a delta, besides `series`. */
  grown?: Grown;
  graphs: readonly RunGraph[];
  /** Of a key all there are, of a delta what has changed. */
  media?: readonly MediaPart[];
  hparams?: readonly RunHParams[];
  /** In a snapshot: what is saved of the media. */
  blobs?: readonly Blob[];
  /** Absent: unchanged. */
  problems?: Problems;
  /** Absent: unchanged. */
  layouts?: Layouts;
  /** The synchronisation at the end of a cell could not finish. */
  partial?: boolean;
  /** In a snapshot: how many did not fit; it then is partial, too. */
  left_out?: LeftOut;
}

/** Points behind the thinned parts of earlier frames, each by its place in its series: they may come twice, or late. */
export interface Fill extends Filling {
  type: "fill";
  v: 1;
  /** Number of the chunk, by which the page acknowledges it. */
  n: number;
  stream: string;
  now: number;
  next?: number;
  series: readonly SeriesPart[];
  /** Points of a part that stays thinned, which the page asked for. */
  detail?: boolean;
}

/** A sign of life while nothing else is sent. */
export interface Beat extends Filling {
  type: "beat";
  now: number;
  next?: number;
  stream: string;
  seq: number;
  busy: boolean;
  /** Seconds between two looks at the folder, and since the last one. */
  interval?: number;
  looked?: number;
}

/** The view was closed in Python. */
export interface Bye {
  type: "bye";
}

export type Message = Frame | Fill | Blobs | Beat | Bye;

/** What a page asks or tells the kernel, which may not hear it. */
export type Question =
  | { type: "key?" }
  | { type: "got"; stream: string; n: number; tags?: readonly string[]; panel?: string }
  | { type: "blobs?"; stream: string; items: readonly Wanted[] }
  | { type: "points?" | "detail?"; stream: string; series: readonly Lack[] };

/** Points of a series that a page lacks, or wants although it is to be thinned. */
export interface Lack {
  run: number;
  attempt: number;
  tag: string;
  gen: number;
  from: number;
  to: number;
}

/** Tell whether a message that arrived is one that this page knows. */
export function isMessage(content: unknown): content is Message {
  if (typeof content !== "object" || content === null) return false;
  const { type, v } = content as { type?: unknown; v?: unknown };
  return type === "beat" || type === "bye" || ((type === "frame" || type === "fill" || type === "blobs") && v === 1);
}
