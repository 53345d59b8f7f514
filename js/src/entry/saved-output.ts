/** The output that shows a saved view, for as long as no live one does; it follows what the kernel says of it. */
import { readSnapshot, SNAPSHOT_MIME, type Snapshot } from "../wire/snapshot";
import type { MountSaved } from "./bundle";
import type { MimeModel } from "./jupyter";
import { SAVED_MARK } from "./picture";
import type { Channel } from "./saved";

/**
 * A widget's output is a panel. One without elements has text alone, which says that the widget is loading or that its
 * model was not found: the saved view below takes its place, until the live view is in it.
 */
const PLACE_CSS =
  ".jp-OutputArea-child:has(> .jp-OutputArea-output.lm-Panel):not(:has(> .jp-OutputArea-output.lm-Panel > *))" +
  `:has(+ .jp-OutputArea-child > [${SAVED_MARK}]) { display: none; }`;
/** How the words begin that stand in for a live view where none can be: in an untrusted notebook, without ipywidgets. */
const STAND_INS = ["tbnotebook: below is the saved picture", "a live view, drawn where"];

/** Where a saved output stands. */
export interface Surroundings {
  /** The code that draws; asked for only when a view comes into sight. */
  bundle(): Promise<{ mountSaved: MountSaved }>;
  /** What the kernel of the notebook around `node` says of a view; null where it is in no notebook. */
  channel(node: HTMLElement, view: string): Channel | null;
}

export class SavedOutput {
  readonly node: HTMLElement;
  readonly #around: Surroundings;
  readonly #sight: IntersectionObserver;
  #model: MimeModel = { data: {} };
  #snapshot: Snapshot | null = null;
  /** Ends the view that is drawn; null while none is. */
  #drawn: AbortController | null = null;
  /** The kernel has spoken of the view that is drawn: it is newer than any snapshot. */
  #heard = false;

  constructor(page: Document, around: Surroundings) {
    addPlaceStyle(page);
    this.node = page.createElement("div");
    this.#around = around;
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
      const goesOn = this.#heard && this.#snapshot?.id === snapshot.id;
      this.#snapshot = snapshot;
      if (goesOn) return;
      this.#clear();
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
    const snapshot = this.#snapshot;
    if (this.#drawn !== null || snapshot === null) return;
    const drawn = new AbortController();
    this.#drawn = drawn;
    try {
      const { mountSaved } = await this.#around.bundle();
      const place = this.node.ownerDocument.createElement("div");
      if (!drawn.signal.aborted) {
        this.node.replaceChildren(place);
        hideStandIn(this.node);
        const channel = this.#around.channel(this.node, snapshot.id);
        const off = channel?.subscribe(() => (this.#heard = true));
        drawn.signal.addEventListener("abort", () => off?.());
        mountSaved({ snapshot, channel, el: place, signal: drawn.signal });
      }
    } catch (error) {
      this.#showPicture(error);
    }
  }

  #clear(): void {
    this.#drawn?.abort();
    this.#drawn = null;
    this.#heard = false;
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

/** What is drawn here is more than the words before it offer. */
function hideStandIn(node: HTMLElement): void {
  const before = node.closest(".jp-OutputArea-child")?.previousElementSibling;
  const words = before?.querySelector(":scope > [data-mime-type='text/plain']")?.textContent.trim() ?? "";
  if (STAND_INS.some((start) => words.startsWith(start))) (before as HTMLElement).style.display = "none";
}

function addPlaceStyle(page: Document): void {
  const id = "tbnotebook-saved-style";
  if (page.getElementById(id) !== null) return;
  const style = page.createElement("style");
  style.id = id;
  style.textContent = PLACE_CSS;
  page.head.append(style);
}
