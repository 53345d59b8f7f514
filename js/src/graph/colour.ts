import { runColor, type Theme } from "../ui/tokens";
import type { Item } from "../wire/graph";
import { isLeafModule, type Model } from "./model";

/** A structure that occurs at least twice, and what it is drawn in. */
export interface Hue {
  /** Index into the palette of runs. */
  readonly colour: number;
  /** Class, told apart from others of the same class. */
  readonly name: string;
  readonly times: number;
}

/** Blue is left to the selection, slate to what is neutral. */
const PALETTE = [2, 4, 5, 3, 7, 6, 1, 9];
export const NEUTRAL = 8;

/**
 * A colour for each structure (hash without sizes) of a group that occurs at least twice;
 * what lies in a repeat of a stack counts once, as it is drawn once.
 */
export function structureHues(model: Model): Map<string, Hue> {
  const found = new Map<string, { times: number; first: number }>();
  const todo = [{ id: model.path[0] ?? 0, times: 1 }];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    const item = model.items[at.id];
    if (item === undefined) continue;
    const children = item.children ?? [];
    if (item.kind === "module" && item.hash !== undefined && !isLeafModule(model.items, item)) {
      const known = found.get(item.hash);
      if (known === undefined) found.set(item.hash, { times: at.times, first: at.id });
      else known.times += at.times;
    }
    if (item.kind === "stack") todo.push({ id: children[0] ?? -1, times: children.length });
    else for (let i = children.length - 1; i >= 0; i--) todo.push({ id: children[i]!, times: 1 });
  }
  const repeated = [...found].filter(([, { times }]) => times > 1);
  const hues = new Map<string, Hue>();
  repeated.forEach(([hash, { times, first }], i) => {
    const colour = PALETTE[i % PALETTE.length] ?? NEUTRAL;
    const same = repeated.filter(([other, known]) => other !== hash && model.items[known.first]?.cls === model.items[first]?.cls);
    hues.set(hash, { colour, times, name: nameOf(model, first, same.map(([, known]) => known.first)) });
  });
  return hues;
}

/** A colour for each of the most frequent classes, as many as there are colours. */
export function classHues(model: Model): Map<string, Hue> {
  const times = new Map<string, number>();
  const todo = [{ id: model.path[0] ?? 0, times: 1 }];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    const item = model.items[at.id];
    if (item === undefined) continue;
    if (item.cls !== undefined && isTold(model, item) && item.kind !== "stack") times.set(item.cls, (times.get(item.cls) ?? 0) + at.times);
    const children = item.children ?? [];
    if (item.kind === "stack") todo.push({ id: children[0] ?? -1, times: at.times * children.length });
    else for (const child of children) todo.push({ id: child, times: at.times });
  }
  const most = [...times].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, PALETTE.length);
  return new Map(most.map(([cls, count], i) => [cls, { colour: PALETTE[i] ?? NEUTRAL, name: cls, times: count }]));
}

/** Whether an item's class tells something: of a traced network the modules', of any other the operations'. */
export function isTold(model: Model, item: Item): boolean {
  const kinds = model.payload.foreign ? ["op"] : ["module", "stack"];
  return kinds.includes(item.kind) && item.cls !== undefined && item.cls !== "";
}

/** `BasicBlock`, or `BasicBlock with downsample` if another structure of that class has none, or `Sequential of Conv2d`. */
function nameOf(model: Model, id: number, others: readonly number[]): string {
  const item = model.items[id];
  const cls = item?.cls === undefined || item.cls === "" ? (item?.name ?? "") : item.cls;
  const names = (at: number): string[] => (model.items[at]?.children ?? []).map((child) => model.items[child]?.name ?? "");
  const theirs = new Set(others.flatMap(names));
  const own = others.length === 0 ? undefined : names(id).find((name) => !theirs.has(name) && !/^\d+$/.test(name) && name !== "");
  if (own !== undefined) return `${cls} with ${own}`;
  const classes = (at: number): string[] => (model.items[at]?.children ?? []).map((child) => model.items[child]?.cls ?? "");
  const theirClasses = new Set(others.flatMap(classes));
  const inside = others.length === 0 ? undefined : classes(id).find((name) => !theirClasses.has(name) && name !== "");
  return inside === undefined ? cls : `${cls} of ${inside}`;
}

/** Hash by which an item is coloured: a stack wears that of what it repeats. */
export function hashOf(model: Model, id: number): string | undefined {
  const item = model.items[id];
  if (item?.kind !== "stack") return item?.hash;
  return model.items[item.children?.[0] ?? -1]?.hash ?? item.hash;
}

export function hueColor(theme: Theme, hue: Hue | undefined): string {
  return runColor(theme, hue?.colour ?? NEUTRAL);
}

const THIN = { light: [0x99, 0xa1, 0xaa], dark: [0x79, 0x83, 0x8e] } as const;
const THICK = { light: [0xcb, 0xd0, 0xd6], dark: [0x3f, 0x47, 0x4f] } as const;
export const THINNEST = 1.25;
export const THICKEST = 9;

/** Width of a line that carries `bytes`, when the largest tensor has `most`. */
export function edgeWidth(bytes: number, most: number): number {
  if (most <= 0) return 2;
  return Math.min(THICKEST, THINNEST + 6.75 * Math.sqrt(bytes / most));
}

/** The thicker a line, the paler: it must not outweigh the boxes. */
export function edgeColor(theme: Theme, width: number): string {
  const t = (width - THINNEST) / (THICKEST - THINNEST);
  const part = (i: 0 | 1 | 2): number => Math.round(THIN[theme][i] + (THICK[theme][i] - THIN[theme][i]) * t);
  return `rgb(${part(0)}, ${part(1)}, ${part(2)})`;
}

