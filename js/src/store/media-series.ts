/** What was recorded of one (kind, run, attempt, tag): the steps, and of these what has come. */
import { unpack } from "../wire/decode";
import type { Blob, MediaAddress, MediaKind, MediaPart } from "../wire/media";

/** What was recorded at one step. */
export interface Payload {
  at: number;
  step: number;
  /** Seconds since 1970; NaN where that is not known. */
  wall: number;
  /** Why there is nothing to show. */
  error: string | null;
  /** Files of pictures and sounds as they were written, or texts in UTF-8. */
  parts: readonly Uint8Array<ArrayBuffer>[];
  /** Of a histogram `left`, `right` and `count`; of a classifier's curve `tp`, `fp`, `tn`, `fn`, `precision` and `recall`. */
  columns: Readonly<Record<string, Float64Array>>;
  /** The least and the greatest value of a histogram; NaN where that is not told. */
  min: number;
  max: number;
  /** Pixels, as the writer told them. */
  width: number;
  height: number;
  /** A picture is smaller here than it was. */
  scaled: boolean;
  labels: readonly string[];
  shape: readonly number[];
  /** Bytes that it takes here. */
  size: number;
}

/** Pieces of a blob that have come. */
interface Joining {
  bytes: Uint8Array<ArrayBuffer>;
  missing: number;
  had: Set<number>;
}

export class MediaSeries {
  readonly kind: MediaKind;
  readonly run: number;
  readonly attempt: number;
  readonly tag: string;
  #gen = -1;
  #steps = new Float64Array(0);
  readonly #payloads = new Map<number, Payload>();
  readonly #joining = new Map<number, Joining>();

  constructor({ kind, run, attempt, tag }: MediaAddress) {
    this.kind = kind;
    this.run = run;
    this.attempt = attempt;
    this.tag = tag;
  }

  get gen(): number {
    return this.#gen;
  }

  /** The step of each record, NaN where it is not known. */
  get steps(): Float64Array {
    return this.#steps;
  }

  get length(): number {
    return this.#steps.length;
  }

  /** What was recorded at a place, if it has come. */
  payload(at: number): Payload | null {
    return this.#payloads.get(at) ?? null;
  }

  /** The places of what is here, in the order in which it came. */
  get here(): Iterable<number> {
    return this.#payloads.keys();
  }

  /**
   * Take steps that a frame tells.
   *
   * @returns whether that is news
   * @throws Error if the column does not lie in the buffer
   */
  takePart(part: MediaPart, buffer: ArrayBuffer | null): boolean {
    const step = unpack(part.step, part.count, buffer);
    const anew = part.gen !== this.#gen;
    if (anew) {
      this.#payloads.clear();
      this.#joining.clear();
      this.#gen = part.gen;
    }
    const before = anew ? new Float64Array(0) : this.#steps;
    const known = before.length >= part.total && same(before.subarray(part.from, part.from + part.count), step);
    if (known && before.length === part.total && !anew) return false;
    const steps = new Float64Array(part.total).fill(NaN);
    steps.set(before.subarray(0, part.total));
    steps.set(step.subarray(0, Math.max(0, part.total - part.from)), Math.min(part.from, part.total));
    this.#steps = steps;
    for (const at of this.#payloads.keys()) if (at >= part.total) this.#payloads.delete(at);
    return true;
  }

  /**
   * Take what has come of a record.
   *
   * @returns the payload, once it is whole; null while pieces lack, or if it is of another generation
   * @throws Error if something of it does not lie in the buffer
   */
  takeBlob(blob: Blob, buffer: ArrayBuffer | null): Payload | null {
    if (blob.gen !== this.#gen || this.#payloads.has(blob.at)) return null;
    const body = this.#bodyOf(blob, buffer);
    if (body === null) return null;
    const payload = payloadOf(blob, body);
    this.#payloads.set(blob.at, payload);
    return payload;
  }

  /** Let go of what is here of a record. */
  drop(at: number): void {
    this.#payloads.delete(at);
  }

  /** A copy, so that the message's buffer is not kept; null while pieces lack. */
  #bodyOf(blob: Blob, buffer: ArrayBuffer | null): Uint8Array<ArrayBuffer> | null {
    if (blob.body === undefined) return new Uint8Array(0);
    const bytes = extent(blob.body, buffer).slice();
    if (blob.piece === undefined) return bytes;
    const [from, of] = blob.piece;
    let joining = this.#joining.get(blob.at);
    if (joining?.bytes.length !== of) {
      joining = { bytes: new Uint8Array(of), missing: of, had: new Set() };
      this.#joining.set(blob.at, joining);
    }
    if (!joining.had.has(from)) {
      joining.bytes.set(bytes, from);
      joining.had.add(from);
      joining.missing -= bytes.length;
    }
    if (joining.missing > 0) return null;
    this.#joining.delete(blob.at);
    return joining.bytes;
  }
}

function payloadOf(blob: Blob, body: Uint8Array<ArrayBuffer>): Payload {
  const columns: Record<string, Float64Array> = {};
  for (const [name, column] of Object.entries(blob.columns ?? {})) columns[name] = unpack(column, blob.count ?? 0, body.buffer);
  return {
    at: blob.at,
    step: blob.step,
    wall: blob.wall ?? NaN,
    error: blob.error ?? null,
    parts: (blob.parts ?? []).map((part) => extent(part, body.buffer)),
    columns,
    min: blob.min ?? NaN,
    max: blob.max ?? NaN,
    width: blob.width ?? 0,
    height: blob.height ?? 0,
    scaled: blob.scaled === true,
    labels: blob.labels ?? [],
    shape: blob.shape ?? [],
    size: body.length + 8 * Object.keys(columns).length * (blob.count ?? 0),
  };
}

function extent([offset, length]: readonly [number, number], buffer: ArrayBuffer | null): Uint8Array<ArrayBuffer> {
  if (buffer === null || offset < 0 || length < 0 || offset + length > buffer.byteLength) {
    throw new Error(`${length} bytes at ${offset} do not lie in ${buffer?.byteLength ?? 0} bytes`);
  }
  return new Uint8Array(buffer, offset, length);
}

function same(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((step, i) => step === b[i] || (Number.isNaN(step) && Number.isNaN(b[i]!)));
}
