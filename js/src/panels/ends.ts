/**
 * The last values of curves at the right of their chart: in an article, which has no pointer to ask with, and with the
 * runs' names where a card is enlarged.
 */
import { toX, toY, type Scales } from "../maths/scale";
import { elideMiddle, formatTogether, visible } from "../ui/format";
import type { CanvasLook } from "./state";

/** Room right of the charted area for leader and number, CSS pixels. */
const NUMBER_ROOM = 66;
/** More lines than these have no room for their numbers, in a card and in an enlarged one. */
const MOST = 6;
const MOST_LARGE = 20;
/** Characters of a name, and the room for one. */
const LONGEST = 20;
const CHARACTER = 6.2;
/** Between two numbers. */
const APART = 15;
const LEADER = 10;

export interface End {
  /** The last point, in data units. */
  x: number;
  y: number;
  color: string;
  /** Empty: only the number is told. */
  name: string;
}

/**
 * Room right of the charted area for the ends of curves with these names, CSS pixels; null where none are told.
 */
export function endsRoom(names: readonly string[], { article, large }: { article: boolean; large: boolean }): number | null {
  if (names.length === 0 || names.length > (large ? MOST_LARGE : MOST) || (!article && !large)) return null;
  const longest = large ? Math.max(...names.map((name) => endName(name).length)) : 0;
  return Math.ceil(NUMBER_ROOM + longest * CHARACTER + (large ? CHARACTER : 0));
}

function endName(name: string): string {
  return elideMiddle(visible(name), LONGEST);
}

export interface PlacedEnd extends End {
  /** Pixels: where the line ends, and where its number stands. */
  px: number;
  py: number;
  labelY: number;
  text: string;
}

/**
 * Place the numbers beside the ends that are in sight, no two closer than they can be read.
 *
 * @param percent the values are shares
 */
export function placeEnds(ends: readonly End[], scales: Scales, percent = false): PlacedEnd[] {
  const bottom = scales.top + scales.height;
  const seen = ends
    .map((end) => ({ ...end, px: toX(scales, end.x), py: toY(scales, end.y) }))
    .filter(({ px, py }) => px >= scales.left && px <= scales.left + scales.width + 1 && py >= scales.top - 1 && py <= bottom + 1)
    .sort((a, b) => a.py - b.py);
  const texts = formatTogether(seen.map(({ y }) => y), percent);
  const places = spread(seen.map(({ py }) => py), scales.top, bottom);
  return seen.map((end, i) => ({ ...end, labelY: places[i]!, text: texts[i]! }));
}

/** Move ascending positions apart: together they keep their middle, and none leaves the plot. */
function spread(wanted: readonly number[], top: number, bottom: number): number[] {
  const placed = [...wanted];
  for (let i = 1; i < placed.length; i++) placed[i] = Math.max(placed[i]!, placed[i - 1]! + APART);
  const moved = placed.reduce((sum, y, i) => sum + y - wanted[i]!, 0) / Math.max(1, placed.length);
  for (let i = 0; i < placed.length; i++) placed[i]! -= moved;
  for (let i = placed.length - 1, limit = bottom; i >= 0; i--, limit -= APART) placed[i] = Math.min(placed[i]!, limit);
  for (let i = 0, limit = top; i < placed.length; i++, limit += APART) placed[i] = Math.max(placed[i]!, limit);
  return placed;
}

/** Draw leaders and numbers over what the canvas holds. */
export function paintEnds(canvas: HTMLCanvasElement, ends: readonly PlacedEnd[], scales: Scales, look: CanvasLook): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const edge = scales.left + scales.width;
  context.font = `11px ${look.font}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.lineWidth = 1;
  for (const { px, py, labelY, color, name, text } of ends) {
    context.strokeStyle = color;
    context.beginPath();
    context.moveTo(Math.max(px, edge - 1) + 2, py);
    context.lineTo(edge + LEADER * 0.4, labelY);
    context.lineTo(edge + LEADER, labelY);
    context.stroke();
    const said = name === "" ? "" : `${endName(name)}  `;
    context.fillStyle = look.text;
    context.fillText(said, edge + LEADER + 3, labelY + 0.5);
    context.fillStyle = name === "" ? look.text : look.second;
    context.fillText(text, edge + LEADER + 3 + context.measureText(said).width, labelY + 0.5);
  }
}
