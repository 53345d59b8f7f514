/** The exported article: every saved snapshot of the page becomes a view. */
import { mount } from "../ui/mount";
import { readSnapshot, SNAPSHOT_MIME } from "../wire/snapshot";
import { savedSource } from "./saved";

/**
 * Draw all views of a report.
 *
 * A view is `<figure class="tbn-figure">` with a script element of the snapshot's type and the picture that stands
 * in for it in print and without JavaScript. A snapshot that cannot be read leaves its picture and says why.
 */
export async function mountReport(page: Document): Promise<void> {
  const scripts = [...page.querySelectorAll<HTMLScriptElement>(`script[type="${SNAPSHOT_MIME}"]`)];
  await Promise.all(scripts.map((script) => mountFigure(page, script)));
}

async function mountFigure(page: Document, script: HTMLScriptElement): Promise<void> {
  const place = page.createElement("div");
  script.after(place);
  try {
    const snapshot = await readSnapshot(script.textContent);
    script.closest(".tbn-figure")?.classList.add("tbn-drawn");
    mount(savedSource(snapshot), place, { signal: new AbortController().signal, capabilities: { live: false, print: true } });
  } catch (error) {
    place.className = "tbn-fault";
    place.textContent = `This view could not be drawn: ${error instanceof Error ? error.message : String(error)}`;
  }
}
