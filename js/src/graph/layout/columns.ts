import { textWidth } from "../text";
import { type Cell, LABEL_OFFSET, LABEL_SIZE, type Wire } from "./cell";
import type { Ranks } from "./ranks";
import type { Track, Tracks } from "./tracks";

const SIBLING = 13;
const LANE = 16;
/** Half of the widest line. */
const LINE = 5;
/** How far an elastic box reaches beyond the lane that it grows to meet. */
const REACH = 31;
export interface Columns {
  /** x of each track. */
  readonly x: readonly number[];
  /** −1 left of the spine, 1 right of it, 0 the spine. */
  readonly side: readonly number[];
  /** Lanes that run straight from box to box because both were widened. */
  readonly widened: ReadonlySet<number>;
}

/**
 * Rows and the gaps between them are numbered as units: row r is 2r, the gap below it 2r + 1.
 * A track takes a range of units, and in each an extent to both sides of its x.
 */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly left: Map<number, number>;
  readonly right: Map<number, number>;
}

/**
 * Places the tracks beside the spine (x = 0), the shortest nearest to it, each as near as
 * what is already there allows. Widens elastic boxes (their `left`) that a lane joins.
 */
export function placeColumns(
  cells: Cell[],
  wires: readonly Wire[],
  ranks: Ranks,
  found: Tracks,
  labels: readonly string[],
): Columns {
  const { tracks } = found;
  const spans = tracks.map((track) => spanOf(track, cells, wires, ranks, labels));
  const side = sidesOf(cells, wires, ranks, found, spans);
  const x = new Array<number>(tracks.length).fill(0);
  const widened = new Set<number>();
  const units = 2 * ranks.rows + 3;
  // Unit −1, the gap above the first row, is at index 0.
  const edge = { left: new Float64Array(units).fill(Infinity), right: new Float64Array(units).fill(-Infinity) };

  const occupy = (track: number): void => {
    const span = spans[track]!;
    const at = x[track]!;
    for (let unit = span.from; unit <= span.to; unit++) {
      edge.left[unit + 1] = Math.min(edge.left[unit + 1] ?? Infinity, at - (span.left.get(unit) ?? LINE));
      edge.right[unit + 1] = Math.max(edge.right[unit + 1] ?? -Infinity, at + (span.right.get(unit) ?? LINE));
    }
  };
  if (tracks.length > 0) occupy(0);
  const length = (track: number): number => (spans[track]!).to - (spans[track]!).from;
  const order = tracks.map((_, track) => track).slice(1).sort((a, b) => length(a) - length(b) || a - b);
  for (const track of order) {
    const span = spans[track]!;
    const isLane = tracks[track]?.cells.length === 0;
    const ends = isLane && side[track] === -1 ? elasticEnds(tracks[track]!, cells, wires, ranks, found, edge.left) : null;
    let at = side[track] === -1 ? Infinity : -Infinity;
    for (let unit = span.from; unit <= span.to; unit++) {
      const gap = ends !== null && unit % 2 === 0 ? REACH : span.left.has(unit) && unit % 2 === 0 ? SIBLING : LANE - LINE;
      if (side[track] === -1) at = Math.min(at, (edge.left[unit + 1] ?? Infinity) - gap - (span.right.get(unit) ?? LINE));
      else at = Math.max(at, (edge.right[unit + 1] ?? -Infinity) + gap + (span.left.get(unit) ?? LINE));
    }
    x[track] = Number.isFinite(at) ? at : 0;
    occupy(track);
    if (ends === null) continue;
    widened.add(track);
    for (const end of ends) {
      const cell = cells[end]!;
      cell.left = Math.max(cell.left, REACH - (x[track]));
      const unit = 2 * (ranks.row[end] ?? 0) + 1;
      edge.left[unit] = Math.min(edge.left[unit] ?? 0, -cell.left);
    }
  }
  return { x, side, widened };
}

/** The two boxes that a lane may join by widening them: both on the spine, and nothing left of them yet. */
function elasticEnds(
  lane: Track,
  cells: readonly Cell[],
  wires: readonly Wire[],
  ranks: Ranks,
  found: Tracks,
  left: Float64Array,
): [number, number] | null {
  const wire = wires[lane.along[0] ?? -1];
  if (wire === undefined || lane.along.length !== 1 || ranks.back.has(lane.along[0]!)) return null;
  for (const end of [wire.from, wire.to]) {
    const cell = cells[end]!;
    const free = (left[2 * (ranks.row[end] ?? 0) + 1] ?? 0) >= -cell.left;
    if (!cell.elastic || found.trackOf[end] !== 0 || !free) return null;
  }
  return [wire.from, wire.to];
}

