import { describe, expect, it } from "vitest";
import { endsRoom, placeEnds } from "../../src/panels/ends";
import type { Scales } from "../../src/maths/scale";

const scales: Scales = {
  x: { from: 0, to: 10, log: false },
  y: { from: 0, to: 1, log: false },
  left: 40,
  top: 6,
  width: 100,
  height: 130,
};
const end = (y: number, x = 10) => ({ x, y, color: "#000000", name: "" });

describe("the numbers at the ends of curves", () => {
  it("stand at their lines where there is room", () => {
    const placed = placeEnds([end(0.1), end(0.9)], scales);
    expect(placed.map(({ labelY, py }) => labelY - py)).toEqual([0, 0]);
    expect(placed.map(({ text }) => text)).toEqual(["0.900", "0.100"]);
  });

  it("are moved apart in the order of their lines, and stay in the plot", () => {
    for (const values of [[0.5, 0.501, 0.502], [0, 0.001, 0.002, 0.003], [1, 0.999, 0.998, 0.5]]) {
      const placed = placeEnds(values.map((y) => end(y)), scales);
      expect(placed.map(({ y }) => y)).toEqual(values.toSorted((a, b) => b - a));
      const at = placed.map(({ labelY }) => labelY);
      for (let i = 1; i < at.length; i++) expect(at[i]! - at[i - 1]!).toBeGreaterThanOrEqual(14.999);
      expect(Math.min(...at)).toBeGreaterThanOrEqual(6);
      expect(Math.max(...at)).toBeLessThanOrEqual(136);
    }
  });

  it("are left out where the end is out of sight or no number", () => {
    expect(placeEnds([end(2), end(NaN), end(0.5, 20)], scales)).toEqual([]);
  });
});

describe("the room for them", () => {
  const runs = (count: number) => Array.from({ length: count }, (_, i) => `run${i}`);

  it("is there for six numbers in an article and for twenty names in an enlarged card, else nowhere", () => {
    const article = { article: true, large: false };
    const large = { article: false, large: true };
    expect([endsRoom(runs(6), article), endsRoom(runs(7), article)]).toEqual([66, null]);
    expect(endsRoom(runs(20), large)).toBeGreaterThan(66);
    expect(endsRoom(runs(21), large)).toBeNull();
    expect(endsRoom(runs(3), { article: false, large: false })).toBeNull();
  });

  it("has an end, however long the names are", () => {
    expect(endsRoom(["x".repeat(10_000)], { article: false, large: true })).toBeLessThan(200);
  });
});
