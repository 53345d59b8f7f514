import { tensorText } from "../facts";
import type { Flow } from "../links";
import { textWidth } from "../text";
import { type Cell, type Label, LABEL_HEIGHT, LABEL_OFFSET, LABEL_SIZE, type Point, type Wire } from "./cell";
import type { Ranks } from "./ranks";
import type { Tracks } from "./tracks";

/**
 * The text beside each wire, empty for most: a tensor's shape is printed once, on its shortest
 * wire, and around operations only where it changes. What comes from outside was printed there.
 */
export function chooseLabels(cells: readonly Cell[], wires: readonly Wire[], ranks: Ranks, found: Tracks): string[] {
  const texts = wires.map((wire) => flowsText(wire.flows));
  const arriving = cells.map(() => new Set<string>());
  wires.forEach((wire, index) => arriving[wire.to]?.add(texts[index] ?? ""));
  const best = new Map<string, number>();
  const cost = (index: number): number => {
    const wire = wires[index]!;
    const track = found.tracks[found.runs[index] ?? -1];
    const way = track?.straight.includes(index) === true ? 0 : track?.cells.length === 0 ? 2 : 1;
    return way * 1000 + (ranks.row[wire.to] ?? 0) - (ranks.row[wire.from] ?? 0);
  };
  wires.forEach((wire, index) => {
    const from = cells[wire.from]!;
    const to = cells[wire.to]!;
    const text = texts[index] ?? "";
    if (text === "" || from.role !== "node" || to.role !== "node" || (found.runs[index] ?? -1) < 0) return;
    const tells = (isBlock(from) && isBlock(to)) || arriving[wire.from]?.has(text) !== true;
    if (!tells) return;
    const tensor = `${wire.from}:${text}`;
    const known = best.get(tensor);
    if (known === undefined || cost(index) < cost(known)) best.set(tensor, index);
  });
  const chosen = new Map([...best.values()].map((index) => [index, texts[index] ?? ""]));
  // A lane has one place for a label: the first of its wires speaks for all.
  for (const track of found.tracks) {
    const spoken = track.cells.length === 0 ? track.along.filter((index) => chosen.has(index)) : [];
    if (spoken.length < 2) continue;
    for (const index of spoken) chosen.delete(index);
    chosen.set(spoken[0]!, flowsText(spoken.flatMap((index) => wires[index]!.flows)));
  }
  return texts.map((_, index) => chosen.get(index) ?? "");
}

function isBlock(cell: Cell): boolean {
  const form = cell.node?.form;
  return form !== "op" && form !== "sum";
}

const SHOWN = 2;

/** Shapes of what flows, each once; beyond two their number. */
export function flowsText(flows: readonly Flow[]): string {
  const texts = [...new Set(flows.filter((flow) => flow.shape !== null).map(tensorText))];
  if (texts.length <= SHOWN) return texts.join(", ");
  return `${texts[0]} and ${texts.length - 1} more`;
}

/** A label before it has its place: beside the line that is at x there, by preference at `side`. */
export interface Wanted {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/**
 * Lays each label beside its line, at the other side where another line or label is in the way.
 * One that has room at neither side is left out: the shape is in the details of what it joins.
 */
export function placeLabels(wanted: readonly Wanted[], routes: readonly (readonly Point[])[]): Label[] {
  const placed: Label[] = [];
  for (const { text, x, y, side } of wanted) {
    const width = textWidth(text, LABEL_SIZE);
    const free = [side, -side]
      .map((at): Label => ({ text, width, y, x: at > 0 ? x + LABEL_OFFSET : x - LABEL_OFFSET - width }))
      .find((label) => !placed.some((other) => touches(label, other)) && !routes.some((points) => strikes(points, label)));
    if (free !== undefined) placed.push(free);
  }
  return placed;
}

function touches(a: Label, b: Label): boolean {
  return a.x < b.x + b.width + 4 && b.x < a.x + a.width + 4 && Math.abs(a.y - b.y) < LABEL_HEIGHT;
}

/** Half of a usual line, and of the height of a text's letters. */
const LINE = 4;
const LETTERS = 5;

function strikes(points: readonly Point[], label: Label): boolean {
  return points.slice(1).some((b, i) => {
    const a = points[i]!;
    const besides = Math.max(a.x, b.x) + LINE <= label.x || Math.min(a.x, b.x) - LINE >= label.x + label.width;
    const apart = Math.max(a.y, b.y) + LINE <= label.y - LETTERS || Math.min(a.y, b.y) - LINE >= label.y + LETTERS;
    return !besides && !apart;
  });
}
