import { describe, expect, it } from "vitest";
import { alignedBuffer, unpack, unpackInto } from "../../src/wire/decode";
import type { Column } from "../../src/wire/frame";

describe("columns", () => {
  it.each([
    [{ k: "f8", o: 8 }, /does not fit/],
    [{ k: "f8", o: 4 }, /does not fit/],
    [{ k: "f4", o: -4 }, /does not fit/],
    [{ k: "i8", o: 0 }, /known are seq/],
  ])("refuse what reaches beyond the buffer: %j", (column, message) => {
    expect(() => unpack(column as Column, 2, new ArrayBuffer(16))).toThrow(message);
  });

  it("take numbers from a message that begins at any byte", () => {
    const message = new Uint8Array(21);
    message.set(new Uint8Array(Float64Array.of(0.5, 2).buffer), 3);
    const buffer = alignedBuffer(new DataView(message.buffer, 3, 16));
    expect([...unpack({ k: "f8", o: 0 }, 2, buffer)]).toEqual([0.5, 2]);
  });
});

describe("a part of a column", () => {
  it.each([
    [{ k: "seq", a: 5, d: 2 }, [9, 11, 13]],
    [{ k: "f8", o: 0 }, [2, 3, 4]],
    [{ k: "t1", o: 40, a: 4, d: 4 }, [17, 22, 26].map((ticks) => ticks * 2 ** -22)],
  ])("is unpacked to where it is to stand: %j", (column, want) => {
    const buffer = new ArrayBuffer(48);
    new Float64Array(buffer, 0, 5).set([0, 1, 2, 3, 4]);
    new Uint8Array(buffer, 40, 5).set([0, 1, 0, 1, 0]);
    const out = new Float64Array(3);
    unpackInto(out, column as Column, 5, buffer, 2);
    expect([...out]).toEqual(want);
  });
});
