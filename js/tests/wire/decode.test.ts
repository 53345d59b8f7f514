import { describe, expect, it } from "vitest";
import { alignedBuffer, unpack } from "../../src/wire/decode";
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
