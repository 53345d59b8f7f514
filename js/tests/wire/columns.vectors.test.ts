import { expect, test } from "vitest";
import cases from "../../../tests/vectors/columns.json";
import { unpack } from "../../src/wire/decode";
import type { Column } from "../../src/wire/frame";

for (const { name, values, column, buffer } of cases) {
  test(`what Python packs is unpacked: ${name}`, () => {
    const bytes = Uint8Array.from(atob(buffer), (char) => char.charCodeAt(0));
    const want = values.map((value) => Number(value.replace("inf", "Infinity")));
    expect(Array.from(unpack(column as Column, want.length, bytes.buffer))).toEqual(want);
  });
}
