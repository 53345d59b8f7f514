import type { Cell, Label, Point, Wire } from "./cell";
import { type Columns, labelUnit, placeColumns } from "./columns";
import { bundleKey, type Gap, layGap, type Run } from "./gaps";
import { chooseLabels, placeLabels, type Wanted } from "./labels";
import type { Ranks } from "./ranks";
import type { Tracks } from "./tracks";

/** A group laid out for itself: the main line at x = 0, the first row's top at y = 0. */
export interface GroupLayout {
  /** Anchor x and top y of each cell. */
  readonly at: readonly Point[];
  /** Corner points of each wire, from its source to its target. */
  readonly routes: readonly (readonly Point[])[];
  readonly labels: readonly Label[];
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

/**
 * Lays out the cells of one group.
 *
 * @param cells their `left` grows where a box is widened to meet a lane
 * @param room height of a gap that holds a label
 */
export function layoutGroup(cells: Cell[], wires: readonly Wire[], ranks: Ranks, found: Tracks, room: number): GroupLayout {
  if (cells.length === 0) return { at: [], routes: [], labels: [], left: 0, right: 0, height: 0 };
  const texts = chooseLabels(cells, wires, ranks, found);
  const columns = placeColumns(cells, wires, ranks, found, texts);
  const plans = planWires(cells, wires, ranks, found, columns);

  const runs = new Map<number, Run[]>();
  for (const run of plans.flatMap((plan) => plan.runs)) runs.set(run.gap, [...(runs.get(run.gap) ?? []), run]);
  const labelled = new Set<number>();
  wires.forEach((wire, index) => {
    const track = found.tracks[found.runs[index] ?? -1];
    if (texts[index] !== "" && track !== undefined) labelled.add((labelUnit(wire, track, ranks) - 1) / 2);
  });
  const gaps = new Map<number, Gap>();
  for (let gap = -1; gap < ranks.rows; gap++) {
    const inner = gap >= 0 && gap < ranks.rows - 1;
    if (inner || runs.has(gap)) gaps.set(gap, layGap(runs.get(gap) ?? [], labelled.has(gap), room));
  }

  const rowHeight = new Array<number>(ranks.rows).fill(0);
  cells.forEach((cell, i) => {
    const row = ranks.row[i] ?? 0;
    rowHeight[row] = Math.max(rowHeight[row] ?? 0, cell.height);
  });
  const rowTop: number[] = [];
  let y = gaps.get(-1)?.height ?? 0;
  for (let row = 0; row < ranks.rows; row++) {
    rowTop.push(y);
    y += (rowHeight[row] ?? 0) + (gaps.get(row)?.height ?? 0);
  }
  const gapTop = (gap: number): number => (gap < 0 ? 0 : (rowTop[gap] ?? 0) + (rowHeight[gap] ?? 0));

  const at = cells.map((cell, i): Point => {
    const row = ranks.row[i] ?? 0;
    return { x: columns.x[found.trackOf[i] ?? 0] ?? 0, y: (rowTop[row] ?? 0) + ((rowHeight[row] ?? 0) - cell.height) / 2 };
  });
  const routes = plans.map((plan, index) => {
    const wire = wires[index]!;
    const level = (run: Run): number => gapTop(run.gap) + (gaps.get(run.gap)?.level.get(bundleKey(run)) ?? 0);
    return route(plan, level, at[wire.from]!, cells[wire.from]!, at[wire.to]!, cells[wire.to]!);
  });
  const wanted = wires.flatMap((wire, index): Wanted[] => {
    const trackIndex = found.runs[index] ?? -1;
    const track = found.tracks[trackIndex];
    const text = texts[index] ?? "";
    if (text === "" || track === undefined) return [];
    const gap = (labelUnit(wire, track, ranks) - 1) / 2;
    const y = gapTop(gap) + (gaps.get(gap)?.label ?? 0);
    return [{ text, y, x: uprightAt(routes[index] ?? [], y) ?? columns.x[trackIndex] ?? 0, side: track.cells.length === 0 ? -1 : 1 }];
  });
  const labels = placeLabels(wanted, routes);
  return { at, routes, labels, ...bounds(cells, at, routes, labels), height: y };
}

/** x at which a line passes the height `y`. */
function uprightAt(points: readonly Point[], y: number): number | undefined {
  return points.find((point, i) => {
    const next = points[i + 1];
    return next?.x === point.x && Math.min(point.y, next.y) <= y && y <= Math.max(point.y, next.y);
  })?.x;
}

function bounds(
  cells: readonly Cell[],
  at: readonly Point[],
  routes: readonly (readonly Point[])[],
  labels: readonly Label[],
): { left: number; right: number } {
  let left = Infinity;
  let right = -Infinity;
  const take = (low: number, high: number): void => {
    left = Math.min(left, low);
    right = Math.max(right, high);
  };
  cells.forEach((cell, i) => take((at[i]!).x - cell.left, (at[i]!).x + cell.right));
  for (const points of routes) for (const point of points) take(point.x - 5, point.x + 5);
  for (const label of labels) take(label.x, label.x + label.width);
  return { left, right };
}

/** How a wire goes, before the heights of gaps are known. */
interface Plan {
  readonly startX: number;
  readonly endX: number;
  readonly runs: readonly Run[];
  /** Side of the target at which it ends: −1 left, 1 right, 0 its top. */
  readonly side: number;
  readonly laneX: number;
  /** Whether it turns off from a line that goes straight down, and begins there. */
  readonly onTrunk: boolean;
}

function planWires(cells: readonly Cell[], wires: readonly Wire[], ranks: Ranks, found: Tracks, columns: Columns): Plan[] {
  const plans = planEach(cells, wires, ranks, found, columns);
  const trunk = (index: number): string => `${wires[index]?.from}:${plans[index]?.startX}`;
  const leaves = (plan: Omit<Plan, "onTrunk">): boolean => plan.runs[0]?.zone === "leave";
  const trunks = new Set(plans.flatMap((plan, index) => (leaves(plan) ? [] : [trunk(index)])));
  return plans.map((plan, index) => ({ ...plan, onTrunk: leaves(plan) && trunks.has(trunk(index)) }));
}

function planEach(
  cells: readonly Cell[],
  wires: readonly Wire[],
  ranks: Ranks,
  found: Tracks,
  columns: Columns,
): Omit<Plan, "onTrunk">[] {
  // Ways to sides of cells, by row: no two may lie on one another.
  const taken = new Map<number, [number, number][]>();
  const arrivals = new Map<string, number>();
  const x = (cell: number): number => columns.x[found.trackOf[cell] ?? 0] ?? 0;
  const straightInto = new Set(found.tracks.flatMap((track) => track.straight.map((index) => wires[index]?.to)));
  const inGap = new Map<string, number>();
  const key = (end: "from" | "to", wire: Wire): string => `${end}${wire[end]}`;
  for (const wire of wires) {
    if ((ranks.row[wire.to] ?? 0) - (ranks.row[wire.from] ?? 0) !== 1) continue;
    for (const end of ["from", "to"] as const) inGap.set(key(end, wire), (inGap.get(key(end, wire)) ?? 0) + 1);
  }

  return wires.map((wire, index): Omit<Plan, "onTrunk"> => {
    const from = cells[wire.from]!;
    const to = cells[wire.to]!;
    const track = found.tracks[found.runs[index] ?? -1];
    const trackX = columns.x[found.runs[index] ?? -1];
    const isBack = ranks.back.has(index);
    const fromRow = ranks.row[wire.from] ?? 0;
    const toRow = ranks.row[wire.to] ?? 0;

    const meets = (cell: Cell, anchor: number, at: number): boolean =>
      cell.role === "node" && !isBack && at > anchor - (cell.mouth ?? cell.left) + 12 && at < anchor + (cell.mouth ?? cell.right) - 12;
    const start = (lane: number): number => (wire.fromDx === null ? (meets(from, x(wire.from), lane) ? lane : x(wire.from)) : x(wire.from) + wire.fromDx);
    const startX = start(trackX ?? x(wire.to) + (wire.toDx ?? 0));
    const laneX = trackX ?? startX;

    if (to.side && !isBack && track !== undefined && found.trackOf[wire.to] !== found.runs[index] && laneX !== x(wire.to)) {
      const side = Math.sign(laneX - x(wire.to));
      const way: [number, number] = [Math.min(laneX, x(wire.to)), Math.max(laneX, x(wire.to))];
      const ways = taken.get(toRow) ?? [];
      if (!ways.some(([low, high]) => low < way[1] && way[0] < high) && isClear(cells, ranks, x, wire.to, way)) {
        taken.set(toRow, [...ways, way]);
        const runs: Run[] = startX === laneX ? [] : [{ gap: fromRow, from: startX, to: laneX, zone: "leave", bundle: `${wire.from}:${startX}` }];
        return { startX, endX: x(wire.to) + (side < 0 ? -to.left : to.right), runs, side, laneX };
      }
    }

    let endX = x(wire.to) + (wire.toDx ?? 0);
    if (wire.toDx === null && !(track?.straight.includes(index) ?? false)) {
      if (meets(to, x(wire.to), laneX)) endX = laneX;
      else if (straightInto.has(wire.to)) {
        const side = laneX < x(wire.to) ? -1 : 1;
        const count = (arrivals.get(`${wire.to}:${side}`) ?? 0) + 1;
        arrivals.set(`${wire.to}:${side}`, count);
        endX = x(wire.to) + side * Math.max(0, Math.min(22 * count, (to.mouth ?? (side < 0 ? to.left : to.right)) - 12));
      }
    }
    const leave = (end: number): Run => ({ gap: fromRow, from: startX, to: end, zone: "leave", bundle: `${wire.from}:${startX}` });
    const arrive = (begin: number): Run => ({ gap: toRow - 1, from: begin, to: endX, zone: "arrive", bundle: `${wire.to}:${endX}` });
    const runs: Run[] = [];
    if (toRow - fromRow === 1) {
      const gathers = (inGap.get(key("to", wire)) ?? 0) > 1 && (inGap.get(key("from", wire)) ?? 0) === 1;
      if (startX !== endX) runs.push(gathers ? arrive(startX) : leave(endX));
    } else {
      if (startX !== laneX) runs.push(leave(laneX));
      if (laneX !== endX) runs.push(arrive(laneX));
    }
    return { startX, endX, runs, side: 0, laneX };
  });
}

/** Whether no other cell of the target's row stands on the way to its side. */
function isClear(cells: readonly Cell[], ranks: Ranks, x: (cell: number) => number, target: number, [low, high]: [number, number]): boolean {
  return cells.every((cell, i) => i === target || ranks.row[i] !== ranks.row[target] || x(i) + cell.right <= low || x(i) - cell.left >= high);
}

function route(plan: Plan, level: (run: Run) => number, start: Point, from: Cell, end: Point, to: Cell): Point[] {
  const points: Point[] = plan.onTrunk ? [] : [{ x: plan.startX, y: start.y + from.height - from.inset }];
  for (const run of plan.runs) {
    const y = level(run);
    points.push({ x: run.from, y }, { x: run.to, y });
  }
  if (plan.side === 0) points.push({ x: plan.endX, y: end.y + to.inset });
  else {
    const y = end.y + to.height / 2;
    points.push({ x: plan.laneX, y }, { x: plan.endX, y });
  }
  return points;
}
