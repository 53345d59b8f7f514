import { expect, it } from "vitest";
import { cellsOf, pairCells, type Recorded } from "../../src/images/cells";

/** Records of some steps, of which these many pictures each have come. */
function series(run: number, steps: readonly number[], parts: readonly (number | null)[] = steps.map(() => 1)): Recorded {
  return {
    run,
    attempt: 0,
    steps: Float64Array.from(steps),
    payload: (at) => (parts[at] == null ? null : { parts: Array.from({ length: parts[at] }) }),
  };
}

const shown = (cells: readonly { series: Recorded; at: number; part: number }[]) => cells.map(({ series, at, part }) => [series.run, at, part]);

const RUNS = [series(0, [0, 10, 20, 30]), series(1, [0, 15])];

it("runs stand side by side, each with what it had at the step", () => {
  expect(shown(cellsOf(RUNS, null, "runs", 6))).toEqual([[0, 3, 0], [1, 1, 0]]);
  expect(shown(cellsOf(RUNS, 12, "runs", 6))).toEqual([[0, 1, 0], [1, 0, 0]]);
});

it("steps of a run stand side by side up to the slider's, the first and the last among them", () => {
  expect(shown(cellsOf(RUNS, 25, "steps", 6))).toEqual([[0, 0, 0], [0, 1, 0], [0, 2, 0], [1, 0, 0], [1, 1, 0]]);
  const many = series(0, Array.from({ length: 100 }, (_, i) => i));
  expect(shown(cellsOf([many], null, "steps", 4)).map(([, at]) => at)).toEqual([0, 33, 66, 99]);
  expect(shown(cellsOf([many], null, "steps", 1)).map(([, at]) => at)).toEqual([99]);
});

it("all pictures of a step are there, and one place for those that have not come", () => {
  const one = series(0, [0, 10, 20], [3, null, 0]);
  expect(shown(cellsOf([one], 0, "runs", 6))).toEqual([[0, 0, 0], [0, 0, 1], [0, 0, 2]]);
  expect(shown(cellsOf([one], 10, "runs", 6))).toEqual([[0, 1, 0]]);
  expect(shown(cellsOf([one], 20, "runs", 6))).toEqual([[0, 2, 0]]);
});

it("a place keeps its key as the slider moves, so that what it holds stays until something else comes", () => {
  const keys = (step: number) => cellsOf(RUNS, step, "runs", 6).map(({ key }) => key);
  expect(keys(0)).toEqual(keys(30));
  const all = cellsOf(RUNS, null, "steps", 6).map(({ key }) => key);
  expect(new Set(all).size).toBe(all.length);
});

it("steps that are not known are not shown", () => {
  const one = series(0, [NaN, NaN, 40, 50]);
  expect(shown(cellsOf([one], null, "steps", 6))).toEqual([[0, 2, 0], [0, 3, 0]]);
  expect(shown(cellsOf([series(0, [NaN])], null, "runs", 6))).toEqual([[0, -1, 0]]);
});

it("of a pair each is taken at its own step", () => {
  const name = ({ run }: Recorded) => `run${run}`;
  const places = (first: object, second: object, step: number | null) =>
    pairCells(RUNS, [{ run: "run0", part: 0, step: "shown", ...first }, { run: "run0", part: 0, step: "shown", ...second }], step, name)?.map(({ at }) => at);
  expect(places({}, { step: "before" }, 20)).toEqual([2, 1]);
  expect(places({}, { step: "before" }, 0)).toEqual([0, 0]);
  expect(places({}, { step: "first" }, null)).toEqual([3, 0]);
  expect(places({ step: 10 }, { run: "run1" }, null)).toEqual([1, 1]);
  expect(places({}, { run: "hidden" }, null)).toBeUndefined();
});
