/** What is saved beside a live view, a still picture or the labextension's drawing, is hidden while the view shows. */

/** The attribute by which the labextension's drawing tells the view that it was saved from. */
export const SAVED_MARK = "data-tbn-saved";

/**
 * The PNG begins with 33 bytes of signature and header; then comes our chunk: length (4), "tEXt", keyword and text.
 * 33 bytes are 44 base64 characters, so what the base64 holds from there depends on the chunk alone.
 */
export function pictureMark(id: string): string {
  const chunk = pictureChunk(id);
  // Base64 codes 3 bytes by 4 characters: the rest of an incomplete triple depends on the checksum that follows.
  return btoa(chunk.slice(0, chunk.length - (chunk.length % 3)));
}

function pictureChunk(id: string): string {
  const text = `tbnotebook\0view=${id}`;
  return `${String.fromCharCode(0, 0, 0, text.length)}tEXt${text}`;
}

/** What holds one output in JupyterLab, and in the classic pages of Voila; elsewhere the picture alone is hidden. */
const PLACES = ":is(.jp-OutputArea-child, .output_area)";

/** Hide what was saved of view `id` until `signal` aborts. Ids are of [A-Za-z0-9_-], so no CSS needs escaping. */
export function hidePicture(page: Document, id: string, signal: AbortSignal): void {
  if (!/^[\w-]+$/.test(id)) return;
  const style = page.createElement("style");
  const saved = `img[src*="${pictureMark(id)}"], [${SAVED_MARK}="${id}"]`;
  style.textContent = `${PLACES}:has(${saved}), :is(${saved}) { display: none; }`;
  page.head.append(style);
  signal.addEventListener("abort", () => style.remove());
  if (page.body.dataset.vscodeThemeKind !== undefined) markBlobs(page, id, signal);
}

/** VS Code shows a picture by a blob's URL, which tells nothing of it: its bytes do. */
function markBlobs(page: Document, id: string, signal: AbortSignal): void {
  const looked = new WeakSet<HTMLImageElement>();
  const look = () => {
    for (const image of page.querySelectorAll<HTMLImageElement>('img[src^="blob:"]')) {
      if (looked.has(image)) continue;
      looked.add(image);
      void holdsChunk(image.src, pictureChunk(id)).then((ours) => {
        if (ours) image.setAttribute(SAVED_MARK, id);
      });
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(page.body, { childList: true, subtree: true });
  signal.addEventListener("abort", () => observer.disconnect());
  look();
}

async function holdsChunk(url: string, chunk: string): Promise<boolean> {
  try {
    const bytes = await (await (await fetch(url)).blob()).slice(0, 33 + chunk.length).arrayBuffer();
    return new TextDecoder("latin1").decode(bytes).endsWith(chunk);
  } catch {
    // The picture went meanwhile, or the page may not read it: then it stays.
    return false;
  }
}
