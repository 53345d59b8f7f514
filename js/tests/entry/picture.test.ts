import { expect, it } from "vitest";
import { hidePicture, pictureMark } from "../../src/entry/picture";

/** A PNG's signature and header (33 bytes), then our chunk, its checksum, and anything after it. */
function png(id: string): string {
  const text = `tbnotebook\0view=${id}`;
  const chunk = `${String.fromCharCode(0, 0, 0, text.length)}tEXt${text}`;
  return btoa(`${"\x89PNG\r\n\x1a\n".padEnd(33, "h")}${chunk}\x12\x34\x56\x78rest of the picture`);
}

it.each(["a", "ab", "abc", "9f3b2c1d-77"])("the mark of view %s is in the picture's base64, and in no other's", (id) => {
  expect(png(id)).toContain(pictureMark(id));
  expect(png(`${id}x`)).not.toContain(pictureMark(id));
});

it("picture and drawing are hidden while the view is there", () => {
  const gone = new AbortController();
  hidePicture(document, "abc", gone.signal);
  const rule = () => [...document.head.querySelectorAll("style")].map((style) => style.textContent).join("");
  expect(rule()).toContain(`img[src*="${pictureMark("abc")}"]`);
  expect(rule()).toContain('[data-tbn-saved="abc"]');
  gone.abort();
  expect(rule()).toBe("");
});
