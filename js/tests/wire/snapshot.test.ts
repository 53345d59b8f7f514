import { describe, expect, it } from "vitest";
import { unpack } from "../../src/wire/decode";
import { packSnapshot, readSnapshot, SAVED_STREAM } from "../../src/wire/snapshot";
import { frame, part } from "../frames";

async function pack(header: unknown, buffer: ArrayBuffer, format: unknown = 1): Promise<string> {
  let text = JSON.stringify(header);
  while ((4 + text.length) % 8 !== 0) text += " ";
  const bytes = new Uint8Array(4 + text.length + buffer.byteLength);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(new TextEncoder().encode(text), 4);
  bytes.set(new Uint8Array(buffer), 4 + text.length);
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  const packed = new Uint8Array(await new Response(stream).arrayBuffer());
  const gzip = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(""));
  return JSON.stringify({ format, created: "2026-11-24T14:02:00+00:00", package: "0.1.0", gzip });
}

it("a snapshot gives the frame, its numbers and the view's options", async () => {
  const [content, buffer] = frame("key", 3, [part("loss", [0.5, NaN])]);
  const read = await readSnapshot(await pack({ frame: content, options: { smoothing: 0.9 }, id: "v" }, buffer));
  expect([read.id, read.options.smoothing, read.created]).toEqual(["v", 0.9, "2026-11-24T14:02:00+00:00"]);
  expect(read.frame).toEqual(content);
  expect([...new Float64Array(read.buffer)]).toEqual([0.5, NaN]);
});

it("a snapshot of a newer format is refused by its number", async () => {
  await expect(readSnapshot(await pack({}, new ArrayBuffer(0), 2))).rejects.toThrow("format 2");
});

it("a snapshot without a frame is refused", async () => {
  await expect(readSnapshot(await pack({ frame: { type: "beat" } }, new ArrayBuffer(0)))).rejects.toThrow("without a frame");
});

describe("a snapshot that the page makes of a key frame", () => {
  it("is read back with its points, and as saved", async () => {
    const [content, buffer] = frame("key", 3, [part("loss", [1, 2, 3])]);
    const snapshot = await readSnapshot(JSON.stringify(await packSnapshot("abc", content, buffer)));
    expect([snapshot.id, snapshot.frame.stream]).toEqual(["abc", SAVED_STREAM]);
    const [series] = snapshot.frame.series;
    expect([...unpack(series!.value, series!.count, snapshot.buffer)]).toEqual([1, 2, 3]);
  });
});
