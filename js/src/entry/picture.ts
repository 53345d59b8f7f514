/** What is saved beside a live view, a still picture or the labextension's drawing, is hidden while the view shows. */

/** The attribute by which the labextension's drawing tells the view that it was saved from. */
export const SAVED_MARK = "data-tbn-saved";

/**
 * The PNG begins with 33 bytes of signature and header; then comes our chunk: length (4), "tEXt", keyword and text.
 * 33 bytes are 44 base64 characters, so what the base64 holds from there depends on the chunk alone.
 */
export function pictureMark(id: string): string {
  const text = `tbnotebook\0view=${id}`;
  const length = String.fromCharCode(0, 0, 0, text.length);
  const chunk = `${length}tEXt${text}`;
  // Base64 codes 3 bytes by 4 characters: the rest of an incomplete triple depends on the checksum that follows.
  return btoa(chunk.slice(0, chunk.length - (chunk.length % 3)));
}

/** Hide what was saved of view `id` until `signal` aborts. Ids are of [A-Za-z0-9_-], so no CSS needs escaping. */
export function hidePicture(page: Document, id: string, signal: AbortSignal): void {
  if (!/^[\w-]+$/.test(id)) return;
  const style = page.createElement("style");
  style.textContent = `.jp-OutputArea-child:has(img[src*="${pictureMark(id)}"], [${SAVED_MARK}="${id}"]) { display: none; }`;
  page.head.append(style);
  signal.addEventListener("abort", () => style.remove());
}
