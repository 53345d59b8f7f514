/** What one notebook's kernel says of its views, heard by the page itself: no widget needs to be alive for it. */
import { alignedBuffer } from "../wire/decode";
import { isMessage, type Message } from "../wire/frame";
import type { MessageListener } from "../wire/source";
import type { Kernel, KernelMessage, SessionContext } from "./jupyter";
import { GONE_STATUSES } from "./manager";
import type { Channel } from "./saved";

/** Where a view stands: the identities of the view and of its cell. */
export interface Address {
  view: string;
  cell: string;
}

/** A message's buffer as JupyterLab gives it. */
export type Packed = ArrayBuffer | DataView | undefined;
/** Hears every message of every view, with the view's address. */
export type FrameListener = (address: Address, message: Message, packed: Packed) => void;
/** Hears the outputs that are made or updated. */
export type DisplayListener = (content: KernelMessage["content"]) => void;

const DISPLAYS = new Set(["display_data", "update_display_data"]);

export class KernelFeed {
  readonly #context: SessionContext;
  readonly #frames = new Set<FrameListener>();
  readonly #displays = new Set<DisplayListener>();
  readonly #gone = new Set<() => void>();
  readonly #run = new Set<string>();
  #kernel: Kernel | null = null;

  constructor(context: SessionContext) {
    this.#context = context;
    context.kernelChanged.connect(this.#onKernel);
    context.statusChanged.connect(this.#onStatus);
    this.#attach(context.session?.kernel ?? null);
  }

  close(): void {
    this.#context.kernelChanged.disconnect(this.#onKernel);
    this.#context.statusChanged.disconnect(this.#onStatus);
    this.#attach(null);
  }

  /** Whether this page has run the cell: then it has had all that the cell displayed. */
  hasRun(cell: string): boolean {
    return this.#run.has(cell);
  }

  onFrame(listener: FrameListener): () => void {
    return added(this.#frames, listener);
  }

  onDisplay(listener: DisplayListener): () => void {
    return added(this.#displays, listener);
  }

  /** What is said of one view. */
  channel(view: string): Channel {
    return {
      subscribe: (listener: MessageListener) =>
        this.onFrame((address, message, packed) => {
          if (address.view === view) listener(message, alignedBuffer(packed));
        }),
      onGone: (listener) => added(this.#gone, listener),
    };
  }

  #attach(kernel: Kernel | null): void {
    this.#kernel?.anyMessage.disconnect(this.#onMessage);
    this.#kernel = kernel;
    kernel?.anyMessage.connect(this.#onMessage);
  }

  readonly #onKernel = (_: unknown, { newValue }: { newValue: Kernel | null }): void => {
    const had = this.#kernel !== null;
    this.#attach(newValue);
    if (had) this.#sayGone();
  };

  readonly #onStatus = (_: unknown, status: string): void => {
    if (GONE_STATUSES.has(status)) this.#sayGone();
  };

  #sayGone(): void {
    for (const listener of this.#gone) listener();
  }

  readonly #onMessage = (_: Kernel, { direction, msg }: { direction: string; msg: KernelMessage }): void => {
    const type = msg.header.msg_type;
    if (direction === "send" && type === "execute_request") this.#run.add(String(msg.metadata?.cellId));
    if (direction !== "recv" || msg.channel !== "iopub") return;
    if (type === "comm_msg") this.#onComm(msg);
    else if (DISPLAYS.has(type)) for (const listener of this.#displays) listener(msg.content);
  };

  #onComm(msg: KernelMessage): void {
    const data = msg.content.data as { method?: unknown; content?: unknown } | undefined;
    if (data?.method !== "custom" || !isMessage(data.content)) return;
    const { view, cell } = data.content as Partial<Record<keyof Address, unknown>>;
    if (typeof view !== "string" || typeof cell !== "string") return;
    for (const listener of this.#frames) listener({ view, cell }, data.content, msg.buffers?.[0]);
  }
}

function added<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
