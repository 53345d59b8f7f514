import { expect, it } from "vitest";
import { boxOf, pictureColumns, tilesOf } from "../../src/images/tiles";

const columns = (room: number, cards: number, most: number) => pictureColumns(room, cards, most, null);

it("single pictures stand as charts do, pairs side by side, and more have the whole width", () => {
  expect(columns(880, 9, 1).count).toBe(3);
  expect(tilesOf(1, columns(880, 9, 1), null)).toMatchObject({ span: 1, inRow: 1, width: 280 });
  expect(columns(880, 9, 2).count).toBe(4);
  expect(tilesOf(2, columns(880, 9, 2), null)).toMatchObject({ span: 2, inRow: 2 });
  expect(tilesOf(20, columns(880, 9, 20), null)).toMatchObject({ span: 3, inRow: 5 });
});

it("pictures of a row are never narrower than they can be looked at, down to two in the narrowest view", () => {
  for (const room of [400, 600, 880, 1200, 1580]) {
    for (const count of [1, 2, 3, 7, 20]) {
      const own = columns(room, 3, count);
      const { inRow, width } = tilesOf(count, own, null);
      expect(width, `${count} in ${room}`).toBeGreaterThanOrEqual(inRow === 2 ? 140 : 150);
      expect(inRow * (width + 12) - 12).toBeLessThanOrEqual(room);
    }
  }
});

it("an enlarged card has larger pictures", () => {
  const own = columns(880, 9, 1);
  const [usual, large, full] = ([null, "large", "full"] as const).map((size) => tilesOf(1, own, size));
  expect([usual!.span, large!.span, full!.span]).toEqual([1, 2, 3]);
  expect(large!.height).toBeGreaterThan(usual!.height);
  expect(full!.height).toBeGreaterThan(large!.height);
});

it("all pictures of a card have one box, in which the largest fits just so", () => {
  const tiles = { span: 1, inRow: 2, width: 200, height: 180 };
  expect(boxOf([{ width: 28, height: 28 }, { width: 56, height: 14 }], tiles)).toEqual({ width: 168, height: 168 });
  expect(boxOf([{ width: 4000, height: 1000 }], tiles)).toEqual({ width: 200, height: 50 });
  expect(boxOf([{ width: 1, height: 2000 }], tiles), "a reason must have room").toEqual({ width: 64, height: 180 });
  expect(boxOf([], tiles).height, "and what is not known yet").toBeGreaterThan(48);
});
