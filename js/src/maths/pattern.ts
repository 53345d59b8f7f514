/**
 * Regular expressions that somebody else may have written: matched in a time that grows with pattern times text,
 * whatever they are.
 *
 * JavaScript's own may take for ever over `(a+)+$`. Here no place in the pattern is tried twice at one place of the
 * text (as RE2's bounded backtracking does it): what failed once fails again. Back-references cannot be had so.
 */
import { compiled, type Program } from "./pattern-program";
import { isWord, parse, PatternError } from "./pattern-syntax";

/** Characters of a pattern. */
const LONGEST = 1000;
/** Characters of a text that are looked at. */
const FAR = 10_000;
/** Steps for all texts that a pattern is matched with: about half a second, and for each some more than a name needs. */
const EFFORT = 30_000_000;
const EFFORT_A_TEXT = 2000;

/** Steps that may still be made, one an instruction looked at; without any left nothing matches. */
export interface Effort {
  left: number;
}

/** What was found in a text. */
export interface Found {
  index: number;
  /** All of it. */
  text: string;
  /** What the pattern's groups found; null for one that took no part. */
  groups: readonly (string | null)[];
}

/**
 * Return what tells whether a text's beginning matches, as Python's `re.match`; null for a pattern that is none, or
 * that cannot be matched in such a time.
 */
export function matchesBeginning(pattern: string, effort: Effort = { left: EFFORT }): ((text: string) => boolean) | null {
  const known = read(pattern, false);
  if (known !== null && /^[\w/ -]*$/.test(pattern)) return (text) => text.startsWith(pattern);
  return known && ((text) => effort.left >= 0 && new Matching(text, effort).run(known.program, 0) !== null);
}

export type Find = (text: string) => Found | null;

/** Patterns that are in use, and what each has found. */
const finders = new Map<string, Find | null>();
const MOST_FINDERS = 16;

/** Return what finds a pattern in a text, as `re.search` and `RegExp.exec` do; null as above. */
export function finder(pattern: string, ignoreCase: boolean): Find | null {
  const key = `${String(ignoreCase)} ${pattern}`;
  let find = finders.get(key);
  if (find === undefined) {
    find = newFinder(pattern, ignoreCase);
    if (finders.size === MOST_FINDERS) finders.clear();
    finders.set(key, find);
  }
  return find;
}

function newFinder(pattern: string, ignoreCase: boolean): Find | null {
  const known = read(pattern, ignoreCase);
  if (known === null) return null;
  const effort = { left: EFFORT };
  const before = new Map<string, Found | null>();
  return (text) => {
    let found = before.get(text);
    if (found === undefined) {
      effort.left += EFFORT_A_TEXT;
      found = effort.left < 0 ? null : new Matching(text, effort).search(known.program, known.groups);
      before.set(text, found);
    }
    return found;
  };
}

function read(pattern: string, ignoreCase: boolean): { program: Program; groups: number } | null {
  if (pattern.length > LONGEST) return null;
  try {
    const { node, groups } = parse(pattern, ignoreCase);
    return { program: compiled(node), groups };
  } catch (error) {
    if (error instanceof PatternError) return null;
    throw error;
  }
}

/** The matching of one text. */
class Matching {
  readonly #codes: readonly number[];
  readonly #effort: Effort;

  constructor(text: string, effort: Effort) {
    this.#codes = Array.from(text.slice(0, FAR), (character) => character.codePointAt(0)!);
    this.#effort = effort;
  }

  search(program: Program, groups: number): Found | null {
    const seen = this.#unseen(program);
    for (let start = 0; start <= this.#codes.length && this.#effort.left >= 0; start += 1) {
      const slots = this.run(program, start, seen, groups);
      if (slots === null) continue;
      const text = (from: number, to: number) => String.fromCodePoint(...this.#codes.slice(from, to));
      const found = Array.from({ length: groups }, (_, i) => [slots[2 * i + 2]!, slots[2 * i + 3]!] as const);
      return {
        index: text(0, start).length,
        text: text(start, slots[1]!),
        groups: found.map(([from, to]) => (from < 0 || to < 0 ? null : text(from, to))),
      };
    }
    return null;
  }

  /**
   * Run a program from a place of the text on.
   *
   * @param seen what has failed before
   * @param end where it is to end; −1: anywhere
   * @returns where the whole and each group begin and end; null if it does not match
   */
  run(program: Program, start: number, seen = this.#unseen(program), groups = 0, end = -1): Int32Array | null {
    const width = this.#codes.length + 1;
    const slots = new Int32Array(2 * groups + 2).fill(-1);
    /** Where to go on if the way fails, or (below 0) what a slot was before. */
    const others = [0, start];
    while (others.length > 0) {
      let at = others.pop()!;
      let place = others.pop()!;
      if (place < 0) {
        slots[-1 - place] = at;
        continue;
      }
      for (;;) {
        const cell = place * width + at;
        if ((seen[cell >> 3]! & (1 << (cell & 7))) !== 0 || (this.#effort.left -= 1) < 0) break;
        seen[cell >> 3]! |= 1 << (cell & 7);
        const instruction = program[place]!;
        if (typeof instruction === "function") {
          if (at === width - 1 || !instruction(this.#codes[at]!)) break;
          at += 1;
        } else if (instruction === "match") {
          if (end >= 0 && at !== end) break;
          [slots[0], slots[1]] = [start, at];
          return slots;
        } else if (typeof instruction === "string") {
          if (!this.#stands(instruction, at)) break;
        } else if ("slot" in instruction) {
          const { slot } = instruction;
          if (slot < slots.length) {
            others.push(-1 - slot, slots[slot]!);
            slots[slot] = at;
          }
        } else if ("program" in instruction) {
          if (this.#looks(instruction.program, at, instruction.behind) === instruction.not) break;
        } else {
          if (instruction[1] !== instruction[0]) others.push(instruction[1], at);
          place = instruction[0];
          continue;
        }
        place += 1;
      }
    }
    return null;
  }

  /** Whether a program matches from here on, or up to here. */
  #looks(program: Program, at: number, behind: boolean): boolean {
    if (!behind) return this.run(program, at) !== null;
    for (let start = at; start >= 0; start -= 1) if (this.run(program, start, undefined, 0, at) !== null) return true;
    return false;
  }

  #stands(where: "begin" | "end" | "edge" | "no edge", at: number): boolean {
    const { length } = this.#codes;
    if (where === "begin") return at === 0;
    if (where === "end") return at === length || (at === length - 1 && this.#codes[at] === 10);
    const isEdge = (at > 0 && isWord(this.#codes[at - 1]!)) !== (at < length && isWord(this.#codes[at]!));
    return isEdge === (where === "edge");
  }

  #unseen(program: Program): Uint8Array {
    const bytes = Math.ceil((program.length * (this.#codes.length + 1)) / 8);
    this.#effort.left -= bytes >> 4;
    return new Uint8Array(this.#effort.left < 0 ? 0 : bytes);
  }
}