function spanOf(track: Track, cells: readonly Cell[], wires: readonly Wire[], ranks: Ranks, labels: readonly string[]): Span {
  const left = new Map<number, number>();
  const right = new Map<number, number>();
  let from = Infinity;
  let to = -Infinity;
  const reach = (unit: number): void => {
    from = Math.min(from, unit);
    to = Math.max(to, unit);
  };
  for (const cell of track.cells) {
    const unit = 2 * (ranks.row[cell] ?? 0);
    reach(unit);
    left.set(unit, cells[cell]?.left ?? 0);
    right.set(unit, cells[cell]?.right ?? 0);
  }
  const isLane = track.cells.length === 0;
  for (const index of track.along) {
    const wire = wires[index]!;
    const low = 2 * (ranks.row[wire.to] ?? 0);
    if (isLane || wire.to === track.cells[0]) reach(2 * (ranks.row[wire.from] ?? 0) + 1);
    if (isLane || wire.from === track.cells.at(-1)) reach(low - 1);
    // A circle or pill is met at its side, in its own row.
    if (cells[wire.to]?.side === true && wire.to !== track.cells[0] && !ranks.back.has(index)) reach(low);
  }
  for (const index of [...track.straight, ...track.along]) {
    const wire = wires[index]!;
    const label = labels[index] ?? "";
    if (label === "") continue;
    const extents = isLane ? left : right;
    const unit = labelUnit(wire, track, ranks);
    extents.set(unit, Math.max(extents.get(unit) ?? 0, LABEL_OFFSET + textWidth(label, LABEL_SIZE) + 4));
  }
  return { from, to, left, right };
}

/** The gap in which a wire's label stands: below its source, or above its target where it turns below the source. */
export function labelUnit(wire: Wire, track: Track, ranks: Ranks): number {
  return track.cells[0] === wire.to ? 2 * (ranks.row[wire.to] ?? 0) - 1 : 2 * (ranks.row[wire.from] ?? 0) + 1;
}

/**
 * A branch that leaves the spine and comes back goes left if it is alone; others go left if they run
 * before the spine's cells beside them, else right.
 * What hangs on a branch stays at its side.
 */
function sidesOf(cells: readonly Cell[], wires: readonly Wire[], ranks: Ranks, found: Tracks, spans: readonly Span[]): number[] {
  const { tracks, trackOf } = found;
  const side = new Array<number>(tracks.length).fill(0);
  const parents = tracks.map((track) =>
    Math.max(0, ...track.along.map((index) => Math.min(...ends(wires[index]!, trackOf)))),
  );
  const atSpine = tracks.map((_, i) => i).filter((i) => i > 0 && (tracks[i]?.cells.length ?? 0) > 0 && parents[i] === 0);
  const spine = tracks[0]?.cells ?? [];
  for (let i = 1; i < tracks.length; i++) {
    const track = tracks[i]!;
    const first = track.cells[0];
    if (first === undefined) {
      const right = track.along.some((index) => ends(wires[index]!, trackOf).some((end) => side[end] === 1));
      side[i] = right ? 1 : -1;
      continue;
    }
    const parent = parents[i] ?? 0;
    if (parent > 0 && side[parent] !== 0) {
      side[i] = side[parent]!;
      continue;
    }
    const span = spans[i]!;
    const returns = track.along.some((index) => wires[index]?.to === first) && track.along.some((index) => wires[index]?.to !== first);
    const alone = returns && atSpine.every((other) => other === i || !overlap(span, spans[other]!));
    const row = ranks.row[first] ?? 0;
    const beside = spine.find((cell) => (ranks.row[cell] ?? 0) >= row) ?? -1;
    const isPort = cells[first]?.role !== "node";
    side[i] = !isPort && (alone || first < beside) ? -1 : 1;
  }
  return side;
}

function ends(wire: Wire, trackOf: readonly number[]): [number, number] {
  return [trackOf[wire.from] ?? 0, trackOf[wire.to] ?? 0];
}

function overlap(a: Span, b: Span): boolean {
  return a.from <= b.to && b.from <= a.to;
}
