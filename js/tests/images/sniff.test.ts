import { describe, expect, it } from "vitest";
import { sniff } from "../../src/images/sniff";
import { animated, bmp, chunk, gif, joined, jpeg, ofText, png, webp } from "./files";

function refusal(bytes: Uint8Array): string {
  const found = sniff(bytes);
  return "refused" in found ? found.refused : `shown as ${found.type}`;
}

describe("a picture is known by its bytes", () => {
  it.each([
    ["image/png", png(640, 480), 1],
    ["image/png", png(640, 480, animated(12)), 12],
    ["image/png", png(640, 480, Array.from({ length: 3 }, () => chunk("fcTL")).flat()), 3],
    ["image/gif", gif(640, 480, 7), 7],
    ["image/jpeg", jpeg(640, 480), 1],
    ["image/jpeg", jpeg(640, 480, [0xff, 0xc4, 0, 3, 0, 0xff, 0xff, 0xfe, 0, 2]), 1],
    ["image/webp", webp("VP8 ", 640, 480), 1],
    ["image/webp", webp("VP8L", 640, 480), 1],
    ["image/webp", webp("VP8X", 640, 480, 5), 5],
    ["image/bmp", bmp(640, 480), 1],
    ["image/bmp", bmp(640, -480), 1],
  ])("%s", (type, bytes, frames) => {
    expect(sniff(bytes)).toMatchObject({ type, width: 640, height: 480, frames });
  });
});

describe("what is not shown says what it is", () => {
  it.each([
    ["an SVG with a script that is called a picture", ofText('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), "an SVG, which can hold scripts"],
    ["an SVG behind a declaration", ofText('\n<?xml version="1.0"?>\n<!-- x --><svg onload="x">'), "an SVG, which can hold scripts"],
    ["a page", ofText("<!DOCTYPE html><script>alert(1)</script>"), "a page of HTML"],
    ["a PDF", ofText("%PDF-1.7"), "a PDF"],
    ["any bytes", Uint8Array.of(1, 2, 3), "no picture, as it begins with the bytes 01 02 03"],
    ["nothing", new Uint8Array(0), "no bytes"],
    ["a picture that unpacks to gigabytes", png(60_000, 60_000), /^a PNG of 60 000 × 60 000 pixels; shown are up to 16 384 a side/],
    ["sides that are allowed, but not both at once", png(16_000, 16_000), /^a PNG of 16 000 × 16 000 pixels; .* 64 million/],
    ["no pixels", png(0, 480), "a PNG of 0 × 480 pixels"],
    ["sides beyond what a number of 31 bits holds", png(2 ** 32 - 1, 2 ** 32 - 1), /^a PNG of 4 294 967 295 ×/],
    ["a promise of a million frames", png(8, 8, animated(1_000_000)), "a PNG of 1 000 000 frames; shown are up to 10 000"],
    ["more frames than anybody looks at", gif(1, 1, 10_001), "a GIF of 10 001 frames; shown are up to 10 000"],
    ["a GIF that is a page from its seventh byte on", ofText("GIF89a<html><script>alert(1)</script></html>"), /^a GIF/],
    ["a GIF that is a script", ofText("GIF89a/*AAAA*/=alert(document.domain)//;"), /^a GIF/],
    ["a good GIF whose comment is a page", gif(8, 8, 1, "<script>alert(1)</script>"), "a GIF that holds a page of HTML"],
    ["a good PNG with a page behind it", joined(png(8, 8), ofText("<HTML ><body onload=x>")), "a PNG that holds a page of HTML"],
    ["a GIF without a picture", gif(8, 8, 0), "a GIF without a picture"],
    ["a JPEG without a frame", Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), "a JPEG without a frame header"],
    ["a WebP of an unknown kind", Uint8Array.from([...webp("VP8 ", 8, 8)].with(15, 0x51)), "a WebP without a picture"],
    ["a BMP with a broken header", Uint8Array.from([...bmp(8, 8)].with(14, 3)), "a BMP with a header of 3 bytes"],
  ])("%s", (_, bytes, words) => {
    const said = refusal(bytes).replaceAll("\u202f", " ");
    if (typeof words === "string") expect(said).toBe(words);
    else expect(said).toMatch(words);
  });

  it.each([png(640, 480, animated(2)), gif(640, 480, 2), jpeg(640, 480), webp("VP8X", 640, 480, 2), bmp(640, 480)])(
    "a file that is cut off anywhere is refused or shown, and never an error",
    (bytes) => {
      for (let length = 0; length < bytes.length; length++) {
        const found = sniff(bytes.subarray(0, length));
        if ("refused" in found) expect(found.refused).not.toBe("");
        else expect([found.width, found.height]).toEqual([640, 480]);
      }
    },
  );

  it("bytes that are flipped are never an error, and never a size out of bounds", () => {
    for (const file of [png(640, 480, animated(2)), gif(640, 480, 2), jpeg(640, 480), webp("VP8X", 640, 480, 2), bmp(640, 480)]) {
      for (let at = 0; at < file.length; at++) {
        for (const flipped of [0, 0x7f, 0x80, 0xff]) {
          const found = sniff(file.with(at, flipped));
          if (!("refused" in found)) expect(Math.max(found.width, found.height)).toBeLessThanOrEqual(16_384);
        }
      }
    }
  });
});
