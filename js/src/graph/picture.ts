import { bytesOf } from "./links";
import { type Layout, layingOut, layoutView } from "./layout/layout";
import { type Sizing, WIDE } from "./layout/measure";
import { ancestry, type Model } from "./model";
import { finished } from "./steps";
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

/** The first look of a graph in a cell: what it opens, and the scale that it sets for all that is opened later. */
export interface FirstLook {
  /** Keys of the groups that are open. */
  readonly keys: readonly string[];
  readonly scale: Scale;
  readonly picture: Picture;
}

/**
 * The graph's own first look if it is not too large for the cell. Else smaller gaps, then boxes of one line; then
 * the groups that lie deepest are closed, but only where the cell is too narrow all of them. Text is never scaled.
 */
export function* lookingFirst(model: Model, width: number): Generator<void, FirstLook> {
  const box = width < NARROW ? Math.max(180, Math.min(300, width - 40)) : WIDE.box;
  const sizings: Sizing[] = [
    { box, gap: 34, lines: 2 },
    { box, gap: 26, lines: 2 },
    { box, gap: 26, lines: 1 },
  ];
  let look: FirstLook | null = null;
  for (const ids of closing(model)) {
    if (ids.length === 0 && look !== null && look.picture.layout.right - look.picture.layout.left <= width) break;
    const keys = ids.flatMap((id) => model.items[id]?.key ?? []);
    const view = buildView(model, new Set(keys));
    const most = view.links.reduce((largest, link) => Math.max(largest, bytesOf(link.flows)), 0);
    for (const sizing of sizings) {
      const layout = yield* layingOut(view, sizing);
      look = { keys, scale: { sizing, most }, picture: { view, layout } };
      if (layout.height <= BUDGET && (layout.right - layout.left <= width || ids.length === 0)) return look;
    }
  }
  return look!;
}

/** The first look, made at once. */
export function firstLook(model: Model, width: number): FirstLook {
  return finished(lookingFirst(model, width));
}

/** What the graph's look opens, then without the deepest groups of it, then without the next ones, at last nothing. */
function closing(model: Model): number[][] {
  const { open } = model.payload.look;
  const depth = new Map(open.map((id) => [id, ancestry(model.items, id).length]));
  const depths = [...new Set(depth.values())].sort((a, b) => b - a);
  return [...depths.map((most) => open.filter((id) => depth.get(id)! <= most)), []];
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
