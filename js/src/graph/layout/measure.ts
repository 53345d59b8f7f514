import { countText, kernelText, shapeText } from "../facts";
import { shownText, textWidth } from "../text";
import type { Mark } from "../model";
import type { ViewNode } from "../view";

/** Sizes that depend on the cell in the notebook and on how much there is to show. */
export interface Sizing {
  /** Width of a closed box. */
  readonly box: number;
  /** Height of a gap that holds a label. */
  readonly gap: number;
  /** Whether a closed box has one line or two. */
  readonly lines: 1 | 2;
}

export const WIDE: Sizing = { box: 312, gap: 34, lines: 2 };

/** - `full`: two lines; `line`: one; `compact`: as narrow as its texts, beside others. */
export type Style = "full" | "line" | "compact";

export interface Size {
  readonly left: number;
  readonly right: number;
  readonly height: number;
  readonly inset: number;
}

export const PAD = 14;
export const ROW = 26;
export const PLATE = 4;
export const HEADER = 32;
export const STRIP = 18;
/** Between an operation and the parameters at its sides. */
export const ARM = 42;
export const CELL = 8;

const CHEVRON = 16;
const NAME_MOST = 220;

/** Extents of a closed node around its anchor. */
export function measure(node: ViewNode, style: Style, sizing: Sizing, params: readonly Mark[]): Size {
  switch (node.form) {
    case "sum":
      return { left: 10, right: 10, height: 20, inset: 0 };
    case "op": {
      const half = pillWidth(node.name, 11.5, 40) / 2;
      const sides = paramSides(params);
      // As far to both sides, so that the operation stands in the middle of its frame.
      const reach = half + Math.max(sideWidth(sides.left), sideWidth(sides.right));
      const height = Math.max(24, sideHeight(sides.left), sideHeight(sides.right));
      return { left: reach, right: reach, height, inset: (height - 24) / 2 };
    }
    case "terminal": {
      const half = pillWidth(node.name, 12, 76) / 2;
      return { left: half, right: half, height: 28, inset: 0 };
    }
    case "rows": {
      const stacked = style === "compact" && node.rows.length === 1;
      const natural = Math.max(...node.rows.map((row) => rowWidth(row, stacked)));
      const width = style === "compact" ? clamp(natural, 110, 264) : clamp(natural, 236, sizing.box);
      return { left: width / 2, right: width / 2, height: stacked ? 46 : node.rows.length * ROW, inset: 0 };
    }
    default: {
      const width = style === "compact" ? clamp(boxWidth(node), 124, sizing.box) : sizing.box;
      const plates = node.repeats > 1 ? 2 * PLATE : 0;
      return { left: width / 2, right: width / 2, height: (style === "line" ? 32 : 48) + plates, inset: 0 };
    }
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** Width of a pill that holds `name`. */
export function pillWidth(name: string, size: number, least: number): number {
  return clamp(textWidth(shownText(name), size) + 28, least, NAME_MOST);
}

function nameWidth(name: string, size: number): number {
  return Math.min(textWidth(shownText(name), size, true), NAME_MOST);
}

/** Class of a row or box with its kernel: `Conv2d 3 × 3 / 2`; `ReLU, called again`. */
export function classText(node: ViewNode): string {
  if (node.item.cls === node.name) return ""; // said already
  const kernel = kernelText(node.item);
  const cls = `${node.item.cls ?? ""}${kernel === "" ? "" : ` ${kernel}`}`;
  return shownText(node.item.shared === undefined || cls === "" ? cls : `${cls}, called again`);
}

/** Number of parameters at the right of a box; empty where it holds none. */
export function countLabel(node: ViewNode): string {
  const count = node.item.count ?? 0;
  return count > 0 ? countText(count) : "";
}

/** Width of the marks of a row's own tensors, a square of 5 each. */
export function marksWidth(node: ViewNode): number {
  return Math.min(node.item.params?.length ?? 0, 6) * 7;
}

function rowWidth(row: ViewNode, stacked: boolean): number {
  const name = nameWidth(row.name, 12);
  const kind = Math.min(textWidth(classText(row), 11), 140);
  const count = countLabel(row) === "" ? 0 : marksWidth(row) + 5 + textWidth(countLabel(row), 11);
  return 2 * PAD + (stacked ? Math.max(name, kind + 12 + count) : name + 8 + kind + 20 + count);
}

function boxWidth(node: ViewNode): number {
  const times = node.repeats > 1 ? 10 + textWidth(`× ${node.repeats}`, 12, true) : 0;
  const first = CHEVRON + nameWidth(node.name, 13) + times + 16 + textWidth(countLabel(node), 12);
  return 2 * PAD + Math.max(first, CHEVRON + textWidth(classText(node), 12));
}

/** Extents that a frame's header needs left and right of the main line that passes it. */
export function headerExtents(node: ViewNode): { left: number; right: number } {
  const name = nameWidth(node.name, 13);
  const kind = Math.min(textWidth(classText(node), 12), 170) + textWidth(repeatText(node), 12) + (node.repeats > 1 ? 8 : 0);
  const count = textWidth(countLabel(node), 12);
  return { left: PAD + CHEVRON + name + 8 + kind + 14, right: count === 0 ? 0 : 14 + count + PAD };
}

/** What a frame's header says behind the class: how many it stands for. */
export function repeatText(node: ViewNode): string {
  if (node.repeats === 1) return "";
  return node.sample >= 0 ? `one of ${node.repeats}` : `× ${node.repeats}`;
}

/** More parameters than this are counted, not drawn. */
const DRAWN = 4;

/** Blocks at the sides of an operation: the first at the left, the second at the right, and so on. */
export function paramSides(params: readonly Mark[]): { left: readonly ParamBlock[]; right: readonly ParamBlock[] } {
  const blocks = params.slice(0, params.length > DRAWN ? DRAWN - 1 : DRAWN).map(paramBlock);
  if (params.length > DRAWN) {
    const name = `and ${params.length - DRAWN + 1} more`;
    blocks.push({ name, shape: "", width: textWidth(name, 11.5), height: TEXT, grid: { rows: 0, columns: 0 } });
  }
  return { left: blocks.filter((_, i) => i % 2 === 0), right: blocks.filter((_, i) => i % 2 === 1) };
}

/** Rows and columns of the cells that stand for a tensor: at most 16, in its proportions. */
export function cellGrid(shape: readonly number[]): { rows: number; columns: number } {
  const rows = Math.max(1, shape.length > 1 ? (shape[0] ?? 1) : 1);
  const columns = Math.max(1, shape.slice(shape.length > 1 ? 1 : 0).reduce((product, dim) => product * dim, 1));
  if (rows * columns <= 16 && rows <= 4) return { rows, columns };
  const shown = Math.min(rows, 4, Math.max(1, Math.round(Math.sqrt((16 * rows) / columns))));
  return { rows: shown, columns: Math.min(columns, Math.floor(16 / shown)) };
}

/** A parameter at an operation's side: name and shape over its cells. */
export interface ParamBlock {
  readonly name: string;
  readonly shape: string;
  readonly width: number;
  readonly height: number;
  readonly grid: { rows: number; columns: number };
}

/** Height of a block's text. */
const TEXT = 18;
const BLOCK_GAP = 8;

function paramBlock(param: Mark): ParamBlock {
  const grid = cellGrid((param.shape ?? []).map((dim) => dim ?? 1));
  const name = shownText(param.name).slice(0, 40);
  const shape = param.shape === null ? "" : shapeText(param.shape);
  const text = textWidth(name, 11.5) + 7 + textWidth(shape, 11.5);
  return { name, shape, grid, width: Math.max(text, grid.columns * CELL), height: TEXT + grid.rows * CELL };
}

/** Tops of a side's blocks and the height at which each is joined, from the operation's middle. A lone block's cells lie level with it. */
export function blockPlaces(blocks: readonly ParamBlock[]): { top: number; joint: number }[] {
  const joint = (block: ParamBlock): number => (block.grid.rows > 0 ? TEXT + (block.grid.rows * CELL) / 2 - 0.75 : TEXT / 2 - 2);
  const total = blocks.reduce((sum, block) => sum + block.height + BLOCK_GAP, -BLOCK_GAP);
  let top = blocks.length === 1 ? -joint(blocks[0]!) : -total / 2;
  return blocks.map((block) => {
    const at = top;
    top += block.height + BLOCK_GAP;
    return { top: at, joint: at + joint(block) };
  });
}

function sideWidth(blocks: readonly ParamBlock[]): number {
  return blocks.length === 0 ? 0 : ARM + Math.max(...blocks.map((block) => block.width));
}

/** Twice the distance to which a side's blocks reach above or below the operation's middle. */
function sideHeight(blocks: readonly ParamBlock[]): number {
  return 2 * blockPlaces(blocks).reduce((reach, { top }, i) => Math.max(reach, -top, top + blocks[i]!.height), 0);
}
