import type { Item } from "../wire/graph";
import { formChains } from "./chains";
import { echoes, type Link, lift, type Shown } from "./links";
import { setAside } from "./helpers";
import type { Mark, Model } from "./model";

/**
 * - `box`: a closed group; `rows`: leaf modules in a white box, a row each;
 * - `frame`: an open group; `op`: a pill; `sum`: a circle; `terminal`: input or output.
 */
export type Form = "box" | "rows" | "frame" | "op" | "sum" | "terminal";

export interface ViewNode {
  /** Item that stands for it; the first row's for `rows`. */
  readonly id: number;
  readonly item: Item;
  form: Form;
  /** Name as shown: a child called "0" bears its parent's name too. */
  readonly name: string;
  /** Depth in the drawn tree, 1 for what is outermost. */
  readonly level: number;
  /** Item id of the frame around it, −1 for what is outermost. */
  readonly parent: number;
  readonly canOpen: boolean;
  /** How many identical ones it stands for. */
  readonly repeats: number;
  /** Of a stack, the item that is drawn for all; −1 where each is drawn, and elsewhere. */
  readonly sample: number;
  /** Constants that it takes. */
  readonly constants: readonly Mark[];
  /** Names of what it takes besides what the lines bring: see `aside`. */
  takes: string[];
  children: ViewNode[];
  /** Item ids of the rows, for `rows`. */
  rows: ViewNode[];
}

export interface View {
  readonly roots: ViewNode[];
  /** Every node and row by item id. */
  readonly nodes: ReadonlyMap<number, ViewNode>;
  /** Item id of a row → id of the node that holds it. */
  readonly holder: ReadonlyMap<number, number>;
  /** What flows between what is visible, rows told apart. */
  readonly links: readonly Link[];
  /** What flows from helpers, and to or from what stands aside: no lines are drawn for it. */
  readonly asides: readonly Link[];
}

/** Groups deeper than this stay closed: layout recurses over open ones. */
const DEEPEST = 100;

/** The tree of what is visible when the groups of `open` (item keys) are open. */
export function buildView(model: Model, open: ReadonlySet<string>): View {
  const nodes = new Map<number, ViewNode>();
  const roots = expand(model, open, nodes);
  const shown = standIns(model, nodes);
  const stacks = sampled(nodes);
  const { links, asides, apart } = setAside(lift(model, shown, stacks.length === 0 ? () => false : echoes(model, stacks)), standingAside(model));
  for (const { from, to } of asides) nodes.get(to)?.takes.push(nodes.get(from)?.name ?? "");
  const holder = formChains(roots, links, nodes, model);
  const arriving = new Map<number, number>();
  for (const link of links) arriving.set(link.to, (arriving.get(link.to) ?? 0) + 1);
  for (const [id, node] of nodes) {
    if (node.form === "op" && isSum(node.item) && (arriving.get(id) ?? 0) > 1) node.form = "sum";
  }
  return { roots, nodes, holder, links, asides: [...asides, ...apart] };
}

/** Tells what is in one of the outermost boxes that stand aside. */
function standingAside({ top, items, begin, end }: Model): (id: number) => boolean {
  const aside = top.filter((id) => items[id]?.aside === true);
  return (id) => aside.some((box) => begin[box]! <= begin[id]! && begin[id]! < end[box]!);
}

function expand(model: Model, open: ReadonlySet<string>, nodes: Map<number, ViewNode>): ViewNode[] {
  const roots: ViewNode[] = [];
  const outer = model.path[model.path.length - 1];
  const add = (id: number, parent: ViewNode | null, into: ViewNode[]): ViewNode | null => {
    const item = model.items[id];
    if (item === undefined || item.kind === "const" || nodes.has(id)) return null;
    const level = (parent?.level ?? 0) + 1;
    const canOpen = (item.children?.length ?? 0) > 0 && level < DEEPEST;
    const node: ViewNode = {
      id,
      item,
      form: canOpen && open.has(item.key) ? "frame" : closedForm(item),
      name: shownName(item, item.parent === outer ? undefined : model.items[item.parent]),
      level,
      parent: parent?.id ?? -1,
      canOpen,
      repeats: item.kind === "stack" ? (item.children?.length ?? 1) : 1,
      sample: item.kind === "stack" && !open.has(allKey(item)) ? (item.children?.[0] ?? -1) : -1,
      constants: model.constants.get(id) ?? [],
      takes: [],
      children: [],
      rows: [],
    };
    nodes.set(id, node);
    into.push(node);
    return node;
  };
  const todo: ViewNode[] = [];
  const visit = (ids: readonly number[], parent: ViewNode | null, into: ViewNode[]): void => {
    for (const id of ids) {
      const node = add(id, parent, into);
      if (node?.form === "frame") todo.push(node);
    }
  };
  visit(model.top, null, roots);
  for (let frame = todo.pop(); frame !== undefined; frame = todo.pop()) {
    visit(frameChildren(model, frame), frame, frame.children);
  }
  return roots;
}

