/** A view that was saved: in a report and, by the labextension, in a notebook whose kernel is gone. */
import { mount } from "../ui/mount";
import type { Snapshot } from "../wire/snapshot";
import type { Source } from "../wire/source";

/** A source that says what was saved, and nothing after it. */
export function savedSource(snapshot: Snapshot): Source {
  const nothing = () => () => undefined;
  return {
    id: snapshot.id,
    saved: { created: snapshot.created },
    options: snapshot.options,
    subscribe(listener) {
      listener(snapshot.frame, snapshot.buffer);
      return () => undefined;
    },
    onOptions: nothing,
    onClosed: nothing,
    saveOptions: () => undefined,
    ask: () => undefined,
  };
}

/** Draw a saved view into an output cell; called by the labextension. */
export function mountSaved({ snapshot, el, signal }: { snapshot: Snapshot; el: HTMLElement; signal: AbortSignal }): void {
  mount(savedSource(snapshot), el, { signal, capabilities: { live: false, resize: true } });
}
