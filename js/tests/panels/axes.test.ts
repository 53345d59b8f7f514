import { render } from "preact";
import { expect, it } from "vitest";
import { Axes, leftRoom, type FrameState } from "../../src/panels/axes";

const look = { font: "serif", text: "#111111", grid: "#eeeeee", baseline: "#cccccc" };
const state: FrameState = {
  width: 200,
  height: 126,
  left: 40,
  right: 10,
  x: { from: 0, to: 100, log: false },
  y: { from: 1, to: 100, log: true },
  xTicks: { values: [0, 50, 100], labels: ["0", "50", "100"] },
  yTicks: { values: [1, 10, 100], labels: ["1", "10", "100"] },
  look,
};

function drawn(shown: FrameState): { labels: (string | null)[]; at: (axis: "x" | "y") => number[] } {
  const place = document.createElement("div");
  render(Axes(shown), place);
  const labels = [...place.querySelectorAll("text")];
  const at = (axis: "x" | "y") => [...place.querySelectorAll(`.${axis}tick text`)].map((label) => Number(label.getAttribute(axis)));
  return { labels: labels.map(({ textContent }) => textContent), at };
}

it("labels stand at the values that they tell, on linear and on logarithmic axes", () => {
  const { labels, at } = drawn(state);
  expect(labels).toEqual(["0", "50", "100", "1", "10", "100"]);
  expect(at("x")).toEqual([40, 115, 190]);
  const [bottom, middle, top] = at("y") as [number, number, number];
  expect(bottom - middle).toBeCloseTo(50);
  expect(middle - top).toBeCloseTo(50);
});

it("a label of x that the chart's edge would cut off is left out", () => {
  const long = { ...state.xTicks, labels: ["0", "50", "100 million"] };
  expect(drawn({ ...state, xTicks: long }).labels).toEqual(["0", "50", "1", "10", "100"]);
});

it("long labels of y have more room", () => {
  const wide = { ...state.yTicks, labels: ["1.0e−12", "1", "10"] };
  expect(leftRoom(wide)).toBeGreaterThan(leftRoom(state.yTicks));
});
