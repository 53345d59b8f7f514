/** The `_esm` of the asset model: takes the bundle that the kernel sends once, for all views of the page. */
import type { WidgetModel } from "./model";
import { expectBundle, slotOf } from "./registry";

export default {
  initialize({ model }: { model: WidgetModel }) {
    expectBundle();
    model.on("msg:custom", (content, buffers) => {
      const { type, hash } = content as { type?: string; hash?: string };
      if (type === "bundle" && hash !== undefined && buffers[0] !== undefined) slotOf(hash).bring(buffers[0] as DataView<ArrayBuffer>);
    });
  },
};
