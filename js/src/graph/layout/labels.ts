import { tensorText } from "../facts";
import type { Flow } from "../links";
import type { Cell, Wire } from "./cell";
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
