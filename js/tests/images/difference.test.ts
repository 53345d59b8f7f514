import { expect, it } from "vitest";
import { differenceOf, LESS, MORE } from "../../src/images/difference";

const rgba = (...pixels: [number, number, number, number][]) => Uint8ClampedArray.from(pixels.flat());
const pixel = (all: Uint8ClampedArray, i: number) => [...all.subarray(4 * i, 4 * i + 3)];

it("where the first is brighter stands one colour, where the second is another, and grey where they are alike", () => {
  const first = rgba([200, 200, 200, 255], [10, 10, 10, 255], [7, 8, 9, 255], [60, 60, 60, 255]);
  const second = rgba([100, 100, 100, 255], [110, 110, 110, 255], [7, 8, 9, 255], [10, 10, 10, 255]);
  const { pixels, largest, mean, count } = differenceOf(first, second, "signed");
  expect(pixel(pixels, 0)).toEqual([...MORE]);
  expect(pixel(pixels, 1)).toEqual([...LESS]);
  expect(pixel(pixels, 2)).toEqual([128, 128, 128]);
  expect(pixel(pixels, 3)).toEqual(MORE.map((end) => Math.round(128 + (end - 128) / 2)));
  expect([Math.round(largest), Math.round(4 * mean), count]).toEqual([100, 250, 3]);
});

it("the size of a difference is that of the colour that differs most, however small all are", () => {
  const first = rgba([10, 20, 30, 255], [0, 0, 0, 255], [5, 5, 5, 253]);
  const second = rgba([10, 16, 29, 255], [0, 0, 0, 255], [5, 5, 5, 255]);
  const { pixels, largest, mean, count } = differenceOf(first, second, "absolute");
  expect([pixel(pixels, 0), pixel(pixels, 1), pixel(pixels, 2)]).toEqual([[255, 255, 255], [0, 0, 0], [128, 128, 128]]);
  expect([largest, mean, count]).toEqual([4, 2, 2]);
});

it("the same picture twice differs nowhere", () => {
  const one = rgba([1, 2, 3, 255], [4, 5, 6, 255]);
  expect(differenceOf(one, one, "absolute")).toMatchObject({ largest: 0, mean: 0, count: 0 });
  expect(pixel(differenceOf(one, one, "signed").pixels, 1)).toEqual([128, 128, 128]);
});
