import { describe, expect, it } from "vitest";
import type { Scales } from "../../src/maths/scale";
import type { Line } from "../../src/panels/paint";
import { drawLine } from "../../src/panels/stroke";

const scales: Scales = { x: { from: 0, to: 10, log: false }, y: { from: 0, to: 10, log: false }, left: 0, top: 0, width: 10, height: 100 };

/** What a line of these points draws in a plot of this width: its polylines, bars and dots, in pixels. */
function drawn(points: readonly (readonly [number, number])[], { hole = null, alpha = 1, dash = [], pitch = 1, plot = 10 }: Partial<Line> & { plot?: number } = {}) {
  const lines: [number, number][][] = [];
  const bars: [x: number, y: number, width: number, height: number][] = [];
  const dots: [number, number][] = [];
  let path: [number, number][] = [];
  const context = {
    beginPath: () => (path = []),
    moveTo: (x: number, y: number) => path.push([x, y]),
    lineTo: (x: number, y: number) => path.push([x, y]),
    arc: (x: number, y: number) => dots.push([x, y]),
    stroke: () => path.length > 1 && lines.push(path),
    setLineDash: () => undefined,
    fillRect: (...bar: [number, number, number, number]) => bars.push(bar),
  };
  const kept = {
    indices: Uint32Array.from(points, (_, i) => i),
    values: Float64Array.from(points, ([, y]) => y),
    columns: Float64Array.from(points, ([x]) => Math.floor(x / pitch)),
  };
  const line: Line = { x: Float64Array.from(points, ([x]) => x), shift: 0, kept, hole, color: "#000000", width: 2, alpha, dash, head: null, pitch };
  drawLine(context as unknown as CanvasRenderingContext2D, line, { ...scales, width: plot });
  return { lines, bars, dots };
}

describe("a line", () => {
  it("goes through its points, and breaks at what is no number and where points were lost", () => {
    expect(drawn([[0, 1], [1, 2], [2, NaN], [3, 3], [4, 4]]).lines).toEqual([[[0, 90], [1, 80]], [[3, 70], [4, 60]]]);
    expect(drawn([[0, 1], [1, 2], [3, 3], [4, 4]], { hole: 1 }).lines).toEqual([[[0, 90], [1, 80]], [[3, 70], [4, 60]]]);
  });

  it("of one point alone is a dot", () => {
    const { lines, dots } = drawn([[0, 1], [1, 2], [2, NaN], [3, 3], [4, NaN]]);
    expect([lines.length, dots]).toEqual([2, [[3, 70]]]);
  });

  it("that is long is drawn in pieces that hang together, and in one where it shines through or is dashed", () => {
    const points = Array.from({ length: 60 }, (_, i) => [i / 6, i % 7] as const);
    const { lines } = drawn(points, { plot: 100 });
    expect(lines.length).toBeGreaterThan(2);
    for (const [n, piece] of lines.entries()) if (n > 0) expect(piece[0]).toEqual(lines[n - 1]!.at(-1));
    expect(lines.flat()).toHaveLength(60 + lines.length - 1);
    expect(drawn(points, { plot: 100, alpha: 0.3 }).lines).toHaveLength(1);
    expect(drawn(points, { plot: 100, dash: [3, 2] }).lines, "dashes go on").toHaveLength(1);
  });
});

describe("a line of which several points share a pixel", () => {
  /** Four points a pixel: up and down by `size`. */
  const dense = (size: number, value = (x: number) => x) =>
    Array.from({ length: 40 }, (_, i) => [i / 4, value(Math.floor(i / 4)) + [0, -size / 2, size / 2, 0][i % 4]!] as const);

  it("is a bar in each pixel column in which it goes up and down, from the lowest to the highest", () => {
    const { bars } = drawn(dense(2, () => 5));
    expect(bars).toHaveLength(10);
    expect(bars[3]).toEqual([3, 39, 2, 22]);
  });

  it("is a path where it hardly moves within a pixel", () => {
    const { lines, bars } = drawn(dense(0.01, () => 5));
    expect(bars).toEqual([]);
    expect(lines.flat()).toHaveLength(10);
  });

  it("hangs together where it jumps from one pixel to the next", () => {
    const { bars } = drawn(dense(0.01, (x) => (x < 5 ? 2 : 8)));
    expect(bars).toHaveLength(1);
    const [x, y, , height] = bars[0]!;
    expect(x).toBe(5);
    expect([y, y + height].map(Math.round)).toEqual([19, 81]);
  });

  it("has bars that do not overlap where it shines through", () => {
    expect(drawn(dense(2, () => 5), { alpha: 0.3 }).bars.map(([x, , width]) => [x, width])).toEqual(
      Array.from({ length: 10 }, (_, i) => [i, 1]),
    );
  });

  it.each([1, 0.3])("has bars without a gap where its columns are wide, opacity %d", (alpha) => {
    const { bars } = drawn(dense(2, () => 5), { alpha, pitch: 2 });
    expect(bars.map(([x, , width]) => [x, width])).toEqual(Array.from({ length: 5 }, (_, i) => [2 * i, 2]));
    expect(bars[3]).toEqual([6, 39, 2, 22]);
  });

  it("breaks at what is no number", () => {
    const { bars, lines } = drawn(dense(0.01, (x) => (x === 5 ? NaN : x < 5 ? 2 : 8)));
    expect(bars).toEqual([]);
    expect(lines).toHaveLength(2);
  });
});
