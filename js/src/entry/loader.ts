/** The `_esm` of a view: waits for the page's bundle and lets it draw. */
import type { Queue, WidgetModel } from "./model";
import { isExpected, slotOf } from "./registry";

/** Until the bundle is there the kernel is asked for it after this time, then 4 times later each time. */
const FIRST_ASK_MS = 1000;
/** Where nothing on the page is bringing it: long enough for an asset that was opened at the same moment. */
const FIRST_ASK_ALONE_MS = 100;

/** What stands where the view will be when the kernel has not answered the first question for a while. */
const WAITING =
  "tbnotebook: the view's code comes from the kernel, which is busy or not there. What is saved of the view does not need it.";

interface Hooks {
  model: WidgetModel;
  el: HTMLElement;
  signal: AbortSignal;
}

/** Send a message; false where the kernel that it is for has been restarted meanwhile. */
function said(model: WidgetModel, content: { type: string }): boolean {
  try {
    model.send(content);
    return true;
  } catch {
    return false;
  }
}

/** A factory: anywidget then keeps a queue for each model. */
export default function factory() {
  let queue: Queue;
  return {
    initialize({ model }: Pick<Hooks, "model">) {
      queue = { model, items: [], take: null, closed: false };
      for (const event of ["comm_live_update", "destroy"]) model.on(event, () => (queue.closed = true));
      model.on("msg:custom", (content, buffers) => {
        queue.closed = false;
        const { type, hash } = content as { type?: string; hash?: string };
        if (type === "bundle" && hash !== undefined && buffers[0] !== undefined) slotOf(hash).bring(buffers[0] as DataView<ArrayBuffer>);
        else if (queue.take) queue.take(content, buffers);
        else queue.items.push([content, buffers]);
      });
      // Whoever can say this can draw: a view that no page speaks for gives place to a sentence.
      queue.closed = !said(model, { type: "here" });
    },

    async render({ model, el, signal }: Hooks) {
      let wait = isExpected() ? FIRST_ASK_MS : FIRST_ASK_ALONE_MS;
      const ask = (again: boolean) => {
        if (again) el.textContent = WAITING;
        queue.closed = !said(model, { type: "bundle?" });
        if (queue.closed) return;
        wait = 4 * Math.max(wait, FIRST_ASK_MS);
        timer = setTimeout(ask, wait, true);
      };
      let timer = setTimeout(ask, wait, false);
      signal.addEventListener("abort", () => clearTimeout(timer));
      try {
        const { mountWidget } = await slotOf(String(model.get("_bundle"))).bundle.finally(() => clearTimeout(timer));
        el.textContent = "";
        if (!signal.aborted) await mountWidget({ model, el, queue, signal });
      } catch (error) {
        el.textContent = `tbnotebook: the view could not be loaded: ${String(error)}`;
      }
    },
  };
}
