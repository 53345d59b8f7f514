/** The fewest deletions and insertions that make one sequence of another (Myers 1986). */

export interface Edit<T> {
  mark: "same" | "deleted" | "inserted";
  item: T;
}

/**
 * Find what makes `after` of `before`.
 *
 * @param most so many deletions and insertions are looked for; where more are needed, all between what both have at their
 *   beginnings and ends is deleted and inserted
 */
export function edits<T>(before: readonly T[], after: readonly T[], most: number): Edit<T>[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const from = before.slice(start, before.length - end);
  const to = after.slice(start, after.length - end);
  return [
    ...marked("same", before.slice(0, start)),
    ...(shortest(from, to, most) ?? [...marked("deleted", from), ...marked("inserted", to)]),
    ...marked("same", before.slice(before.length - end)),
  ];
}

function marked<T>(mark: Edit<T>["mark"], items: readonly T[]): Edit<T>[] {
  return items.map((item) => ({ mark, item }));
}

function shortest<T>(before: readonly T[], after: readonly T[], most: number): Edit<T>[] | null {
  // How far along `before` one gets on diagonal k (place in `before` less place in `after`) by d edits: reached[d][k + d].
  const reached: Int32Array[] = [];
  for (let d = 0; d <= most; d++) {
    const row = new Int32Array(2 * d + 1);
    for (let k = -d; k <= d; k += 2) {
      let x = d === 0 ? 0 : farthest(reached[d - 1]!, k, d);
      while (x < before.length && x - k < after.length && x - k >= 0 && before[x] === after[x - k]) x++;
      row[k + d] = x;
      if (x >= before.length && x - k >= after.length) return walked(before, after, [...reached, row], k);
    }
    reached.push(row);
  }
  return null;
}

/** Where the d-th edit leads on diagonal k: an insertion from the one above, or a deletion from the one below. */
function farthest(row: Int32Array, k: number, d: number): number {
  return isInsertion(row, k, d) ? row[k + d]! : row[k + d - 2]! + 1;
}

function isInsertion(row: Int32Array, k: number, d: number): boolean {
  return k === -d || (k !== d && row[k + d - 2]! < row[k + d]!);
}

/** Go back from the end of both to their beginning. */
function walked<T>(before: readonly T[], after: readonly T[], reached: readonly Int32Array[], diagonal: number): Edit<T>[] {
  const back: Edit<T>[] = [];
  let x = before.length;
  let k = diagonal;
  for (let d = reached.length - 1; d >= 0; d--) {
    const row = reached[d - 1];
    const began = row === undefined ? 0 : farthest(row, k, d);
    while (x > began) back.push({ mark: "same", item: before[--x]! });
    if (row === undefined) break;
    if (isInsertion(row, k, d)) {
      back.push({ mark: "inserted", item: after[x - k - 1]! });
      k++;
    } else {
      back.push({ mark: "deleted", item: before[--x]! });
      k--;
    }
  }
  return back.reverse();
}