/** Key that a person's wish to see all repeats of a stack goes by. */
export function allKey(item: Item): string {
  return `${item.key}#all`;
}

/** What an open group shows: its children, or, of a stack, those of the one that stands for all. */
function frameChildren(model: Model, frame: ViewNode): readonly number[] {
  const children = frame.item.children ?? [];
  if (frame.sample < 0) return model.parts.get(frame.id) ?? children;
  const parts = model.items[frame.sample]?.children ?? [];
  return parts.length > 0 ? parts : children.slice(0, 1);
}

function closedForm(item: Item): Form {
  if (item.kind === "op") return "op";
  if (item.kind === "input" || item.kind === "output") return "terminal";
  return "box";
}

function shownName(item: Item, parent: Item | undefined): string {
  // The number that makes an operation's name unique tells a reader nothing.
  if (item.kind === "op" && item.cls !== undefined && item.name.replace(/_\d+$/, "") === item.cls) return item.cls;
  // torch's own graphs number what has no name of a module's.
  const torchOp = item.kind === "op" ? /^(?:aten|prim)::(\w+)$/.exec(item.cls ?? "")?.[1] : undefined;
  if (torchOp !== undefined) return torchOp;
  // So does the number of a module's call, which its class text tells.
  const called = item.name.replace(/_\d+$/, "");
  return qualified(item.shared?.endsWith(called) === true ? called : item.name, parent);
}

/** A name, with its owner's before it where it is a number. */
export function qualified(name: string, parent: Item | undefined): string {
  // A stack that lies across its owner's children has no name of its own.
  const owner = parent?.path !== undefined || parent?.kind === "module" ? parent.name : "";
  return /^\d+$/.test(name) && owner !== "" ? `${owner}.${name}` : name;
}

/** Open stacks that show one of their repeats. */
function sampled(nodes: ReadonlyMap<number, ViewNode>): number[] {
  return [...nodes.values()].filter((node) => node.form === "frame" && node.sample >= 0).map((node) => node.id);
}

/**
 * For each place of the tree the visible item that stands for what is there.
 * In an open stack the items of the repeats that are not drawn are stood for by their twins in the one that is.
 */
function standIns(model: Model, nodes: ReadonlyMap<number, ViewNode>): Shown {
  const { begin, end, items } = model;
  const shown = new Int32Array(items.length).fill(-1);
  for (const [id, node] of nodes) if (node.form !== "frame") shown.fill(id, begin[id], end[id]);
  // The innermost first: what stands for a repeat's parts is settled before others take it from there.
  for (const stack of sampled(nodes).sort((a, b) => begin[b]! - begin[a]!)) {
    const [first, ...others] = items[stack]?.children ?? [];
    for (const other of others) if (first !== undefined) echo(model, shown, first, other);
  }
  return shown;
}

/** Lets the parts of `first` stand for those of a group that is the same: by their places, or one by one if some lack. */
function echo(model: Model, shown: Shown, first: number, other: number): void {
  const { begin, end, items } = model;
  const size = (id: number): number => end[id]! - begin[id]!;
  if (size(first) === size(other)) {
    shown.copyWithin(begin[other]!, begin[first]!, end[first]);
    return;
  }
  const todo: [number, number][] = [[first, other]];
  for (let pair = todo.pop(); pair !== undefined; pair = todo.pop()) {
    const [twin, id] = pair;
    shown[begin[id]!] = shown[begin[twin]!]!;
    const twins = items[twin]?.children ?? [];
    items[id]?.children?.forEach((child, i) => todo.push([twins[Math.min(i, twins.length - 1)] ?? twin, child]));
  }
}

const SUMS = new Set(["add", "mul"]);

/** Whether the operation adds or multiplies: drawn as a circle where two tensors meet. */
export function isSum(item: Item): boolean {
  return SUMS.has(operator(item));
}

/** `__iadd__`, `add_`, `add_1` and `add` are one operation. */
export function operator(item: Item): string {
  const name = item.cls !== undefined && item.cls !== "" ? item.cls : item.name;
  const bare = name.replace(/^__[ir]?(\w+)__$/, "$1").replace(/_\d+$/, "").replace(/_$/, "");
  return bare.toLowerCase() === "addv2" ? "add" : bare.toLowerCase();
}
