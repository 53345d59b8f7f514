/** Histograms one behind the other, the newest in front. */
import { leftRoom, paintFoot, paintLevels, tickFont, type Size } from "../figures/axes";
import type { Layer } from "../figures/layers";
import { heightsOf, outlineOf, shareOf, type Heights, type Outline } from "../maths/outline";
import { share, toX, type Axis, type Scales } from "../maths/scale";
import { valueTicks, type Ticks } from "../maths/ticks";
import { BOTTOM, RIGHT, TOP, X_TICK } from "../panels/axes";
import type { CanvasLook } from "../panels/state";
import { strokeOutline, tracePeaks } from "./outline-path";
import { rowsOf, timeText, valuesOf, type Row } from "./rows";
import type { HistogramSettings } from "./settings";

export interface DrawnRow extends Row {
  outline: Outline;
  /** Where its ground is, pixels from the top. */
  base: number;
  /** 0 for the oldest, 1 for the newest. */
  tone: number;
}

export interface RidgeScene {
  settings: HistogramSettings;
  layers: readonly Layer[];
  scales: Scales;
  times: Axis;
  heights: Heights;
  /** Of the peak, pixels. */
  rise: number;
  /** The furthest behind first. */
  rows: readonly DrawnRow[];
  ticks: Ticks;
}

/** Rows stand at least so far apart, pixels. */
const APART = 5;
/** Share of the plot that the peak of the row furthest behind may take; of few rows more. */
const RISE = 0.34;
const LABEL = 16;
/** Rows of several runs are so much fainter, that all are seen. */
const TOGETHER = 0.3;

export function ridgeScene(layers: readonly Layer[], settings: HistogramSettings, { width, height }: Size): RidgeScene {
  const room = height - TOP - BOTTOM;
  const rows = rowsOf(layers, settings.x, mostRows(height, layers.length));
  const rise = room * Math.max(RISE, Math.min(0.9, 1.2 / Math.max(1, new Set(rows.map(({ time }) => time)).size)));
  const times = { from: rows[0]?.time ?? 0, to: rows.at(-1)?.time ?? 1, log: false };
  const left = leftRoom(rows.map((row) => timeText(row, settings.x)));
  const x = valuesOf(rows, settings);
  const scales = { x, y: { from: 0, to: 1, log: false }, left, top: TOP, width: width - left - RIGHT, height: room };
  const scene = { settings, layers, scales, times, rise, ticks: valueTicks(x, scales.width / X_TICK) };
  const drawn = rows.map((row) => placed(row, scene));
  return { ...scene, rows: drawn, heights: heightsOf(drawn.map(({ outline }) => outline), settings.measure, settings.log) };
}

/** Rows of a layer for which a plot of a height has room. */
export function mostRows(height: number, layers: number): number {
  return Math.max(6, Math.floor(((height - TOP - BOTTOM) * (1 - RISE)) / APART / Math.sqrt(Math.max(1, layers))));
}

/** A row where it stands in a scene. */
export function placed(row: Row, { scales, times, rise, settings }: Omit<RidgeScene, "rows" | "heights">): DrawnRow {
  const { left, top, width, height, x } = scales;
  const tone = times.to > times.from ? Math.max(0, Math.min(1, share(times, row.time))) : 1;
  return { ...row, outline: outlineOf(row.bins, x, left, width, settings.measure), base: top + rise + tone * (height - rise), tone };
}

export function paintRidge(context: CanvasRenderingContext2D, scene: RidgeScene, look: CanvasLook, colorOf: (layer: Layer) => string): void {
  const { scales, rows, ticks, settings } = scene;
  const labelled = labelledRows(rows);
  paintLevels(context, scales, labelled.map(({ base }) => base), labelled.map((row) => timeText(row, settings.x)), look);
  paintFoot(context, scales, ticks, look);
  paintZero(context, scales, look);
  clipped(context, scales, () => {
    for (const moment of moments(rows)) {
      paintMoment(context, moment, scene, look, ({ layer, tone }) => ({ color: colorOf(layer), fill: 0.3 + 0.6 * tone, edge: look.ground, width: 1 }));
    }
  });
}

export interface RowLook {
  color: string;
  /** Opacity. */
  fill: number;
  /** The outline's colour and width. */
  edge: string;
  width: number;
}

type Ground = Pick<RidgeScene, "heights" | "rise">;

/** Paint what must not leave the plot at its sides. */
export function clipped(context: CanvasRenderingContext2D, { left, width, top, height }: Scales, paint: () => void): void {
  context.save();
  context.beginPath();
  // A spike may rise above the plot.
  context.rect(left, 0, width + 1, top + height + 1);
  context.clip();
  paint();
  context.restore();
}

/** Rows at one time, which let each other through and hide what is behind them all. */
export function paintMoment(
  context: CanvasRenderingContext2D,
  rows: readonly DrawnRow[],
  scene: Ground,
  look: CanvasLook,
  lookOf: (row: DrawnRow) => RowLook,
): void {
  for (const row of rows) paintGround(context, row, scene, look);
  for (const row of rows) {
    const own = lookOf(row);
    paintRow(context, row, rows.length === 1 ? own : { ...own, fill: own.fill * TOGETHER, edge: own.color }, scene, look);
  }
}

function paintGround(context: CanvasRenderingContext2D, { outline, base }: DrawnRow, { heights, rise }: Ground, look: CanvasLook): void {
  context.beginPath();
  tracePeaks(context, outline, base, (height) => rise * shareOf(height, heights));
  context.fillStyle = look.ground;
  context.fill();
}

function paintRow(context: CanvasRenderingContext2D, { outline, base, layer }: DrawnRow, { color, fill, edge, width }: RowLook, { heights, rise }: Ground, look: CanvasLook): void {
  const heightOf = (height: number) => rise * shareOf(height, heights);
  context.beginPath();
  tracePeaks(context, outline, base, heightOf);
  context.globalAlpha = layer.older ? fill * look.olderAlpha : fill;
  context.fillStyle = color;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = edge;
  context.lineWidth = width;
  strokeOutline(context, outline, base, heightOf);
}

/** Rows of one time together. */
function moments(rows: readonly DrawnRow[]): DrawnRow[][] {
  const found: DrawnRow[][] = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last?.[0]?.time === row.time) last.push(row);
    else found.push([row]);
  }
  return found;
}

/** A fine line where x is 0, if that is in sight. */
export function paintZero(context: CanvasRenderingContext2D, scales: Scales, look: CanvasLook): void {
  if (scales.x.from >= 0 || scales.x.to <= 0) return;
  context.fillStyle = look.grid;
  context.fillRect(Math.round(toX(scales, 0)), scales.top, 1, scales.height);
}

/** From the newest back, as many as can be labelled. */
function labelledRows(rows: readonly DrawnRow[]): DrawnRow[] {
  const labelled: DrawnRow[] = [];
  for (const row of rows.toReversed()) {
    const below = labelled.at(-1);
    if (below === undefined || below.base - row.base >= LABEL) labelled.push(row);
  }
  return labelled;
}

/** The label of a row that is lit, on the ground so that it covers the others. */
export function paintRowLabel(context: CanvasRenderingContext2D, text: string, base: number, { left }: Scales, look: CanvasLook): void {
  context.font = `600 ${tickFont(look)}`;
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.fillStyle = look.ground;
  context.fillRect(0, base - 8, left - 2, 16);
  context.fillStyle = look.text;
  context.fillText(text, left - 6, Math.round(base) + 0.5);
}
