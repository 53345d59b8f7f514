import { expect, it } from "vitest";
import { prColumns } from "../../src/pr-curves/panel";

it("one curve is no wider than one of several, however wide the room is", () => {
  const widths = [402, 556, 864, 1564].map((room) => prColumns(room, 1, null).width);
  expect(widths).toEqual([402, 268, 422, 376]);
  expect([prColumns(864, 3, null).count, prColumns(1564, 9, null).count]).toEqual([3, 4]);
  expect(prColumns(864, 1, 800).count).toBe(1);
});
