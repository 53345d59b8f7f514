/** A view that was saved: in a report and, by the labextension, in a notebook, where it may be heard of again. */
import { mount } from "../ui/mount";
import type { Snapshot } from "../wire/snapshot";
import type { MessageListener, Source } from "../wire/source";
import { keepOptions } from "./kept";

/** What the kernel tells every page about a view, asked or not. */
export interface Channel {
  /** Hear what comes from now on; returns the way out. */
  subscribe(listener: MessageListener): () => void;
  /** Hear that the kernel went away; returns the way out. */
  onGone(listener: () => void): () => void;
}

const nothing = () => () => undefined;

/** A source that says what was saved, and after it what the kernel says. */
export function savedSource(snapshot: Snapshot, channel: Channel | null = null): Source {
  return {
    id: snapshot.id,
    saved: { created: snapshot.created },
    options: snapshot.options,
    subscribe(listener) {
      listener(snapshot.frame, snapshot.buffer);
      return channel?.subscribe(listener) ?? (() => undefined);
    },
    onOptions: nothing,
    onClosed: (listener) => channel?.onGone(() => listener(true)) ?? (() => undefined),
    saveOptions: (changed) => {
      if (channel !== null) keepOptions(snapshot.id, changed);
    },
    heardWhileBusy: false,
    ask: () => undefined,
  };
}

export interface SavedHooks {
  snapshot: Snapshot;
  channel: Channel | null;
  el: HTMLElement;
  signal: AbortSignal;
}

/** Draw a saved view into an output cell; called by the labextension. */
export function mountSaved({ snapshot, channel, el, signal }: SavedHooks): void {
  mount(savedSource(snapshot, channel), el, { signal, capabilities: { live: channel !== null, resize: true } });
}
