/** A saved view: the JSON of the private mime type → options and a key frame. */
import { packGzip, unpackGzip } from "./gzip";
import { isMessage, type Frame } from "./frame";
import { DEFAULT_OPTIONS, readOptions, type Options } from "./options";

export const SNAPSHOT_MIME = "application/vnd.tbnotebook.v1+json";
/** The stream of a snapshot's frame; no kernel's has this name. */
export const SAVED_STREAM = "saved";

export interface Snapshot {
  id: string;
  created: string;
  options: Options;
  frame: Frame;
  buffer: ArrayBuffer;
}

/**
 * Decode a snapshot.
 *
 * Layout of the unpacked bytes: uint32 length of the header (little endian), the header as UTF-8 JSON padded with
 * spaces to end at a multiple of 8, the frame's buffer.
 *
 * @throws Error if the text is no snapshot, or one of a newer format
 */
export async function readSnapshot(text: string): Promise<Snapshot> {
  const { format, created, gzip } = JSON.parse(text) as { format?: unknown; created?: unknown; gzip?: unknown };
  if (format !== 1) throw new Error(`a snapshot of format ${String(format)}; this version reads format 1`);
  if (typeof gzip !== "string") throw new Error("a snapshot without content");
  const bytes = await unpackGzip(Uint8Array.from(atob(gzip), (char) => char.charCodeAt(0)));
  const length = new DataView(bytes).getUint32(0, true);
  if (4 + length > bytes.byteLength) throw new Error(`a snapshot whose header of ${length} bytes is cut off`);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length))) as Record<string, unknown>;
  const { frame, options, id } = header;
  if (!isMessage(frame) || frame.type !== "frame") throw new Error("a snapshot without a frame");
  return {
    id: String(id),
    created: String(created),
    options: readOptions((options ?? {}) as Record<string, unknown>),
    frame,
    buffer: bytes.slice(4 + length),
  };
}

/**
 * Make a snapshot of a key frame, as Python does: for a page that has the data and lacks the output that was saved.
 *
 * @returns what `readSnapshot` reads, once it is text
 */
export async function packSnapshot(id: string, frame: Frame, buffer: ArrayBuffer | null): Promise<Record<string, unknown>> {
  const json = JSON.stringify({ id, frame: { ...frame, stream: SAVED_STREAM }, options: DEFAULT_OPTIONS });
  const text = new TextEncoder().encode(json);
  const length = text.length + ((8 - ((text.length + 4) % 8)) % 8);
  const body = new Uint8Array(4 + length + (buffer?.byteLength ?? 0)).fill(" ".charCodeAt(0));
  new DataView(body.buffer).setUint32(0, length, true);
  body.set(text, 4);
  if (buffer !== null) body.set(new Uint8Array(buffer), 4 + length);
  const packed = new Uint8Array(await packGzip(body));
  const characters: string[] = [];
  for (const byte of packed) characters.push(String.fromCharCode(byte));
  return { format: 1, created: new Date().toISOString(), package: "page", gzip: btoa(characters.join("")) };
}
