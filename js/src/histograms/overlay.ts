/** Histograms over each other on one ground, the newest strongest. */
import { leftRoom, paintAxes, type Size } from "../figures/axes";
import type { Layer } from "../figures/layers";
import { heightAt, heightsOf, outlineOf, shareOf, TALLEST, type Heights } from "../maths/outline";
import { share, type Scales } from "../maths/scale";
import { valueTicks, type Ticks } from "../maths/ticks";
import { BOTTOM, RIGHT, TOP, X_TICK, Y_TICK } from "../panels/axes";
import type { CanvasLook } from "../panels/state";
import { strokeOutline, tracePeaks } from "./outline-path";
import { clipped, type DrawnRow } from "./ridge";
import { rowsOf, valuesOf, type Row } from "./rows";
import type { HistogramSettings } from "./settings";

export interface OverlayScene {
  settings: HistogramSettings;
  layers: readonly Layer[];
  scales: Scales;
  heights: Heights;
  /** The newest last. */
  rows: readonly DrawnRow[];
  xTicks: Ticks;
  yTicks: Ticks;
}

/** Of more lines none could be followed. */
const MOST = 40;

export function overlayScene(layers: readonly Layer[], settings: HistogramSettings, { width, height }: Size): OverlayScene {
  const rows = rowsOf(layers, settings.x, mostLines(layers.length));
  const x = valuesOf(rows, settings);
  const room = height - TOP - BOTTOM;
  // Heights are a matter of how wide the plot is, and its left edge of their labels: those of a first guess serve.
  const guess = heightsOf(rows.map(({ bins }) => outlineOf(bins, x, 0, width, settings.measure)), settings.measure, settings.log);
  const left = leftRoom(ticksOf(guess, room).labels);
  const plot = width - left - RIGHT;
  const outlines = rows.map(({ bins }) => outlineOf(bins, x, left, plot, settings.measure));
  const heights = heightsOf(outlines, settings.measure, settings.log);
  const [first, last] = [rows[0]?.time ?? 0, rows.at(-1)?.time ?? 1];
  const times = { from: first, to: last, log: false };
  const toneOf = ({ time }: Row) => (last > first ? share(times, time) : 1);
  const drawn = rows.map((row, i) => ({ ...row, outline: outlines[i]!, base: TOP + room, tone: toneOf(row) }));
  const scales = { x, y: axisOf(heights), left, top: TOP, width: plot, height: room };
  return { settings, layers, scales, heights, rows: drawn, xTicks: valueTicks(x, plot / X_TICK), yTicks: ticksOf(heights, room) };
}

export function mostLines(layers: number): number {
  return Math.max(2, Math.floor(MOST / Math.max(1, layers)));
}

function axisOf(heights: Heights) {
  return { from: heightAt(0, heights), to: heightAt(TALLEST, heights), log: heights.log };
}

function ticksOf(heights: Heights, room: number): Ticks {
  return valueTicks(axisOf(heights), room / Y_TICK);
}

/** Pixels above the ground. */
export function riseOf({ scales, heights }: OverlayScene): (height: number) => number {
  return (height) => (scales.height * shareOf(height, heights)) / TALLEST;
}

export function paintOverlay(context: CanvasRenderingContext2D, scene: OverlayScene, look: CanvasLook, colorOf: (layer: Layer) => string): void {
  paintAxes(context, scene.scales, scene.xTicks, scene.yTicks, look);
  clipped(context, scene.scales, () => paintLines(context, scene, look, colorOf));
}

function paintLines(context: CanvasRenderingContext2D, scene: OverlayScene, look: CanvasLook, colorOf: (layer: Layer) => string): void {
  const newest = new Map(scene.rows.map((row) => [row.layer, row]));
  for (const row of scene.rows) {
    const front = newest.get(row.layer) === row;
    paintLine(context, row, scene, look, {
      color: colorOf(row.layer),
      // Of several runs the fills would only mix.
      fill: front && scene.layers.length === 1 ? 0.16 : 0,
      line: front ? 1 : 0.15 + 0.4 * row.tone,
      width: front ? 1.75 : 1,
    });
  }
}

export interface LineLook {
  color: string;
  /** Opacities of the ground below the line, and of the line. */
  fill: number;
  line: number;
  width: number;
}

export function paintLine(context: CanvasRenderingContext2D, { outline, base, layer }: DrawnRow, scene: OverlayScene, look: CanvasLook, row: LineLook): void {
  const heightOf = riseOf(scene);
  const older = layer.older ? look.olderAlpha : 1;
  if (row.fill > 0) {
    context.beginPath();
    tracePeaks(context, outline, base, heightOf);
    context.globalAlpha = row.fill * older;
    context.fillStyle = row.color;
    context.fill();
  }
  context.globalAlpha = row.line * older;
  context.strokeStyle = row.color;
  context.lineWidth = row.width;
  context.lineJoin = "round";
  strokeOutline(context, outline, base, heightOf);
  context.globalAlpha = 1;
}
