import { describe, expect, test } from "vitest";
import { difference, folded, type DiffLine } from "../../src/texts/diff";
import { edits } from "../../src/texts/edits";

/** Numbers that look random and are the same in every run. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    yield state / 2 ** 31;
  }
}

/** Length of the longest sequence that both have, by the plain table. */
function common(before: readonly string[], after: readonly string[]): number {
  const rows = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let i = 1; i <= before.length; i++) {
    for (let j = 1; j <= after.length; j++) {
      const alike = before[i - 1] === after[j - 1];
      rows[i]![j] = alike ? rows[i - 1]![j - 1]! + 1 : Math.max(rows[i - 1]![j]!, rows[i]![j - 1]!);
    }
  }
  return rows[before.length]![after.length]!;
}

describe("edits", () => {
  test("both sequences can be read from them, and there are no fewer", () => {
    const random = numbers(7);
    for (let trial = 0; trial < 500; trial++) {
      const letters = () => Array.from({ length: Math.floor(random.next().value * 12) }, () => "abc"[Math.floor(random.next().value * 3)]!);
      const [before, after] = [letters(), letters()];
      const found = edits(before, after, 100);
      expect(found.filter(({ mark }) => mark !== "inserted").map(({ item }) => item)).toEqual(before);
      expect(found.filter(({ mark }) => mark !== "deleted").map(({ item }) => item)).toEqual(after);
      expect(found.filter(({ mark }) => mark === "same").length).toBe(common(before, after));
    }
  });

  test("where more has changed than is looked for, what both have at their ends stays", () => {
    const found = edits("a123z".split(""), "a45123z".split(""), 1);
    expect(found.map(({ mark, item }) => `${mark[0]}${item}`).join(" ")).toBe("sa i4 i5 s1 s2 s3 sz");
    const more = edits("a1b2z".split(""), "a3b4z".split(""), 1);
    expect(more.map(({ mark, item }) => `${mark[0]}${item}`).join(" ")).toBe("sa d1 db d2 i3 ib i4 sz");
  });

  test("sequences that have nothing alike cost no more than the bound", () => {
    const before = Array.from({ length: 20_000 }, (_, i) => `a${i}`);
    const after = Array.from({ length: 20_000 }, (_, i) => `b${i}`);
    const began = performance.now();
    expect(edits(before, after, 1000)).toHaveLength(40_000);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

const SIGNS = { same: " ", deleted: "-", inserted: "+" };
const shown = ({ mark, pieces }: DiffLine) =>
  SIGNS[mark] + pieces.map((piece) => (piece.mark === "same" || pieces.length === 1 ? piece.text : `[${piece.text}]`)).join("");

describe("difference", () => {
  test("lines that took each other's place tell which of their words differ", () => {
    const lines = difference("# Epoch 1\nloss 0.52, good\nend", "# Epoch 2\nloss 0.41, good\nend");
    expect(lines?.map(shown)).toEqual(["-# Epoch [1]", "-loss 0.[52], good", "+# Epoch [2]", "+loss 0.[41], good", " end"]);
  });

  test("lines that have little alike are told apart as wholes", () => {
    expect(difference("the cat sat", "a dog ran off")?.map(shown)).toEqual(["-the cat sat", "+a dog ran off"]);
  });

  test("texts that are too long are not compared", () => {
    expect(difference("a".repeat(300_000), "b".repeat(300_000))).toBeNull();
  });

  test("lines alike and far from a change are folded", () => {
    const before = Array.from({ length: 20 }, (_, i) => `line ${i}`);
    const after = before.with(10, "something else");
    const rows = folded(difference(before.join("\n"), after.join("\n"))!);
    expect(rows.map((row) => ("skipped" in row ? row.skipped : shown(row)))).toEqual([
      8, " line 8", " line 9", "-line 10", "+something else", " line 11", " line 12", 7,
    ]);
    expect(folded(difference("a\nb", "a\nb")!)).toEqual([{ skipped: 2 }]);
  });
});
