/** Picture files made by hand, as small as their headers. */

const text = (value: string) => Array.from(value, (char) => char.charCodeAt(0));
const big = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const little = (value: number, count: number) => Array.from({ length: count }, (_, i) => Math.floor(value / 256 ** i) & 255);

export function chunk(tag: string, data: readonly number[] = []): number[] {
  return [...big(data.length), ...text(tag), ...data, ...big(0)];
}

/** A PNG without pixels; `middle` stands between its header and its end. */
export function png(width: number, height: number, middle: readonly number[] = []): Uint8Array {
  const header = chunk("IHDR", [...big(width), ...big(height), 1, 0, 0, 0, 0]);
  return Uint8Array.from([0x89, ...text("PNG\r\n"), 0x1a, 0x0a, ...header, ...middle, ...chunk("IEND")]);
}

/** What makes a PNG an APNG that promises frames. */
export function animated(frames: number): number[] {
  return chunk("acTL", [...big(frames), ...big(0)]);
}

/** A GIF whose frames are of no bytes; with a comment in it. */
export function gif(width: number, height: number, frames: number, comment = ""): Uint8Array {
  const size = [...little(width, 2), ...little(height, 2)];
  const note = comment === "" ? [] : [0x21, 0xfe, comment.length, ...text(comment), 0];
  const frame = [0x2c, 0, 0, 0, 0, ...size, 0x80, ...Array<number>(6).fill(0), 2, 1, 0x44, 0];
  const all = Array.from({ length: frames }, () => frame).flat();
  return Uint8Array.from([...text("GIF89a"), ...size, 0x80, 0, 0, ...Array<number>(6).fill(0), ...note, ...all, 0x3b]);
}

export function jpeg(width: number, height: number, before: readonly number[] = []): Uint8Array {
  const frame = [0xff, 0xc2, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0];
  return Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, ...before, ...frame, 0xff, 0xd9);
}

export function webp(kind: "VP8 " | "VP8L" | "VP8X", width: number, height: number, frames = 0): Uint8Array {
  const lossless = (width - 1) + 2 ** 14 * (height - 1);
  const data = {
    "VP8 ": [0, 0, 0, 0x9d, 0x01, 0x2a, ...little(width, 2), ...little(height, 2)],
    VP8L: [0x2f, ...little(lossless, 4), 0],
    VP8X: [2, 0, 0, 0, ...little(width - 1, 3), ...little(height - 1, 3)],
  }[kind];
  const all = Array.from({ length: frames }, () => [...text("ANMF"), ...little(2, 4), 0, 0]).flat();
  const body = [...text("WEBP"), ...text(kind), ...little(data.length, 4), ...data, ...all];
  return Uint8Array.of(...text("RIFF"), ...little(body.length, 4), ...body);
}

export function bmp(width: number, height: number): Uint8Array {
  return Uint8Array.of(...text("BM"), ...little(0, 12), ...little(40, 4), ...little(width, 4), ...little(height, 4), 1, 0, 24, 0);
}

export function ofText(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

export function joined(...all: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(all.flatMap((bytes) => [...bytes]));
}
