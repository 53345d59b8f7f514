import type { Flow } from "../links";
import type { Mark } from "../model";
import { finished } from "../steps";
import type { View, ViewNode } from "../view";
import type { Cell, Label, Point, Wire } from "./cell";
import { type GroupLayout, layoutGroup } from "./group";
import { HEADER, headerExtents, measure, pillWidth, type Sizing, STRIP, type Style } from "./measure";
import { type Ends, portsOf, type Seam, seams } from "./seams";
import { rankCells } from "./ranks";
import { findTracks } from "./tracks";

export interface PlacedNode {
  readonly node: ViewNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** x of the main line that passes it. */
  readonly anchor: number;
  readonly style: Style;
  /** Of a frame, how far right of that the lines go that enter it. */
  readonly entries: number;
  /** Parameters drawn at an operation's sides, or named under a frame's header. */
  readonly params: readonly Mark[];
}

export interface PlacedEdge {
  readonly key: string;
  readonly points: readonly Point[];
  /** Nodes at the ends of the links that it is a piece of. */
  readonly ends: readonly Ends[];
  readonly flows: readonly Flow[];
  /** Whether it ends here; else it goes on inside or outside a frame. */
  readonly arrow: boolean;
}

export interface PlacedLabel extends Label {
  readonly key: string;
  /** Frame on whose ground it stands, −1 for the cell's. */
  readonly ground: number;
}

