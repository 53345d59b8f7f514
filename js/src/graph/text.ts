import { visible } from "../ui/format";

/**
 * Width of text without a browser, so that a layout is the same everywhere and
 * can be tested. The classes fit Inter, Segoe UI, Roboto and DejaVu Sans from
 * above: a measured string is never wider than said by more than a pixel or two.
 */

const NARROW = new Set("ijlftrI.,:;'|!()[]{}`/\\ -");
const WIDE = new Set("mwMW@%");

function charWidth(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  if (NARROW.has(char)) return 0.38;
  if (WIDE.has(char)) return 0.9;
  if (code >= 0x1100) return 1.02;
  if (code >= 65 && code <= 90) return 0.68;
  return 0.6;
}

/** Width in CSS pixels of `text` set at `size` pixels; `bold` for a weight of 600. */
export function textWidth(text: string, size: number, bold = false): number {
  let em = 0;
  for (const char of text) em += charWidth(char);
  return em * size * (bold ? 1.08 : 1);
}

const LONGEST = 4096;

/** A name from a file as one may show it: nothing invisible in it, and never endless. */
export function shownText(text: string): string {
  return visible(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

/**
 * `text` shortened in the middle to at most `width` pixels; the end tells long names apart.
 */
export function elide(text: string, width: number, size: number, bold = false): string {
  const shown = shownText(text);
  if (textWidth(shown, size, bold) <= width) return shown;
  const chars = Array.from(shown);
  let head = 0;
  let tail = 0;
  let used = textWidth("…", size, bold);
  while (head + tail < chars.length) {
    const fromHead = head <= tail;
    const char = (fromHead ? chars[head] : chars[chars.length - 1 - tail]) ?? "";
    used += textWidth(char, size, bold);
    if (used > width) break;
    if (fromHead) head++;
    else tail++;
  }
  return `${chars.slice(0, head).join("")}…${tail > 0 ? chars.slice(-tail).join("") : ""}`;
}
