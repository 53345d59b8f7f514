import { bytesOf } from "../links";
import type { Cell, Wire } from "./cell";
import type { Ranks } from "./ranks";

/**
 * A vertical line of the picture: cells one below the other, joined by straight wires.
 * The first track is the main line, the spine. A track without cells is a lane, which
 * carries what one cell sends past others.
 */
export interface Track {
  readonly cells: number[];
  /** Wires drawn straight between consecutive cells. */
  readonly straight: number[];
  /** Wires that come to its first cell and leave its last one along its x; for a lane: what it carries. */
  readonly along: number[];
}

export interface Tracks {
  readonly tracks: readonly Track[];
  /** Track of each cell. */
  readonly trackOf: readonly number[];
  /** Track along whose x each wire runs; −1 for one between neighbouring rows, which needs none. */
  readonly runs: readonly number[];
}

export function findTracks(cells: readonly Cell[], wires: readonly Wire[], ranks: Ranks): Tracks {
  const trackOf = new Array<number>(cells.length).fill(-1);
  const runs = new Array<number>(wires.length).fill(-1);
  const tracks: Track[] = [];
  const incoming: number[][] = cells.map(() => []);
  wires.forEach((wire, index) => {
    if (!ranks.back.has(index)) incoming[wire.to]?.push(index);
  });

  for (let left = cells.length; left > 0; ) {
    const path = longestPath(cells, wires, incoming, ranks, trackOf);
    const track: Track = { cells: path.cells, straight: path.wires, along: [] };
    for (const cell of path.cells) trackOf[cell] = tracks.length;
    for (const wire of path.wires) runs[wire] = tracks.length;
    tracks.push(track);
    left -= path.cells.length;
  }

  attach(wires, ranks, tracks, trackOf, runs);
  addLanes(wires, ranks, tracks, runs);
  return { tracks, trackOf, runs };
}

/** A wire that brings nothing, or less than this part of what another brings to the same cell, is a side line's: it costs more than an operation. */
const THIN = 4;
const PENALTY = 2.5;

/** The heaviest path through cells that have no track yet. */
function longestPath(
  cells: readonly Cell[],
  wires: readonly Wire[],
  incoming: readonly number[][],
  ranks: Ranks,
  trackOf: readonly number[],
): { cells: number[]; wires: number[] } {
  const best = new Float64Array(cells.length);
  const via = new Int32Array(cells.length).fill(-1);
  let ends: number[] = [];
  let most = -1;
  for (const v of ranks.order) {
    if (trackOf[v] !== -1) continue;
    let ties: number[] = [];
    let weight = -Infinity;
    const widest = (incoming[v] ?? []).reduce((most, index) => Math.max(most, bytesOf(wires[index]!.flows)), 0);
    for (const index of incoming[v] ?? []) {
      const u = wires[index]!.from;
      if (trackOf[u] !== -1) continue;
      const { flows } = wires[index]!;
      const value = best[u]! - (flows.length === 0 || bytesOf(flows) * THIN < widest ? PENALTY : 0);
      if (value > weight) {
        weight = value;
        ties = [];
      }
      if (value === weight) ties.push(index);
    }
    via[v] = middle(ties, wires);
    best[v] = Math.max(weight, 0) + cells[v]!.weight;
    if ((best[v]) > most) {
      most = best[v];
      ends = [];
    }
    if (best[v] === most) ends.push(v);
  }
  let at = ends[Math.floor((ends.length - 1) / 2)]!;
  const path = { cells: [at], wires: [] as number[] };
  for (let index = via[at]!; index >= 0; index = via[at]!) {
    at = wires[index]!.from;
    path.cells.unshift(at);
    path.wires.unshift(index);
  }
  return path;
}

/** Of equally heavy ways the middle one, so that branches stand at both sides; of parallel wires the one on the anchors. */
function middle(ties: readonly number[], wires: readonly Wire[]): number {
  if (ties.length === 0) return -1;
  const sorted = [...ties].sort((a, b) => wires[a]!.from - wires[b]!.from);
  const pick = sorted[Math.floor((sorted.length - 1) / 2)]!;
  const { from, to } = wires[pick]!;
  const skew = (index: number): number => Math.abs(wires[index]!.fromDx ?? 0) + Math.abs(wires[index]!.toDx ?? 0);
  return sorted
    .filter((index) => wires[index]!.from === from && wires[index]!.to === to)
    .reduce((a, b) => (skew(b) < skew(a) ? b : a));
}

/** Lets one wire into the first and one out of the last cell of each branch run along the branch. */
function attach(wires: readonly Wire[], ranks: Ranks, tracks: Track[], trackOf: readonly number[], runs: number[]): void {
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  const span = (index: number): number => {
    const wire = wires[index]!;
    return (ranks.row[wire.to] ?? 0) - (ranks.row[wire.from] ?? 0);
  };
  wires.forEach((wire, index) => {
    if (runs[index] !== -1 || ranks.back.has(index)) return;
    const into = trackOf[wire.to]!;
    const outOf = trackOf[wire.from]!;
    if (into > outOf && tracks[into]?.cells[0] === wire.to) {
      const known = first.get(into);
      if (known === undefined || span(index) < span(known)) first.set(into, index);
    }
    if (outOf > into && tracks[outOf]?.cells.at(-1) === wire.from) {
      const known = last.get(outOf);
      if (known === undefined || span(index) < span(known)) last.set(outOf, index);
    }
  });
  for (const [track, index] of [...first, ...last]) {
    if (runs[index] !== -1) continue;
    tracks[track]?.along.push(index);
    runs[index] = track;
  }
}

/** Gives every other wire that passes a row a lane; wires of one source share theirs. */
function addLanes(wires: readonly Wire[], ranks: Ranks, tracks: Track[], runs: number[]): void {
  const lanes = new Map<string, number>();
  wires.forEach((wire, index) => {
    const span = (ranks.row[wire.to] ?? 0) - (ranks.row[wire.from] ?? 0);
    if (runs[index] !== -1 || span === 1) return;
    const key = `${wire.from}:${wire.fromDx}:${ranks.back.has(index)}`;
    let lane = lanes.get(key);
    if (lane === undefined) {
      lane = tracks.length;
      lanes.set(key, lane);
      tracks.push({ cells: [], straight: [], along: [] });
    }
    tracks[lane]?.along.push(index);
    runs[index] = lane;
  });
}
