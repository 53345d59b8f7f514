/** What has changed from one text to another: lines, and within lines that took each other's place words. */
import { edits } from "./edits";

export type Mark = "same" | "deleted" | "inserted";

export interface DiffPiece {
  /** Within a deleted or inserted line: `same` is what the line that it was, or has become, has too. */
  mark: Mark;
  text: string;
}

export interface DiffLine {
  mark: Mark;
  pieces: readonly DiffPiece[];
}

/** Lines alike that are not shown. */
export interface Skipped {
  skipped: number;
}

const TEXT_LIMIT = 500_000;
/** So many lines, or words of a line, may have changed; beyond that all between the first and the last of them has. */
const LINES_CHANGED = 1000;
const WORDS_CHANGED = 200;
/** Lines that share less than this part of their words are told apart as wholes. */
const ALIKE = 0.3;
const CONTEXT = 2;
const WORD = /\s+|[\p{L}\p{N}_]+|./gu;

/**
 * Compare two texts.
 *
 * @returns the lines of both, those that were deleted before those that stand in their place; null: too long
 */
export function difference(before: string, after: string): DiffLine[] | null {
  if (before.length + after.length > TEXT_LIMIT) return null;
  const lines: DiffLine[] = [];
  let deleted: string[] = [];
  let inserted: string[] = [];
  const flush = () => {
    lines.push(...replaced(deleted, inserted));
    deleted = [];
    inserted = [];
  };
  for (const { mark, item } of edits(before.split("\n"), after.split("\n"), LINES_CHANGED)) {
    if (mark === "deleted") deleted.push(item);
    else if (mark === "inserted") inserted.push(item);
    else {
      flush();
      lines.push(whole("same", item));
    }
  }
  flush();
  return lines;
}

/** Leave out lines alike that are far from any that differ. */
export function folded(lines: readonly DiffLine[]): (DiffLine | Skipped)[] {
  const near = new Set<number>();
  lines.forEach(({ mark }, i) => {
    if (mark === "same") return;
    for (let at = i - CONTEXT; at <= i + CONTEXT; at++) near.add(at);
  });
  const shown: (DiffLine | Skipped)[] = [];
  let skipped = 0;
  const flush = () => {
    if (skipped > 0) shown.push({ skipped });
    skipped = 0;
  };
  lines.forEach((line, i) => {
    if (!near.has(i)) skipped++;
    else {
      flush();
      shown.push(line);
    }
  });
  flush();
  return shown;
}

/** Lines that went, and those that came at the same place: each with the words that differ, where they are alike. */
function replaced(deleted: readonly string[], inserted: readonly string[]): DiffLine[] {
  const pairs = deleted.map((line, i) => (i < inserted.length ? words(line, inserted[i]!) : null));
  return [
    ...deleted.map((line, i) => pairs[i]?.[0] ?? whole("deleted", line)),
    ...inserted.map((line, i) => pairs[i]?.[1] ?? whole("inserted", line)),
  ];
}

function words(before: string, after: string): readonly [DiffLine, DiffLine] | null {
  const all = edits(before.match(WORD) ?? [], after.match(WORD) ?? [], WORDS_CHANGED);
  const shared = all.reduce((sum, { mark, item }) => sum + (mark === "same" ? item.trim().length : 0), 0);
  if (shared < ALIKE * Math.max(before.trim().length, after.trim().length)) return null;
  const line = (own: Mark): DiffLine => ({ mark: own, pieces: joined(all.filter(({ mark }) => mark === own || mark === "same")) });
  return [line("deleted"), line("inserted")];
}

function joined(all: readonly { mark: Mark; item: string }[]): DiffPiece[] {
  const pieces: DiffPiece[] = [];
  for (const { mark, item } of all) {
    const last = pieces.at(-1);
    if (last?.mark === mark) last.text += item;
    else pieces.push({ mark, text: item });
  }
  return pieces;
}

function whole(mark: Mark, text: string): DiffLine {
  return { mark, pieces: [{ mark, text }] };
}
