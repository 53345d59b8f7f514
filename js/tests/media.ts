/** Media as Python writes it: an index of steps, and blobs in one buffer. */
import type { Blob, Blobs, MediaAddress, MediaPart } from "../src/wire/media";

const FIRST: MediaAddress = { kind: "images", run: 0, attempt: 0, tag: "samples", gen: 1 };

/** An index of records whose steps are 0, 10, 20, … */
export function index(total: number, more: Partial<MediaPart> = {}): MediaPart {
  const from = more.from ?? 0;
  return { ...FIRST, from, count: total - from, total, step: { k: "seq", a: 10 * from, d: 10 }, ...more };
}

/** A blob of one part, to be sent with `blobs`. */
export function blob(at: number, bytes: readonly number[], more: Partial<Blob> = {}): [Blob, readonly number[]] {
  const parts = [[0, bytes.length] as const];
  return [{ ...FIRST, at, step: 10 * at, wall: 1000 + at, body: [0, bytes.length], parts, width: 1, height: 1, ...more }, bytes];
}

export function blobs(items: readonly [Blob, readonly number[]][], more: Partial<Blobs> = {}): [Blobs, ArrayBuffer] {
  const bytes: number[] = [];
  const placed = items.map(([one, body]) => {
    while (bytes.length % 8 !== 0) bytes.push(0);
    const offset = bytes.length;
    bytes.push(...body);
    return one.body === undefined || body.length === 0 ? one : { ...one, body: [offset, body.length] as const };
  });
  return [{ type: "blobs", v: 1, n: 1, stream: "s", now: 1000, items: placed, ...more }, Uint8Array.from(bytes).buffer];
}
