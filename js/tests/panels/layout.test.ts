import { describe, expect, it } from "vitest";
import { columnsOf, placeOf } from "../../src/panels/layout";

describe("columns", () => {
  it("are as many as the room has, and no more than there are cards", () => {
    expect(columnsOf(900, 9, null)).toEqual({ count: 3, width: 286 });
    expect(columnsOf(900, 2, null)).toEqual({ count: 2, width: 440 });
  });

  it("are never narrower than a person wants the cards, but for one that has all the room", () => {
    expect(columnsOf(900, 9, 180).count).toBe(4);
    expect(columnsOf(900, 9, 480)).toEqual({ count: 1, width: 900 });
    expect(columnsOf(420, 9, 2000)).toEqual({ count: 1, width: 420 });
  });
});

describe("a card", () => {
  const columns = columnsOf(900, 9, null);

  it("that is enlarged takes four places, gaps included, and in one column is higher", () => {
    expect(placeOf("large", columns)).toEqual({ columns: 2, rows: 2, width: 592, height: 352 });
    expect(placeOf("large", columnsOf(420, 9, null))).toEqual({ columns: 1, rows: 2, width: 420, height: 352 });
  });

  it("can take the whole width", () => {
    expect(placeOf("full", columns)).toMatchObject({ columns: 3, width: 898 });
  });

  it("is higher where it is alone in its row", () => {
    expect([placeOf(null, columns).height, placeOf(null, columnsOf(420, 9, null)).height]).toEqual([156, 168]);
    expect(placeOf(null, columnsOf(900, 1, null)).height).toBe(220);
  });
});
