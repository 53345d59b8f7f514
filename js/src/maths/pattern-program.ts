/** A regular expression as instructions. */
import { PatternError, type Node, type Test } from "./pattern-syntax";

/** Instructions that a pattern may become. */
const MOST = 4000;

/**
 * One of: go on if the character passes; go on at the first or else at the second; at the beginning, the end, the edge
 * of a word only; note where we are; only if another program matches around here; the text matches.
 */
export type Instruction =
  | Test
  | readonly [number, number]
  | "begin"
  | "end"
  | "edge"
  | "no edge"
  | { slot: number }
  | { program: Program; behind: boolean; not: boolean }
  | "match";

export type Program = readonly Instruction[];

const NEVER: Test = () => false;

export function compiled(node: Node): Program {
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
    case "edge":
      program.push(node.not ? "no edge" : "edge");
      return;
    case "empty":
      return;
    case "all":
      for (const one of node.of) emit(one, program);
      return;
    case "any":
      emitAny(node.of, program);
      return;
    case "group":
      program.push({ slot: 2 * node.index });
      emit(node.of, program);
      program.push({ slot: 2 * node.index + 1 });
      return;
    case "look":
      program.push({ program: compiled(node.of), behind: node.behind, not: node.not });
      return;
    case "repeat":
      emitRepeat(node, program);
  }
}

function emitRepeat({ of, least, most, lazy }: Node & { kind: "repeat" }, program: Instruction[]): void {
  for (let i = 0; i < least; i += 1) {
    const before = program.length;
    emit(of, program);
    if (program.length === before) break; // nothing, however often
  }
  if (most === Infinity) {
    const at = program.length;
    program.push(NEVER);
    emit(of, program);
    program.push([at, at]);
    program[at] = lazy ? [program.length, at + 1] : [at + 1, program.length];
    return;
  }
  // Each further one only after the one before.
  const ends: number[] = [];
  for (let i = least; i < most; i += 1) {
    ends.push(program.length);
    program.push(NEVER);
    const before = program.length;
    emit(of, program);
    if (program.length === before) break;
  }
  for (const at of ends) program[at] = lazy ? [program.length, at + 1] : [at + 1, program.length];
}

/** One of several, the first that is found. */
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
