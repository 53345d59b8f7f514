/** The bundle of this page, by content hash: brought once by an asset or on a loader's asking, used by every view. */
import type { MountReport, MountWidget } from "./bundle";

export interface Bundle {
  mountWidget: MountWidget;
  mountReport: MountReport;
}

interface Slot {
  readonly bundle: Promise<Bundle>;
  /** Give the gzipped module; the first one counts. */
  bring(packed: BufferSource): void;
}

/** `__tbnotebookPacked`: bundles that came in a loader's own module (gzip, base64), where nobody answers a page. */
const page = globalThis as { __tbnotebook?: Map<string, Slot>; __tbnotebookPacked?: Map<string, string> };

/** Whether something on this page brings the bundle or has asked for it: a host that isolates each output has no such thing. */
export function isExpected(): boolean {
  return page.__tbnotebook !== undefined;
}

/** Say that this page will be brought the bundle. */
export function expectBundle(): void {
  page.__tbnotebook ??= new Map();
}

/** The place of the bundle with this hash, whether or not it has arrived. */
export function slotOf(hash: string): Slot {
  const slots = (page.__tbnotebook ??= new Map());
  let slot = slots.get(hash);
  if (slot === undefined) {
    slot = emptySlot();
    slots.set(hash, slot);
    const packed = page.__tbnotebookPacked?.get(hash);
    if (packed !== undefined) slot.bring(Uint8Array.from(atob(packed), (character) => character.charCodeAt(0)));
  }
  return slot;
}

function emptySlot(): Slot {
  let settle: (bundle: Promise<Bundle>) => void = () => undefined;
  const bundle = new Promise<Bundle>((resolve) => {
    settle = resolve;
  });
  return {
    bundle,
    bring(packed) {
      settle(importPacked(packed));
    },
  };
}

async function importPacked(packed: BufferSource): Promise<Bundle> {
  const text = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const code = await new Response(text).blob();
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    return (await import(url)) as Bundle;
  } finally {
    URL.revokeObjectURL(url);
  }
}
