/** The live view: a source over the widget's model. */
import { mount } from "../ui/mount";
import { alignedBuffer } from "../wire/decode";
import { isMessage, type Message, type Question } from "../wire/frame";
import { DEFAULT_OPTIONS, readOptions, type Options } from "../wire/options";
import type { MessageListener, Source } from "../wire/source";
import { Control } from "./control";
import { takeKept } from "./kept";
import { onKernelGone } from "./manager";
import type { Queue, WidgetModel } from "./model";
import { hidePicture } from "./picture";

/** Options that follow Python and other tabs; `ui` is the tab's own and only saved. */
const FOLLOWED = (Object.keys(DEFAULT_OPTIONS) as (keyof Options)[]).filter((name) => name !== "ui");
/** A page that took the view over waits so long for the kernel's data before it shows that there are none. */
const PATIENCE_MS = 3000;

export class WidgetSource implements Source {
  readonly id: string;
  readonly saved = null;
  readonly options: Options;
  readonly #queue: Queue;
  readonly #model: WidgetModel;
  readonly #control: Control;
  readonly #listeners = new Set<MessageListener>();
  /** What a late listener must hear: the last key frame and all after it. */
  readonly #heard: [Message, ArrayBuffer | null][] = [];
  /** What came beside the frames before anybody listened, and would not come again by itself. */
  readonly #early: [Message, ArrayBuffer | null][] = [];

  constructor(queue: Queue) {
    this.#queue = queue;
    this.#model = queue.model;
    onKernelGone(this.#model, () => (queue.closed = true));
    this.id = String(this.#model.get("_view_id"));
    this.#control = new Control(this.#model, this.id);
    // What was set in the saved view that stood here while the kernel was busy.
    const kept = takeKept(this.id);
    this.options = { ...this.#read(), ...kept };
    if (Object.keys(kept).length > 0) this.saveOptions(kept);
    queue.take = (content, buffers) => this.#take(content, buffers);
    for (const [content, buffers] of queue.items.splice(0)) this.#take(content, buffers);
  }

  /** Resolves when there is something to draw, or it has been waited for long enough. */
  async firstMessage(): Promise<void> {
    if (this.#heard.length > 0) return;
    // A host that makes the model when it draws it has missed what was sent before.
    this.ask({ type: "key?" });
    await new Promise<void>((resolve) => {
      const off = this.subscribe(() => {
        off();
        resolve();
      });
      setTimeout(resolve, PATIENCE_MS);
    });
  }

  subscribe(listener: MessageListener): () => void {
    for (const [message, buffer] of [...this.#heard, ...this.#early.splice(0)]) listener(message, buffer);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onOptions(listener: (changed: Partial<Options>) => void): () => void {
    let listening = true;
    for (const name of FOLLOWED) {
      this.#model.on(`change:${name}`, () => {
        if (listening) listener({ [name]: this.#read()[name] });
      });
    }
    return () => (listening = false);
  }

  saveOptions(changed: Partial<Options>): void {
    for (const [name, value] of Object.entries(changed)) this.#model.set(name, value);
    this.#model.save_changes();
  }

  get heardWhileBusy(): boolean {
    return this.#control.heard;
  }

  ask(question: Question): void {
    if (this.#control.say(question)) return;
    try {
      this.#model.send(question);
    } catch {
      this.#queue.closed = true; // the kernel has been restarted meanwhile
    }
  }

  /** ipywidgets tells that a comm went (or came back) without telling which: a message that follows means "back". */
  onClosed(listener: (closed: boolean) => void): () => void {
    let listening = true;
    const gone = () => {
      if (listening) listener(true);
    };
    this.#model.on("comm_live_update", gone);
    this.#model.on("destroy", gone);
    onKernelGone(this.#model, gone);
    if (this.#queue.closed) listener(true); // it went before there was anybody to tell
    return () => (listening = false);
  }

  #read(): Options {
    return readOptions(Object.fromEntries(Object.keys(DEFAULT_OPTIONS).map((name) => [name, this.#model.get(name)])));
  }

  #take(content: unknown, buffers: DataView[]): void {
    if (!isMessage(content)) return;
    const buffer = alignedBuffer(buffers[0]);
    if (content.type === "frame") {
      if (content.kind === "key") this.#heard.length = 0;
      this.#heard.push([content, buffer]);
    } else if (this.#listeners.size === 0 && (content.type === "fill" || content.type === "blobs")) {
      this.#early.push([content, buffer]);
    }
    for (const listener of this.#listeners) listener(content, buffer);
  }
}

const sources = new WeakMap<Queue, WidgetSource>();

/** Draw a live view into an output cell, in the place of what was saved of it; called by the loader. */
export async function mountWidget(hooks: { model: WidgetModel; el: HTMLElement; queue: Queue; signal: AbortSignal }): Promise<void> {
  const { el, queue, signal } = hooks;
  let source = sources.get(queue);
  if (source === undefined) {
    source = new WidgetSource(queue);
    sources.set(queue, source);
  }
  await source.firstMessage();
  if (signal.aborted) return;
  hidePicture(el.ownerDocument, source.id, signal);
  mount(source, el, { signal, capabilities: { live: true, resize: true } });
}
