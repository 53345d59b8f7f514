/**
 * What a person set in a view that only follows the kernel: it has no model to save it in, so it waits here for the live
 * view that takes its place. The two views come from two bundles, so the place is the page.
 */
import type { Options } from "../wire/options";

const page = globalThis as { __tbnotebookKept?: Map<string, Partial<Options>> };

export function keepOptions(id: string, changed: Partial<Options>): void {
  const kept = (page.__tbnotebookKept ??= new Map());
  kept.set(id, { ...kept.get(id), ...changed });
}

/** Take what was set in view `id`, once. */
export function takeKept(id: string): Partial<Options> {
  const kept = page.__tbnotebookKept?.get(id) ?? {};
  page.__tbnotebookKept?.delete(id);
  return kept;
}
