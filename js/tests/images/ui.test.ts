import { expect, it } from "vitest";
import { readImagesUi } from "../../src/images/ui";

const USUAL = {
  side: "runs", brightness: 1, contrast: 1, trueSize: false, looks: {}, pairs: {}, difference: "signed",
};
const choice = (run: string, step: unknown, part: unknown = 0) => ({ run, step, part });

it("what a person set comes back as it was", () => {
  const set = {
    side: "steps", brightness: 2, contrast: 0.5, trueSize: true, difference: "absolute",
    looks: { a: { zoom: 2, x: 0.25, y: 0.75 } },
    pairs: { a: [choice("one", "shown"), choice("two", 40, 1)] },
  };
  expect(readImagesUi(JSON.parse(JSON.stringify(set)) as never)).toEqual(set);
  expect(readImagesUi({})).toEqual(USUAL);
});

it("what makes no sense is as if it had not been set", () => {
  const odd = {
    side: "both", brightness: "bright", contrast: NaN, trueSize: "yes", difference: null,
    looks: { a: { zoom: -1, x: 0, y: 0 }, b: null, c: { zoom: 2 } },
    pairs: { a: [choice("one", "shown")], b: [choice("one", "never"), choice("two", 1)], c: "ab", d: [null, null] },
  };
  expect(readImagesUi(odd)).toEqual(USUAL);
  expect(readImagesUi({ brightness: 1e9, contrast: -3 })).toMatchObject({ brightness: 8, contrast: 1 / 8 });
  expect(readImagesUi({ looks: "text", pairs: null })).toEqual(USUAL);
});

it("a tag may be called as what every object inherits", () => {
  const { looks } = readImagesUi(JSON.parse('{"looks": {"__proto__": {"zoom": 2, "x": 0, "y": 0}}}') as never);
  expect(Object.keys(looks)).toEqual(["__proto__"]);
  expect(Object.getPrototypeOf({})).not.toHaveProperty("zoom");
});
