/**
 * Keeps the saved outputs of a notebook as the kernel last sent them.
 *
 * JupyterLab does so itself for what the page has seen being displayed. After a reload it drops the updates, so that the
 * file would keep a picture of the time before; and an output that was not saved before the reload is lost with it.
 */
import { alignedBuffer } from "../wire/decode";
import type { Frame } from "../wire/frame";
import { packSnapshot, SNAPSHOT_MIME } from "../wire/snapshot";
import type { Address, KernelFeed, Packed } from "./kernel-feed";
import type { CellModel, NotebookPanel, Output, OutputList } from "./jupyter";
import type { Tenure } from "./tenure";

/** Within this time JupyterLab has applied what it applies itself, ms. */
const OWN_HANDLING_MS = 400;

export class OutputKeeper {
  readonly #panel: NotebookPanel;
  readonly #feed: KernelFeed;
  readonly #tenure: Tenure;
  /** Views whose output was here when they were last heard; one that is missing then was taken away, and stays away. */
  readonly #seen = new Set<string>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #off: (() => void)[];

  constructor(panel: NotebookPanel, feed: KernelFeed, tenure: Tenure) {
    this.#panel = panel;
    this.#feed = feed;
    this.#tenure = tenure;
    this.#off = [
      feed.onDisplay((content) => this.#onDisplay(content)),
      feed.onFrame((address, message, packed) => {
        if (message.type === "frame" && message.kind === "key") void this.#onKey(address, message, packed);
      }),
    ];
  }

  close(): void {
    for (const off of this.#off) off();
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #onDisplay({ data = {}, metadata = {} }: Partial<Output>): void {
    const address = addressOf(metadata);
    if (address === null || !(SNAPSHOT_MIME in data)) return;
    clearTimeout(this.#timers.get(address.view));
    const timer = setTimeout(() => this.#bring(address, { output_type: "display_data", data, metadata }), OWN_HANDLING_MS);
    this.#timers.set(address.view, timer);
  }

  /** A view that this page has never had: it lost the output in a reload, and its keyframe stands in until it is saved. */
  async #onKey(address: Address, frame: Frame, packed: Packed): Promise<void> {
    if (this.#find(address.view) !== null || this.#isKnown(address) || this.#timers.has(address.view)) return;
    const snapshot = await packSnapshot(address.view, frame, alignedBuffer(packed));
    const data = { "text/plain": "a live view of tbnotebook", [SNAPSHOT_MIME]: snapshot };
    this.#bring(address, { output_type: "display_data", data, metadata: { [SNAPSHOT_MIME]: address } });
  }

  #bring(address: Address, output: Output): void {
    this.#timers.delete(address.view);
    const place = this.#find(address.view);
    if (place !== null) {
      const [outputs, index] = place;
      if (!sameSnapshot(outputs.get(index).data[SNAPSHOT_MIME], output.data[SNAPSHOT_MIME])) this.#write(() => outputs.set(index, output));
    } else if (!this.#isKnown(address)) {
      const outputs = this.#cell(address.cell)?.outputs;
      if (outputs !== undefined) this.#write(() => outputs.add(output));
    }
    this.#seen.add(address.view);
  }

  #isKnown({ view, cell }: Address): boolean {
    return this.#seen.has(view) || this.#feed.hasRun(cell);
  }

  /** One page of those that have the notebook open saves it; the others show what comes and stay unchanged. */
  #write(change: () => void): void {
    const { model } = this.#panel.content;
    if (model === null) return;
    const { dirty } = model;
    change();
    if (!this.#tenure.held) model.dirty = dirty;
  }

  /** The output that holds a view, null where none does. */
  #find(view: string): [OutputList, number] | null {
    for (const { outputs } of this.#cells()) {
      for (let index = 0; index < (outputs?.length ?? 0); index++) {
        if (addressOf(outputs!.get(index).metadata)?.view === view) {
          this.#seen.add(view);
          return [outputs!, index];
        }
      }
    }
    return null;
  }

  #cell(id: string): CellModel | undefined {
    return [...this.#cells()].find((cell) => cell.id === id);
  }

  #cells(): Iterable<CellModel> {
    return this.#panel.content.model?.cells ?? [];
  }
}

/** The address that a saved output bears, null where it is none of ours. */
function addressOf(metadata: Readonly<Record<string, unknown>>): Address | null {
  const { view, cell } = (metadata[SNAPSHOT_MIME] ?? {}) as Partial<Record<keyof Address, unknown>>;
  return typeof view === "string" && typeof cell === "string" ? { view, cell } : null;
}

function sameSnapshot(one: unknown, other: unknown): boolean {
  return (one as { gzip?: unknown } | undefined)?.gzip === (other as { gzip?: unknown } | undefined)?.gzip;
}
