import { describe, expect, it } from "vitest";
import vectors from "../../../tests/vectors/against.json";
import { against, over } from "../../src/maths/against";
import type { Polyline } from "../../src/maths/polyline";

interface Given {
  x: (number | string)[];
  y: (number | string)[];
}

const line = ({ x, y }: Given): Polyline => ({ x: numbers(x), y: numbers(y) });
const numbers = (list: (number | string)[]) => Float64Array.from(list, (value) => Number(String(value).replace("inf", "Infinity")));

describe("a curve against others", () => {
  it.each(vectors.cases as ({ name: string } & Record<"curve" | "other" | "over" | "difference" | "ratio", Given>)[])(
    "agrees with Python: $name",
    (given) => {
      const [curve, other] = [line(given.curve), line(given.other)];
      const found = { over: over(curve, other), difference: against(curve, other, "difference"), ratio: against(curve, other, "ratio") };
      for (const name of ["over", "difference", "ratio"] as const) {
        const want = line(given[name]);
        for (const axis of ["x", "y"] as const) {
          expect(found[name][axis].length).toBe(want[axis].length);
          for (const [i, value] of want[axis].entries()) {
            if (Number.isFinite(value)) expect(Math.abs(found[name][axis][i]! - value)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value)));
            else expect(found[name][axis][i]).toBe(value);
          }
        }
      }
    },
  );
});
