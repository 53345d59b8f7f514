/** Pictures, sounds, texts, histograms and curves of a classifier, as Python's `wire/` sends them. All of it is untrusted. */
import type { Column } from "./frame";

export type MediaKind = "images" | "histograms" | "texts" | "audio" | "pr_curves";
export const MEDIA_KINDS: readonly MediaKind[] = ["images", "histograms", "texts", "audio", "pr_curves"];

/** Which series of a kind. */
export interface MediaAddress {
  kind: MediaKind;
  run: number;
  /** 0 is the oldest. */
  attempt: number;
  tag: string;
  /** Grows when the series changed other than by an append. */
  gen: number;
}

/** The steps of what was recorded, so that a page knows of what has not come yet. */
export interface MediaPart extends MediaAddress {
  /** Place of the first record that is told of; 0 replaces the series. */
  from: number;
  count: number;
  /** One more than the place of the last; 0: the series has gone. */
  total: number;
  step: Column;
}

/** Where something lies: offset and length in bytes. */
export type Extent = readonly [offset: number, length: number];

/** What was recorded at one step; of a large one a piece. */
export interface Blob extends MediaAddress {
  /** The record's place in its series. */
  at: number;
  step: number;
  /** Null for a time that is none. */
  wall: number | null;
  /** In the buffer of the message; absent where `error` says why. */
  body?: Extent;
  /** This body is only a part of it: its first byte, and how many bytes there are in all. */
  piece?: readonly [from: number, of: number];
  error?: string;
  /** In the joined body: the files of pictures and sounds as they were written, or texts in UTF-8. */
  parts?: readonly Extent[];
  /** In the joined body: the numbers of a histogram or of a classifier's curve, and how many each column has. */
  columns?: Readonly<Record<string, Column>>;
  count?: number;
  /** The least and the greatest value of a histogram, where the file tells them. */
  min?: number;
  max?: number;
  width?: number;
  height?: number;
  /** A picture was made smaller than `width` × `height` to fit a saved view. */
  scaled?: boolean;
  labels?: readonly string[];
  shape?: readonly number[];
}

/** Blobs on their way, newest first; acknowledged as a chunk of points is. */
export interface Blobs {
  type: "blobs";
  v: 1;
  n: number;
  stream: string;
  now: number;
  next?: number;
  coming?: number;
  staying?: number;
  items: readonly Blob[];
}

/** JSON has no word for a number that is none. */
export type WireHParam = string | number | boolean | null | { number: "nan" | "inf" | "-inf" };

export interface RunHParams {
  run: number;
  values: readonly (readonly [name: string, value: WireHParam])[];
  /** Tags by which the run is judged. */
  metrics: readonly string[];
}

/** A blob that a page lacks. */
export type Wanted = readonly [kind: MediaKind, run: number, attempt: number, tag: string, gen: number, at: number];
