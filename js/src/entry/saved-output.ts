/** The output that shows a saved view, for as long as no live one does. */
import { readSnapshot, SNAPSHOT_MIME, type Snapshot } from "../wire/snapshot";
import type { MountSaved } from "./bundle";
import type { MimeModel } from "./jupyter";
import { SAVED_MARK } from "./picture";

/**
 * A widget's output is a panel. One without elements has text alone, which says that the widget is loading or that its
 * model was not found: the saved view below takes its place, until the live view is in it.
 */
const PLACE_CSS =
  ".jp-OutputArea-child:has(> .jp-OutputArea-output.lm-Panel):not(:has(> .jp-OutputArea-output.lm-Panel > *))" +
  `:has(+ .jp-OutputArea-child > [${SAVED_MARK}]) { display: none; }`;

export class SavedOutput {
  readonly node: HTMLElement;
  readonly #bundle: () => Promise<{ mountSaved: MountSaved }>;
  readonly #sight: IntersectionObserver;
  #model: MimeModel = { data: {} };
  #snapshot: Snapshot | null = null;
  /** Ends the view that is drawn; null while none is. */
  #drawn: AbortController | null = null;

  /**
   * @param page where it will be
   * @param bundle brings the code that draws; asked for only when a view comes into sight
   */
  constructor(page: Document, bundle: () => Promise<{ mountSaved: MountSaved }>) {
    addPlaceStyle(page);
    this.node = page.createElement("div");
    this.#bundle = bundle;
    this.#sight = new IntersectionObserver((entries) => {
      const last = entries.at(-1);
      if (last?.isIntersecting === true) void this.#draw();
      // Scrolled away it stays as it is; hidden, because the live view shows, it does no work.
      else if (this.node.getClientRects().length === 0 && this.node.isConnected) this.#clear();
    });
  }

  /** Show what an output holds; a later call replaces it. */
  async show(model: MimeModel): Promise<void> {
    this.#model = model;
    try {
      const snapshot = await readSnapshot(JSON.stringify(model.data[SNAPSHOT_MIME]));
      if (this.#model !== model) return;
      this.#clear();
      this.#snapshot = snapshot;
      this.node.setAttribute(SAVED_MARK, snapshot.id);
      // Observed anew, it is told at once whether it is in sight.
      this.#sight.unobserve(this.node);
      this.#sight.observe(this.node);
    } catch (error) {
      this.#showPicture(error);
    }
  }

  close(): void {
    this.#sight.disconnect();
    this.#clear();
  }

  async #draw(): Promise<void> {
    if (this.#drawn !== null || this.#snapshot === null) return;
    const drawn = new AbortController();
    this.#drawn = drawn;
    try {
      const { mountSaved } = await this.#bundle();
      const place = this.node.ownerDocument.createElement("div");
      if (!drawn.signal.aborted) {
        this.node.replaceChildren(place);
        mountSaved({ snapshot: this.#snapshot, el: place, signal: drawn.signal });
      }
    } catch (error) {
      this.#showPicture(error);
    }
  }

  #clear(): void {
    this.#drawn?.abort();
    this.#drawn = null;
  }

  /** Without its snapshot a view still has its picture. */
  #showPicture(error: unknown): void {
    this.#clear();
    this.#snapshot = null;
    const words = this.node.ownerDocument.createElement("div");
    words.textContent = `tbnotebook: this view could not be drawn: ${error instanceof Error ? error.message : String(error)}`;
    this.node.replaceChildren(words);
    const picture = this.#model.data["image/png"];
    if (typeof picture !== "string") return;
    const image = this.node.ownerDocument.createElement("img");
    image.src = `data:image/png;base64,${picture.replace(/\s/g, "")}`;
    this.node.append(image);
  }
}

function addPlaceStyle(page: Document): void {
  const id = "tbnotebook-saved-style";
  if (page.getElementById(id) !== null) return;
  const style = page.createElement("style");
  style.id = id;
  style.textContent = PLACE_CSS;
  page.head.append(style);
}
