/**
 * Which bytes are a picture that may be shown, told from themselves alone. Pure.
 *
 * They come out of a file that anybody may have written: what is no PNG, GIF, JPEG, WebP or BMP, is larger than a page
 * can bear, or is a page itself besides, is refused, and the text says what it is.
 */
import { formatCount } from "../ui/format";
import { bmpHeader, gifHeader, HeaderError, jpegHeader, pngHeader, webpHeader, type Header, type HeaderReader } from "./headers";

export interface Sniffed extends Header {
  /** For the blob, and the ending of a file's name. */
  type: string;
  ending: string;
  /** "PNG", "GIF", … */
  name: string;
}

export interface Refused {
  refused: string;
}

/** Of a side, of the whole, and of what moves. */
const MOST_SIDE = 16_384;
const MOST_PIXELS = 64 * 2 ** 20;
const MOST_FRAMES = 10_000;
/** What a page is looked for in at either end of a file, bytes. */
const ENDS = 4096;

interface Format {
  name: string;
  ending: string;
  /** How a file begins; null: any byte. */
  magic: readonly (number | null)[];
  read: HeaderReader;
}

const ascii = (text: string) => Array.from(text, (char) => (char === "?" ? null : char.charCodeAt(0)));

const FORMATS: readonly Format[] = [
  { name: "PNG", ending: "png", magic: [0x89, ...ascii("PNG\r\n"), 0x1a, 0x0a], read: pngHeader },
  { name: "GIF", ending: "gif", magic: ascii("GIF87a"), read: gifHeader },
  { name: "GIF", ending: "gif", magic: ascii("GIF89a"), read: gifHeader },
  { name: "JPEG", ending: "jpg", magic: [0xff, 0xd8, 0xff], read: jpegHeader },
  { name: "WebP", ending: "webp", magic: ascii("RIFF????WEBP"), read: webpHeader },
  { name: "BMP", ending: "bmp", magic: ascii("BM"), read: bmpHeader },
];
const TYPES: Readonly<Record<string, string>> = { jpg: "image/jpeg" };

/** What often comes in the place of a picture, for the text. */
const OTHERS: readonly (readonly [string, RegExp])[] = [
  ["an SVG, which can hold scripts", /^\s*(<\?xml[^>]*>|<!--[^]*?-->|<!doctype svg[^>]*>|\s)*<svg[\s>]/i],
  ["a page of HTML", /^\s*(<!doctype html|<html|<head|<body|<script|<!--)/i],
  ["a file of XML", /^\s*<\?xml/],
  ["a PDF", /^%PDF-/],
  ["a TIFF, which browsers do not show", /^(II\*\0|MM\0\*)/],
  ["an archive", /^PK[^ -~]{2}/],
  ["an MP4 video, which is not shown", /^....ftyp/s],
];
const PAGE = /<(!doctype|html|head|body|script|iframe|object|embed|svg|img)[\s/>]/i;

/** @returns what the picture is, or why it is not shown */
export function sniff(bytes: Uint8Array): Sniffed | Refused {
  if (bytes.length === 0) return { refused: "no bytes" };
  const format = FORMATS.find(({ magic }) => magic.every((byte, i) => byte === null || bytes[i] === byte));
  if (format === undefined) return { refused: whatElse(bytes) };
  const { name, ending } = format;
  let header: Header;
  try {
    header = format.read(bytes);
  } catch (error) {
    if (!(error instanceof HeaderError)) throw error;
    return { refused: error.message };
  }
  const { width, height, frames } = header;
  const size = `${formatCount(width)} × ${formatCount(height)} pixels`;
  if (width < 1 || height < 1) return { refused: `a ${name} of ${size}` };
  if (width > MOST_SIDE || height > MOST_SIDE || width * height > MOST_PIXELS) {
    return { refused: `a ${name} of ${size}; shown are up to ${formatCount(MOST_SIDE)} a side, and ${formatCount(MOST_PIXELS / 2 ** 20)} million in all` };
  }
  if (frames > MOST_FRAMES) return { refused: `a ${name} of ${formatCount(frames)} frames; shown are up to ${formatCount(MOST_FRAMES)}` };
  if (isPage(bytes)) return { refused: `a ${name} that holds a page of HTML` };
  return { ...header, name, ending, type: TYPES[ending] ?? `image/${ending}` };
}

/** Bytes that a browser would take for a page where nobody tells it that they are a picture. */
function isPage(bytes: Uint8Array): boolean {
  return PAGE.test(textOf(bytes.subarray(0, ENDS))) || PAGE.test(textOf(bytes.subarray(-ENDS)));
}

function whatElse(bytes: Uint8Array): string {
  const start = textOf(bytes.subarray(0, 1024));
  const known = OTHERS.find(([, pattern]) => pattern.test(start));
  if (known !== undefined) return known[0];
  const first = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0"));
  return `no picture, as it begins with the bytes ${first.join(" ")}`;
}

/** One character a byte. */
function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