export interface Layout {
  /** Frames before what they hold. */
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly labels: readonly PlacedLabel[];
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

const FRAME_PAD = 16;
const FRAME_FOOT = 8;

interface EndedWire extends Wire {
  readonly ends: readonly Ends[];
}

/** A group with its cells, laid out for itself. */
interface Laid {
  readonly cells: readonly Cell[];
  readonly styles: readonly Style[];
  readonly params: readonly (readonly Mark[])[];
  readonly wires: readonly EndedWire[];
  readonly group: GroupLayout;
  readonly inner: ReadonlyMap<number, Framed>;
}

/** An open frame: its group, and where its main line and ports are. */
interface Framed extends Laid {
  readonly left: number;
  readonly right: number;
  readonly header: number;
  readonly height: number;
  readonly strip: readonly Mark[];
  readonly entries: number;
  readonly ports: ReadonlyMap<string, number>;
}

/** Lays out all that is visible, open frames from the inside out. */
export function layoutView(view: View, sizing: Sizing): Layout {
  return finished(layingOut(view, sizing));
}

/** Lays out all that is visible, a group at each step. */
export function* layingOut(view: View, sizing: Sizing): Generator<void, Layout> {
  const seam = seams(view);
  yield;
  const outer = yield* layGroup(view.roots, null, seam, sizing);
  const found: { nodes: PlacedNode[]; edges: PlacedEdge[]; labels: PlacedLabel[] } = { nodes: [], edges: [], labels: [] };
  place(outer, 0, 0, -1, found);
  return { ...found, left: outer.group.left, right: outer.group.right, height: outer.group.height };
}

function* layGroup(children: readonly ViewNode[], frame: ViewNode | null, seam: Seam, sizing: Sizing): Generator<void, Laid> {
  const inner = new Map<number, Framed>();
  for (const child of children) if (child.form === "frame") inner.set(child.id, yield* layFrame(child, seam, sizing));
  yield;
  const ports = frame === null ? { in: [], out: [] } : portsOf(seam, frame.id);
  const roles = [...ports.in.map(() => "in" as const), ...children.map(() => "node" as const), ...ports.out.map(() => "out" as const)];
  const nodes = [...ports.in.map(() => null), ...children, ...ports.out.map(() => null)];

  const slot = new Map<string, number>();
  ports.in.forEach((key, i) => slot.set(key, i));
  children.forEach((child, i) => slot.set(`node:${child.id}`, ports.in.length + i));
  ports.out.forEach((key, i) => slot.set(key, ports.in.length + children.length + i));
  const wires = (seam.wires.get(frame?.id ?? -1) ?? []).flatMap((wire): EndedWire[] => {
    const from = slot.get(wire.from);
    const to = slot.get(wire.to);
    if (from === undefined || to === undefined) return [];
    const dx = (end: number, port: string | null): number | null => {
      const node = nodes[end] ?? null;
      if (node === null) return 0;
      return port === null ? null : (inner.get(node.id)?.ports.get(port) ?? null);
    };
    return [{ from, to, fromDx: dx(from, wire.fromPort), toDx: dx(to, wire.toPort), ends: wire.ends, flows: wire.flows }];
  });

  const rough = roles.map((role, i): Cell => ({ ...BLANK, role, node: nodes[i] ?? null, weight: weightOf(nodes[i] ?? null, role) }));
  const ranks = rankCells(rough, wires);
  const found = findTracks(rough, wires, ranks);
  const broad = new Map<number, number>();
  rough.forEach((cell, i) => {
    const row = ranks.row[i] ?? 0;
    if (cell.node !== null && cell.node.form !== "op" && cell.node.form !== "sum") broad.set(row, (broad.get(row) ?? 0) + 1);
  });
  const styles: Style[] = [];
  const params: (readonly Mark[])[] = [];
  const cells = rough.map((cell, i): Cell => {
    const isBeside = found.trackOf[i] !== 0 || (broad.get(ranks.row[i] ?? 0) ?? 0) > 1;
    const style: Style = isBeside ? "compact" : sizing.lines === 1 ? "line" : "full";
    const own = cell.node === null ? [] : paramsAt(cell.node, frame);
    styles.push(style);
    params.push(own);
    if (cell.node === null) return cell;
    const framed = inner.get(cell.node.id);
    if (framed !== undefined) return { ...cell, left: framed.left, right: framed.right, height: framed.height };
    const form = cell.node.form;
    return {
      ...cell,
      ...measure(cell.node, style, sizing, own),
      mouth: own.length > 0 ? pillWidth(cell.node.name, 11.5, 40) / 2 : null,
      elastic: form === "box" && style !== "compact",
      side: (form === "op" || form === "sum") && own.length === 0,
    };
  });
  return { cells, styles, params, wires, group: layoutGroup(cells, wires, ranks, found, sizing.gap), inner };
}

const BLANK = { left: 0, right: 0, height: 0, inset: 0, mouth: null, elastic: false, side: false };

/** The main line runs from an entrance to an exit, and through what has parameters. */
function weightOf(node: ViewNode | null, role: Cell["role"]): number {
  if (role !== "node" || node?.form === "terminal") return 1000;
  if (node === null || node.form === "op" || node.form === "sum") return 1;
  const learns = [node, ...node.rows].some((part) => (part.item.count ?? 0) > 0);
  return learns ? 3 + Math.log2(1 + Math.max(node.rows.length, node.item.children?.length ?? 0)) : 1.5;
}

function* layFrame(frame: ViewNode, seam: Seam, sizing: Sizing): Generator<void, Framed> {
  const laid = yield* layGroup(frame.children, frame, seam, sizing);
  const atOp = frame.children.some((child) => paramsAt(child, frame).length > 0);
  const strip = atOp ? [] : (frame.item.params ?? []);
  const header = HEADER + (strip.length > 0 ? STRIP : 0);
  const need = headerExtents(frame);
  const pads = portsOf(seam, frame.id);
  const foot = FRAME_FOOT + (pads.out.length === 0 ? FRAME_PAD / 2 : 0);
  const entrances = pads.in.map((_, i) => laid.group.at[i]?.x ?? 0);
  const ports = new Map<string, number>();
  pads.in.forEach((key, i) => ports.set(key, entrances[i] ?? 0));
  pads.out.forEach((key, i) => ports.set(key, laid.group.at[pads.in.length + frame.children.length + i]?.x ?? 0));
  return {
    ...laid,
    // The header's texts keep clear of all lines that pass it.
    left: Math.max(FRAME_PAD - laid.group.left, need.left - Math.min(0, ...entrances)),
    right: Math.max(FRAME_PAD + laid.group.right, need.right + Math.max(0, ...entrances)),
    header,
    height: header + laid.group.height + foot,
    strip,
    entries: Math.max(0, ...entrances),
    ports,
  };
}

/** Parameters drawn at a node: its own, or those of the leaf module of which it is the one operation. */
function paramsAt(node: ViewNode, frame: ViewNode | null): readonly Mark[] {
  if (node.form !== "op") return [];
  const own = node.item.params ?? [];
  const params = own.length > 0 ? own : frame?.children.length === 1 ? (frame.item.params ?? []) : [];
  return node.constants.length > 0 ? [...params, ...node.constants] : params;
}

function place(
  laid: Laid,
  dx: number,
  dy: number,
  ground: number,
  found: { nodes: PlacedNode[]; edges: PlacedEdge[]; labels: PlacedLabel[] },
): void {
  laid.cells.forEach((cell, i) => {
    const at = laid.group.at[i];
    if (cell.node === null || at === undefined) return;
    const framed = laid.inner.get(cell.node.id);
    found.nodes.push({
      node: cell.node,
      x: dx + at.x - cell.left,
      y: dy + at.y,
      width: cell.left + cell.right,
      height: cell.height,
      anchor: dx + at.x,
      entries: framed?.entries ?? 0,
      style: laid.styles[i] ?? "full",
      params: framed?.strip ?? laid.params[i] ?? [],
    });
    if (framed !== undefined) place(framed, dx + at.x, dy + at.y + framed.header, cell.node.id, found);
  });
  const frame = "header" in laid ? (laid as Framed) : null;
  laid.wires.forEach((wire, i) => {
    const points = (laid.group.routes[i] ?? []).map((point) => ({ x: dx + point.x, y: dy + point.y }));
    const first = points[0];
    const last = points[points.length - 1];
    if (first === undefined || last === undefined) return;
    // What crosses a frame goes on to its border.
    const begins = first.y === dy + (laid.group.at[wire.from]?.y ?? 0);
    if (frame !== null && laid.cells[wire.from]?.role === "in" && begins) points[0] = { x: first.x, y: dy - frame.header };
    if (frame !== null && laid.cells[wire.to]?.role === "out") points[points.length - 1] = { x: last.x, y: dy - frame.header + frame.height };
    const target = laid.cells[wire.to]?.node ?? null;
    found.edges.push({
      key: `${ground}:${i}`,
      points,
      ends: wire.ends,
      flows: wire.flows,
      arrow: target !== null && target.form !== "frame",
    });
  });
  laid.group.labels.forEach((label, i) => {
    found.labels.push({ ...label, key: `${ground}:${i}`, x: dx + label.x, y: dy + label.y, ground });
  });
}

