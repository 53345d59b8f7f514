import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Motion } from "../../src/panels/motion";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => setTimeout(draw, 16));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function motion() {
  const onRest = vi.fn();
  const moved = new Motion(onRest);
  const move = (wait: number) => {
    moved.move();
    vi.advanceTimersByTime(wait);
    return moved.goesOn;
  };
  return { moved, move, onRest };
}

describe("the motion of the axes", () => {
  it("goes on from the second move of a hand, and ends soon after the last", () => {
    const { moved, move, onRest } = motion();
    expect([move(100), move(100), move(100)]).toEqual([false, true, true]);
    expect(onRest).not.toHaveBeenCalled();
    vi.advanceTimersByTime(400);
    expect([moved.goesOn, onRest.mock.calls.length]).toEqual([false, 1]);
  });

  it("is none where single moves are far apart: these are drawn in full", () => {
    const { move, onRest } = motion();
    expect([move(1000), move(1000)]).toEqual([false, false]);
    expect(onRest).not.toHaveBeenCalled();
  });

  it("that was stopped ends in nothing", () => {
    const { moved, move, onRest } = motion();
    move(100);
    move(100);
    moved.stop();
    vi.advanceTimersByTime(1000);
    expect([moved.goesOn, onRest.mock.calls.length]).toEqual([false, 0]);
  });
});
