/** How a regular expression is written: its text as a tree. */

/** Repetitions that are written out: `x{m,n}`. */
const MOST_REPEATED = 200;

export type Test = (code: number) => boolean;

export type Node =
  | { kind: "test"; test: Test }
  | { kind: "begin" | "end" | "empty" }
  | { kind: "edge"; not: boolean }
  | { kind: "all" | "any"; of: readonly Node[] }
  | { kind: "group"; of: Node; index: number }
  | { kind: "look"; of: Node; behind: boolean; not: boolean }
  | { kind: "repeat"; of: Node; least: number; most: number; lazy: boolean };

export interface Syntax {
  node: Node;
  groups: number;
}

/** The text is no regular expression, or one that is not to be had here. */
export class PatternError extends Error {}

const isDigit: Test = (code) => code >= 48 && code <= 57;
export const isWord: Test = (code) => /[\p{L}\p{N}_]/u.test(String.fromCodePoint(code));
const isSpace: Test = (code) => /\s/.test(String.fromCodePoint(code));
const isNoNewline: Test = (code) => code !== 10;
const CLASSES: ReadonlyMap<string, Test> = new Map([
  ["d", isDigit],
  ["w", isWord],
  ["s", isSpace],
  ["D", (code) => !isDigit(code)],
  ["W", (code) => !isWord(code)],
  ["S", (code) => !isSpace(code)],
]);

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ["n", 10],
  ["t", 9],
  ["r", 13],
  ["f", 12],
  ["v", 11],
]);

/** Read a pattern. */
export function parse(pattern: string, ignoreCase: boolean): Syntax {
  return new Parser(pattern, ignoreCase).parse();
}

class Parser {
  readonly #text: readonly string[];
  readonly #ignoreCase: boolean;
  #at = 0;
  #groups = 0;

  constructor(pattern: string, ignoreCase: boolean) {
    this.#text = Array.from(pattern);
    this.#ignoreCase = ignoreCase;
  }

  parse(): Syntax {
    const node = this.#any();
    if (this.#at < this.#text.length) throw new PatternError();
    return { node, groups: this.#groups };
  }

  #any(): Node {
    const of = [this.#all()];
    while (this.#take("|")) of.push(this.#all());
    return of.length === 1 ? of[0]! : { kind: "any", of };
  }

  #all(): Node {
    const of: Node[] = [];
    while (this.#at < this.#text.length && this.#text[this.#at] !== "|" && this.#text[this.#at] !== ")") of.push(this.#repeated());
    return { kind: "all", of };
  }

  #repeated(): Node {
    const of = this.#atom();
    const span = this.#span();
    if (span === null) return of;
    const lazy = this.#take("?");
    if (this.#span() !== null) throw new PatternError();
    return { kind: "repeat", of, least: span[0], most: span[1], lazy };
  }

  /** How often the atom before is to come, if that is said here. */
  #span(): readonly [number, number] | null {
    if (this.#take("*")) return [0, Infinity];
    if (this.#take("+")) return [1, Infinity];
    if (this.#take("?")) return [0, 1];
    const counted = /^\{(\d*)(,?)(\d*)\}/.exec(this.#text.slice(this.#at, this.#at + 12).join(""));
    if (counted === null || counted[0] === "{}") return null;
    this.#at += counted[0].length;
    const least = Number(counted[1]);
    const most = counted[2] === "" ? least : counted[3] === "" ? Infinity : Number(counted[3]);
    if (Math.max(least, Number.isFinite(most) ? most : 0) > MOST_REPEATED || least > most) throw new PatternError();
    return [least, most];
  }

  #atom(): Node {
    const character = this.#next();
    switch (character) {
      case "(":
        return this.#group();
      case "[":
        return { kind: "test", test: this.#set() };
      case ".":
        return { kind: "test", test: isNoNewline };
      case "^":
        return { kind: "begin" };
      case "$":
        return { kind: "end" };
      case "\\":
        return this.#escape();
      case "*":
      case "+":
      case "?":
        throw new PatternError();
      default:
        return { kind: "test", test: this.#is(character) };
    }
  }

  #group(): Node {
    const look = this.#take("?") ? this.#lookOrName() : "group";
    // Groups are counted where they begin.
    const index = look === "group" ? (this.#groups += 1) : 0;
    const of = this.#any();
    if (!this.#take(")")) throw new PatternError();
    if (look === "group") return { kind: "group", of, index };
    return look === "" ? of : { kind: "look", of, behind: look.startsWith("<"), not: look.endsWith("!") };
  }

  /** What stands behind "(?": a sign of looking around, the name of a group, or nothing but a bracket. */
  #lookOrName(): "group" | "" | "=" | "!" | "<=" | "<!" {
    const rest = this.#text.slice(this.#at, this.#at + 60).join("");
    const [all, sign] = /^(?:(:|<?[=!])|P?<\w+>)/.exec(rest) ?? [];
    if (all === undefined) throw new PatternError();
    this.#at += Array.from(all).length;
    if (sign === undefined) return "group";
    return sign === ":" ? "" : (sign as "=" | "!" | "<=" | "<!");
  }

  #escape(): Node {
    const character = this.#next();
    if (character === "A") return { kind: "begin" };
    if (character === "b" || character === "B") return { kind: "edge", not: character === "B" };
    const test = CLASSES.get(character);
    return { kind: "test", test: test ?? this.#is(escaped(character)) };
  }

  #is(character: string): Test {
    const wanted = character.codePointAt(0)!;
    return this.#folded((code) => code === wanted);
  }

  /** The same test of a character in upper and lower case, where that makes no difference. */
  #folded(test: Test): Test {
    return this.#ignoreCase ? (code) => test(code) || othersOf(code).some(test) : test;
  }

  #set(): Test {
    const not = this.#take("^");
    const tests: Test[] = [];
    for (let first = true; first || this.#text[this.#at] !== "]"; first = false) {
      const begin = this.#member();
      if (typeof begin !== "string") {
        tests.push(begin);
      } else if (this.#text[this.#at] === "-" && this.#text[this.#at + 1] !== "]") {
        this.#at += 1;
        const end = this.#member();
        if (typeof end !== "string" || end.codePointAt(0)! < begin.codePointAt(0)!) throw new PatternError();
        const [low, high] = [begin.codePointAt(0)!, end.codePointAt(0)!];
        tests.push(this.#folded((code) => code >= low && code <= high));
      } else {
        tests.push(this.#is(begin));
      }
    }
    this.#at += 1;
    return (code) => tests.some((test) => test(code)) !== not;
  }

  /** A character of a set, or a class of them. */
  #member(): string | Test {
    const character = this.#next();
    if (character !== "\\") return character;
    const next = this.#next();
    return CLASSES.get(next) ?? escaped(next);
  }

  #next(): string {
    const character = this.#text[this.#at];
    if (character === undefined) throw new PatternError();
    this.#at += 1;
    return character;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }
}

/** A character in the other case; it itself where it has none. */
function othersOf(code: number): number[] {
  if (code < 128) return [code >= 65 && code <= 90 ? code + 32 : code >= 97 && code <= 122 ? code - 32 : code];
  const character = String.fromCodePoint(code);
  return [character.toLowerCase(), character.toUpperCase()].filter((one) => Array.from(one).length === 1).map((one) => one.codePointAt(0)!);
}

/** The character that an escape stands for; letters and digits that stand for more are none of ours. */
function escaped(character: string): string {
  const control = CONTROLS.get(character);
  if (control !== undefined) return String.fromCodePoint(control);
  if (/[A-Za-z0-9]/.test(character)) throw new PatternError();
  return character;
}
