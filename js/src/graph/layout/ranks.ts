import type { Cell, Wire } from "./cell";

export interface Ranks {
  /** Row of each cell, counted from 0 without gaps. */
  readonly row: readonly number[];
  readonly rows: number;
  /** Cells in an order in which every forward wire points onward. */
  readonly order: readonly number[];
  /** Wires that close a cycle, by index. */
  readonly back: ReadonlySet<number>;
}

/**
 * Rows by the longest way from the top. What nothing feeds is drawn just above what it feeds,
 * but inputs stay on top; places where tensors enter and leave have the first and last row, as has what stands aside.
 */
export function rankCells(cells: readonly Cell[], wires: readonly Wire[]): Ranks {
  const outgoing: number[][] = cells.map(() => []);
  wires.forEach((wire, index) => outgoing[wire.from]?.push(index));
  const { order, back } = sortCells(cells.length, wires, outgoing);

  const below = cells.some((cell) => cell.role === "in") ? 1 : 0;
  const row = cells.map((cell): number => (cell.role === "in" ? 0 : below));
  const fed = cells.map((cell) => cell.role === "in" || cell.node?.item.kind === "input");
  for (const u of order) {
    for (const index of outgoing[u] ?? []) {
      if (back.has(index)) continue;
      const v = wires[index]!.to;
      row[v] = Math.max(row[v] ?? 0, (row[u] ?? 0) + 1);
      if (fed[u] === true) fed[v] = true;
    }
  }
  for (const u of [...order].reverse()) {
    if (fed[u] === true) continue;
    let nearest = Infinity;
    for (const index of outgoing[u] ?? []) {
      const v = wires[index]!.to;
      if (!back.has(index) && cells[v]?.role === "node") nearest = Math.min(nearest, row[v] ?? 0);
    }
    if (nearest !== Infinity) row[u] = nearest - 1;
  }
  const isLast = ({ role, node }: Cell) => role === "out" || node?.item.aside === true;
  const last = cells.reduce((most, cell, i) => (isLast(cell) ? most : Math.max(most, row[i] ?? 0)), 0);
  cells.forEach((cell, i) => {
    if (isLast(cell)) row[i] = last + 1;
  });
  return { ...packed(row), order, back };
}

/** Numbers the rows in use from 0. */
function packed(row: readonly number[]): { row: number[]; rows: number } {
  const used = [...new Set(row)].sort((a, b) => a - b);
  const at = new Map(used.map((value, index) => [value, index]));
  return { row: row.map((value) => at.get(value) ?? 0), rows: used.length };
}

/** Depth-first order, without recursion; a wire into a cell that is not finished closes a cycle. */
function sortCells(count: number, wires: readonly Wire[], outgoing: readonly number[][]): { order: number[]; back: Set<number> } {
  const state = new Uint8Array(count);
  const next = new Int32Array(count);
  const back = new Set<number>();
  const finished: number[] = [];
  const path: number[] = [];
  // From the last to the first, so that the finished list read backwards keeps the order of execution.
  for (let root = count - 1; root >= 0; root--) {
    if (state[root] !== 0) continue;
    state[root] = 1;
    path.push(root);
    while (path.length > 0) {
      const u = path[path.length - 1]!;
      const index = (outgoing[u]!)[next[u]!];
      if (index === undefined) {
        state[u] = 2;
        finished.push(u);
        path.pop();
        continue;
      }
      next[u] = (next[u]!) + 1;
      const v = wires[index]!.to;
      if (state[v] === 1) back.add(index);
      else if (state[v] === 0) {
        state[v] = 1;
        path.push(v);
      }
    }
  }
  return { order: finished.reverse(), back };
}
