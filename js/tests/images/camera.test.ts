import { expect, it } from "vitest";
import { atScale, fittingScale, moved, placed, WHOLE, zoomed } from "../../src/images/camera";

const BOX = { width: 280, height: 200 };
const DIGIT = { width: 28, height: 28 };
const PHOTO = { width: 1400, height: 1000 };

it("a small picture fits in whole multiples of its pixels, a large one as it must", () => {
  expect(fittingScale(DIGIT, BOX)).toBe(7);
  expect(fittingScale(PHOTO, BOX)).toBe(0.2);
  expect(placed(WHOLE, DIGIT, BOX)).toEqual({ left: 42, top: 2, width: 196, height: 196, scale: 7 });
});

it("what is under the pointer stays there as one zooms", () => {
  const at = { x: 100, y: 60 };
  const share = (look: typeof WHOLE) => {
    const { left, top, width, height } = placed(look, PHOTO, BOX);
    return [(at.x - left) / width, (at.y - top) / height];
  };
  const look = zoomed(WHOLE, 4, at, PHOTO, BOX);
  expect(look.zoom).toBe(4);
  const [before, after] = [share(WHOLE), share(look)];
  expect(after[0]).toBeCloseTo(before[0]!);
  expect(after[1]).toBeCloseTo(before[1]!);
});

it("no part of the box is left empty that a picture can fill, and it comes back to where it was", () => {
  const close = zoomed(WHOLE, 4, { x: 0, y: 0 }, PHOTO, BOX);
  const away = moved(close, { x: 1e6, y: -1e6 }, PHOTO, BOX);
  const { left, top, width, height } = placed(away, PHOTO, BOX);
  expect([left, top + height]).toEqual([0, BOX.height]);
  expect([width, height]).toEqual([1120, 800]);
  expect(zoomed(away, 1e-3, { x: 10, y: 10 }, PHOTO, BOX)).toEqual(WHOLE);
});

it("true size is one CSS pixel a pixel, also for a picture that has to be made smaller than it fits", () => {
  expect(placed(atScale(WHOLE, 1, PHOTO, BOX), PHOTO, BOX)).toMatchObject({ width: 1400, scale: 1 });
  expect(placed(atScale(WHOLE, 1, DIGIT, BOX), DIGIT, BOX)).toMatchObject({ left: 126, top: 86, scale: 1 });
});

it("one look shows the same part of pictures of different sizes", () => {
  const look = zoomed(WHOLE, 4, { x: 20, y: 20 }, PHOTO, BOX);
  const half = { width: 700, height: 500 };
  const [one, other] = [placed(look, PHOTO, BOX), placed(look, half, BOX)];
  expect([other.left, other.top, other.width]).toEqual([one.left, one.top, one.width]);
});

it("a pixel does not grow without an end", () => {
  expect(placed(zoomed(WHOLE, 1e9, { x: 0, y: 0 }, DIGIT, BOX), DIGIT, BOX).scale).toBe(96);
});
