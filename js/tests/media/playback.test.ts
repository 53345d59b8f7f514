import { expect, it } from "vitest";
import { Playback } from "../../src/media/playback";

const RATE = 10;

/** Frames of 16 ms up to an end, and what is shown at each. */
function walk(playback: Playback, from: number, last: number, until: number, waits: (at: number, time: number) => boolean = () => false) {
  const shown: [number, number][] = [];
  let at = from;
  for (let time = 0; time <= until; time += 16) {
    const next = playback.tick(time, { rate: RATE, at, last, waits: waits(at, time) });
    if (next === "end") return { shown, ended: time };
    if (next !== null) shown.push([(at = next), time]);
  }
  return { shown, ended: null };
}

it("each step is shown for its time, and the walk ends at the last one", () => {
  const { shown, ended } = walk(new Playback(), 0, 3, 1000);
  expect(shown.map(([at]) => at)).toEqual([1, 2, 3]);
  expect(shown[1]![1] - shown[0]![1]).toBeGreaterThanOrEqual(1000 / RATE);
  expect(ended).toBe(shown[2]![1] + 16);
});

it("a step that is coming is waited for, and shown for its whole time from then on", () => {
  const { shown } = walk(new Playback(), 0, 2, 2000, (at, time) => at === 1 && time < 800);
  expect(shown[1]![1]).toBeGreaterThanOrEqual(800 + 1000 / RATE - 16);
});

it("what never comes does not stop the walk", () => {
  const { shown } = walk(new Playback(), 0, 1, 5000, () => true);
  expect(shown).toHaveLength(1);
  expect(shown[0]![1]).toBeGreaterThanOrEqual(2000);
});

it("a step that a person goes to is shown for its whole time", () => {
  const playback = new Playback();
  expect(playback.tick(0, { rate: RATE, at: 0, last: 9, waits: false })).toBeNull();
  expect(playback.tick(96, { rate: RATE, at: 5, last: 9, waits: false })).toBeNull();
  expect(playback.tick(180, { rate: RATE, at: 5, last: 9, waits: false })).toBeNull();
  expect(playback.tick(200, { rate: RATE, at: 5, last: 9, waits: false })).toBe(6);
});
