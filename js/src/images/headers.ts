/** What the headers of picture files say: size and number of frames. Nothing is decoded. Pure. */

export interface Header {
  width: number;
  height: number;
  /** More than one: it moves. */
  frames: number;
}

/** A file does not hold what its first bytes promise. */
export class HeaderError extends Error {}

/** @throws HeaderError */
export type HeaderReader = (bytes: Uint8Array) => Header;

/** What a file can be read by, each place checked. */
class Reader {
  readonly #view: DataView;
  readonly bytes: Uint8Array;
  readonly #name: string;

  constructor(bytes: Uint8Array, name: string) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#name = name;
  }

  #check(at: number, count: number): void {
    if (at + count > this.bytes.length) throw new HeaderError(`a ${this.#name} that ends in its middle, after ${this.bytes.length} bytes`);
  }

  u8(at: number): number {
    this.#check(at, 1);
    return this.bytes[at]!;
  }
  u16(at: number, little: boolean): number {
    this.#check(at, 2);
    return this.#view.getUint16(at, little);
  }
  u24(at: number): number {
    return this.u16(at, true) + 65_536 * this.u8(at + 2);
  }
  u32(at: number, little: boolean): number {
    this.#check(at, 4);
    return this.#view.getUint32(at, little);
  }
  i32(at: number, little: boolean): number {
    return this.u32(at, little) | 0;
  }
  tag(at: number): string {
    this.#check(at, 4);
    return String.fromCharCode(...this.bytes.subarray(at, at + 4));
  }
}

/** Chunks up to IEND: the header's size, and the frames that are there, or that are promised if these are more. */
export function pngHeader(bytes: Uint8Array): Header {
  const file = new Reader(bytes, "PNG");
  if (file.tag(12) !== "IHDR") throw new HeaderError("a PNG that does not begin with its header");
  const [width, height] = [file.u32(16, false), file.u32(20, false)];
  let promised = 1;
  let frames = 0;
  for (let at = 8; ; ) {
    const tag = file.tag(at + 4);
    if (tag === "acTL") promised = file.u32(at + 8, false);
    if (tag === "fcTL") frames += 1;
    if (tag === "IEND") return { width, height, frames: Math.max(1, promised, frames) };
    at += 12 + file.u32(at, false);
  }
}

/** Blocks up to the trailer. */
export function gifHeader(bytes: Uint8Array): Header {
  const file = new Reader(bytes, "GIF");
  const [width, height] = [file.u16(6, true), file.u16(8, true)];
  const table = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const behindData = (at: number) => {
    for (;;) {
      const size = file.u8(at);
      if (size === 0) return at + 1;
      at += 1 + size;
    }
  };
  let frames = 0;
  for (let at = 13 + table(file.u8(10)); ; ) {
    const kind = file.u8(at);
    if (kind === 0x3b) break;
    else if (kind === 0x21) at = behindData(at + 2);
    else if (kind === 0x2c) {
      frames += 1;
      at = behindData(at + 11 + table(file.u8(at + 9)));
    } else throw new HeaderError(`a GIF with an unknown block (${kind}) at byte ${at}`);
  }
  if (frames === 0) throw new HeaderError("a GIF without a picture");
  return { width, height, frames };
}

/** Segments up to the first frame header. */
export function jpegHeader(bytes: Uint8Array): Header {
  const file = new Reader(bytes, "JPEG");
  for (let at = 2; ; ) {
    if (file.u8(at) !== 0xff) throw new HeaderError(`a JPEG without a marker at byte ${at}`);
    const marker = file.u8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: file.u16(at + 5, false), width: file.u16(at + 7, false), frames: 1 };
    if (marker === 0xda || marker === 0xd9) throw new HeaderError("a JPEG without a frame header");
    const length = file.u16(at + 2, false);
    if (length < 2) throw new HeaderError(`a JPEG with a segment of ${length} bytes at byte ${at}`);
    at += 2 + length;
  }
}

export function webpHeader(bytes: Uint8Array): Header {
  const file = new Reader(bytes, "WebP");
  const end = Math.min(bytes.length, 8 + file.u32(4, true));
  const first = file.tag(12);
  if (first === "VP8 ") return { width: file.u16(26, true) & 0x3fff, height: file.u16(28, true) & 0x3fff, frames: 1 };
  if (first === "VP8L") {
    const bits = file.u32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, frames: 1 };
  }
  if (first !== "VP8X") throw new HeaderError("a WebP without a picture");
  let frames = 0;
  for (let at = 12; at + 8 <= end; ) {
    if (file.tag(at) === "ANMF") frames += 1;
    const size = file.u32(at + 4, true);
    at += 8 + size + (size & 1);
  }
  return { width: file.u24(24) + 1, height: file.u24(27) + 1, frames: Math.max(1, frames) };
}

export function bmpHeader(bytes: Uint8Array): Header {
  const file = new Reader(bytes, "BMP");
  const size = file.u32(14, true);
  if (size === 12) return { width: file.u16(18, true), height: file.u16(20, true), frames: 1 };
  if (size < 40) throw new HeaderError(`a BMP with a header of ${size} bytes`);
  return { width: file.i32(18, true), height: Math.abs(file.i32(22, true)), frames: 1 };
}
