import { describe, expect, test } from "vitest";
import { bodyOf, sourceOf } from "../../src/texts/body";
import { readable } from "../../src/texts/readable";

const bytes = (text: string) => new TextEncoder().encode(text);
const record = (texts: readonly string[], shape: readonly number[]) => ({ parts: texts.map(bytes), shape });

describe("bodyOf", () => {
  test("a scalar, and a tensor of one string, are a text", () => {
    expect(bodyOf(record(["a"], []))).toEqual({ rows: [["a"]], left: null });
    expect(bodyOf(record(["a"], [1]))).toEqual({ rows: [["a"]], left: null });
  });

  test("a vector is a column, a matrix a table", () => {
    expect(bodyOf(record(["a", "b"], [2])).rows).toEqual([["a"], ["b"]]);
    expect(bodyOf(record("abcdef".split(""), [2, 3])).rows).toEqual([["a", "b", "c"], ["d", "e", "f"]]);
  });

  test("of more than two dimensions the first table is shown, and said to be so", () => {
    const body = bodyOf(record("abcdefgh".split(""), [2, 2, 2]));
    expect(body).toEqual({ rows: [["a", "b"], ["c", "d"]], left: "the first 2 × 2 of 2 × 2 × 2 texts" });
  });

  test("a shape that is not that of the strings is not believed", () => {
    expect(bodyOf(record(["a", "b"], [1_000_000, 7])).rows).toEqual([["a"], ["b"]]);
    expect(bodyOf(record([], [0, 0]))).toEqual({ rows: [], left: null });
    expect(bodyOf(record(["a", "b"], [-1, -2])).rows).toEqual([["a"], ["b"]]);
    expect(bodyOf(record([], [3, 0])).rows).toEqual([]);
  });

  test("the source of a table has a line for each row", () => {
    expect(sourceOf(bodyOf(record(["a", "b", "c", "d"], [2, 2])))).toBe("a\tb\nc\td");
  });
});

test("what cannot be seen in a text is made visible, what joins letters stays", () => {
  expect(readable(bytes("a\r\nb\tc\rd"))).toBe("a\nb\tc\nd");
  expect(readable(bytes("\0\x1b[31mred\u202eder\u2066"))).toBe("\\0\\e[31mred\\u202eder\\u2066");
  expect(readable(bytes("👩‍🔬 می‌خواهم"))).toBe("👩‍🔬 می‌خواهم");
  expect(readable(new Uint8Array([0x61, 0xff, 0x62]))).toBe("a\ufffdb");
});
