/** Draws a view of a source into an element. */
import { render } from "preact";
import { Store } from "../store/store";
import type { Source } from "../wire/source";
import { addStyle } from "./style";
import { followTheme } from "./theme";
import { View } from "./view";

export interface Capabilities {
  /** A kernel may speak: status and its words make sense. */
  live: boolean;
  /** The height can be dragged. */
  resize?: boolean;
  /** The page may be printed: nothing scrolls inside. */
  print?: boolean;
}

/** Views of one source show one state: what was read once is not read again. */
const stores = new WeakMap<Source, Store>();

export function mount(
  source: Source,
  element: HTMLElement,
  { signal, capabilities }: { signal: AbortSignal; capabilities: Capabilities },
): void {
  if (signal.aborted) return;
  let store = stores.get(source);
  if (store === undefined) {
    store = new Store(source);
    stores.set(source, store);
  }
  addStyle(element.getRootNode());
  const theme = followTheme(element.ownerDocument, signal);
  render(<View id={source.id} store={store} theme={theme} capabilities={capabilities} />, element);
  signal.addEventListener("abort", () => {
    store.options.flush();
    render(null, element);
  });
}
