import { bytesOf } from "./links";
import { type Layout, layingOut, layoutView } from "./layout/layout";
import { type Sizing, WIDE } from "./layout/measure";
import type { Model } from "./model";
import { buildView, type View } from "./view";

/** Height that the first look has at full size, caption and legend apart. */
const BUDGET = 840;
export const NARROW = 520;

/** What is settled once for a graph and a cell: how densely it is drawn, and what the widths of lines mean. */
export interface Scale {
  readonly sizing: Sizing;
  /** Bytes of the thickest line of the first look. */
  readonly most: number;
}

/** Keys of the groups that the first look opens. */
export function lookKeys(model: Model): string[] {
  return model.payload.look.open.flatMap((id) => model.items[id]?.key ?? []);
}

/** Takes smaller gaps, then boxes of one line, if the first look is too tall for the cell. Text is never scaled. */
export function scaleFor(model: Model, width: number): Scale {
  const view = buildView(model, new Set(lookKeys(model)));
  const most = view.links.reduce((largest, link) => Math.max(largest, bytesOf(link.flows)), 0);
  const box = width < NARROW ? Math.max(180, Math.min(300, width - 40)) : WIDE.box;
  const steps: Sizing[] = [
    { box, gap: 34, lines: 2 },
    { box, gap: 26, lines: 2 },
    { box, gap: 26, lines: 1 },
  ];
  const sizing = steps.find((step) => layoutView(view, step).height <= BUDGET) ?? (steps[2]!);
  return { sizing, most };
}

export interface Picture {
  readonly view: View;
  readonly layout: Layout;
}

export function drawPicture(model: Model, open: ReadonlySet<string>, scale: Scale): Picture {
  const view = buildView(model, open);
  return { view, layout: layoutView(view, scale.sizing) };
}

/** Makes a picture, a group at each step. */
export function* drawingPicture(view: View, scale: Scale): Generator<void, Picture> {
  return { view, layout: yield* layingOut(view, scale.sizing) };
}
