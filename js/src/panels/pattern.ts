/**
 * Regular expressions that come out of files: matched in a time that grows with pattern times text, whatever they are.
 *
 * JavaScript's own may take for ever over `(a+)+$`. Here all ways through a pattern are followed side by side (Thompson
 * 1968, as RE2 does it). Look-around, back-references and word boundaries cannot be had so.
 */

/** Characters of a pattern, and instructions that it may become. */
const LONGEST = 1000;
const MOST = 4000;
/** Repetitions that are written out: `x{m,n}`. */
const MOST_REPEATED = 200;
/** Characters of a text that are looked at. */
const FAR = 10_000;

type Test = (code: number) => boolean;

type Node =
  | { kind: "test"; test: Test }
  | { kind: "begin" | "end" | "empty" }
  | { kind: "all" | "any"; of: readonly Node[] }
  | { kind: "repeat"; of: Node; least: number; most: number };

/** One of: go on if the character passes; go on at both; at the beginning or end only; the text matches. */
type Instruction = Test | readonly [number, number] | "begin" | "end" | "match";

/** Steps that may still be made, one an instruction looked at; without any left nothing matches. */
export interface Effort {
  left: number;
}

/**
 * Return what tells whether a text's beginning matches, as Python's `re.match`; null for a pattern that is none, or
 * that cannot be matched in such a time.
 */
export function matchesBeginning(pattern: string, effort: Effort = { left: Infinity }): ((text: string) => boolean) | null {
  if (pattern.length > LONGEST) return null;
  if (/^[\w/ -]*$/.test(pattern)) return (text) => text.startsWith(pattern);
  try {
    const program = compiled(new Parser(pattern).parse());
    return (text) => run(program, text, effort);
  } catch (error) {
    if (error instanceof PatternError) return null;
    throw error;
  }
}

class PatternError extends Error {}

const NEVER: Test = () => false;
const isDigit: Test = (code) => code >= 48 && code <= 57;
const isWord: Test = (code) => /[\p{L}\p{N}_]/u.test(String.fromCodePoint(code));
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

class Parser {
  readonly #text: readonly string[];
  #at = 0;

  constructor(pattern: string) {
    this.#text = Array.from(pattern);
  }

  parse(): Node {
    const node = this.#any();
    if (this.#at < this.#text.length) throw new PatternError();
    return node;
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
    this.#take("?"); // fewer first: whether it matches is the same
    if (this.#span() !== null) throw new PatternError();
    return { kind: "repeat", of, least: span[0], most: span[1] };
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
        return { kind: "test", test: is(character) };
    }
  }

  #group(): Node {
    if (this.#take("?")) {
      const named = /^(?::|P<\w+>)/.exec(this.#text.slice(this.#at, this.#at + 60).join(""));
      if (named === null) throw new PatternError();
      this.#at += named[0].length;
    }
    const node = this.#any();
    if (!this.#take(")")) throw new PatternError();
    return node;
  }

  #escape(): Node {
    const character = this.#next();
    if (character === "A") return { kind: "begin" };
    return { kind: "test", test: CLASSES.get(character) ?? is(escaped(character)) };
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
        tests.push((code) => code >= low && code <= high);
      } else {
        tests.push(is(begin));
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

function is(character: string): Test {
  const wanted = character.codePointAt(0);
  return (code) => code === wanted;
}

/** The character that an escape stands for; letters and digits that stand for more are none of ours. */
function escaped(character: string): string {
  const control = CONTROLS.get(character);
  if (control !== undefined) return String.fromCodePoint(control);
  if (/[A-Za-z0-9]/.test(character)) throw new PatternError();
  return character;
}

function compiled(node: Node): readonly Instruction[] {
  const program: Instruction[] = [];
  emit(node, program);
  program.push("match");
  return program;
}

function emit(node: Node, program: Instruction[]): void {
  if (program.length > MOST) throw new PatternError();
  switch (node.kind) {
    case "test":
      program.push(node.test);
      return;
    case "begin":
    case "end":
      program.push(node.kind);
      return;
    case "empty":
      return;
    case "all":
      for (const one of node.of) emit(one, program);
      return;
    case "any":
      emitAny(node.of, program);
      return;
    case "repeat":
      for (let i = 0; i < node.least; i += 1) {
        const before = program.length;
        emit(node.of, program);
        if (program.length === before) break; // nothing, however often
      }
      if (node.most === Infinity) {
        const at = program.length;
        program.push(NEVER);
        emit(node.of, program);
        program.push([at, at]);
        program[at] = [at + 1, program.length];
      } else for (let i = node.least; i < node.most; i += 1) emitAny([node.of, { kind: "empty" }], program);
  }
}

function emitAny(of: readonly Node[], program: Instruction[]): void {
  const ends: number[] = [];
  of.forEach((one, i) => {
    if (i === of.length - 1) {
      emit(one, program);
      return;
    }
    const at = program.length;
    program.push(NEVER);
    emit(one, program);
    ends.push(program.length);
    program.push(NEVER);
    program[at] = [at + 1, program.length];
  });
  for (const end of ends) program[end] = [program.length, program.length];
}

/** Follow all ways at once: for each character the instructions that one may be at. */
function run(program: readonly Instruction[], text: string, effort: Effort): boolean {
  if (effort.left < 0) return false;
  const codes = Array.from(text.slice(0, FAR), (character) => character.codePointAt(0)!);
  const seen = new Int32Array(program.length).fill(-1);
  let now = [0];
  for (let at = 0; at <= codes.length && now.length > 0; at += 1) {
    const next: number[] = [];
    while (now.length > 0) {
      const place = now.pop()!;
      if (seen[place] === at) continue;
      seen[place] = at;
      if ((effort.left -= 1) < 0) return false;
      const instruction = program[place]!;
      if (instruction === "match") return true;
      if (instruction === "begin") {
        if (at === 0) now.push(place + 1);
      } else if (instruction === "end") {
        if (at === codes.length || (at === codes.length - 1 && codes[at] === 10)) now.push(place + 1);
      } else if (typeof instruction === "function") {
        if (at < codes.length && instruction(codes[at]!)) next.push(place + 1);
      } else {
        now.push(...instruction);
      }
    }
    now = next;
  }
  return false;
}
