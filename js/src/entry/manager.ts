/** The kernel behind a widget's model, where the host's widget manager shows it: JupyterLab and Notebook 7 do. */
import type { Signal } from "./jupyter";
import type { WidgetModel } from "./model";

interface ManagedKernel {
  readonly statusChanged?: Signal<unknown, string>;
  readonly disposed?: Signal<unknown, unknown>;
}

/** Statuses of a kernel that will not speak for this model again. */
export const GONE_STATUSES: ReadonlySet<string> = new Set(["dead", "terminating", "restarting", "autorestarting"]);

/**
 * Hear that the kernel of a model ended.
 *
 * ipywidgets tells of a restart that a person asked for; a kernel that was shut down elsewhere or was killed it misses.
 */
export function onKernelGone(model: WidgetModel, listener: () => void): void {
  const { kernel } = (model.widget_manager ?? {}) as { kernel?: ManagedKernel | null };
  kernel?.statusChanged?.connect((_, status) => {
    if (GONE_STATUSES.has(status)) listener();
  });
  kernel?.disposed?.connect(listener);
}
