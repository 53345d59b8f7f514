import { expect, it } from "vitest";
import { Staying } from "../../src/media/staying";

/** Records of which these have come. */
const series = (...here: number[]) => ({ here, payload: (at: number) => (here.includes(at) ? {} : null) });

it("what is here shows, and stays while what is wanted in its place is coming", () => {
  const staying = new Staying();
  const one = series(5, 2);
  expect(staying.at("a", one, 5, "here")).toBe(5);
  expect([3, 1, 0].map((at) => staying.at("a", one, at, "coming"))).toEqual([5, 5, 5]);
  expect(staying.at("a", one, 2, "here")).toBe(2);
  expect(staying.at("a", one, 4, "coming")).toBe(2);
});

it("where nothing showed before, the last that has come before it does, if there is one", () => {
  expect(new Staying().at("a", series(5, 2), 4, "coming")).toBe(2);
  expect(new Staying().at("a", series(5), 4, "coming")).toBe(4);
});

it("what is in no saved view is not stood in for, nor is another series, nor what has been let go of", () => {
  const staying = new Staying();
  const one = series(1, 5);
  staying.at("a", one, 5, "here");
  expect(staying.at("a", one, 0, "absent")).toBe(0);
  staying.at("a", one, 5, "here");
  one.here.pop();
  expect(staying.at("a", one, 3, "coming")).toBe(1);
  expect(staying.at("a", series(), 3, "coming")).toBe(3);
});
