/** Curves of precision over recall at a step: what is drawn of a tag, and where. */
import { leftRoom, paintAxes, type Size } from "../figures/axes";
import type { Layer } from "../figures/layers";
import type { ArrowKey } from "../figures/plate";
import { areaUnder, averagePrecision, prCurveOf, type PrCurve } from "../maths/pr-curve";
import { toX, toY, type Scales } from "../maths/scale";
import { valueTicks, type Ticks } from "../maths/ticks";
import { placeOf } from "../media/steps";
import { BOTTOM, RIGHT, TOP, X_TICK, Y_TICK } from "../panels/axes";
import type { CanvasLook } from "../panels/state";
import type { Payload } from "../store/media-series";

export interface DrawnCurve extends PrCurve {
  layer: Layer;
  at: number;
  step: number;
  wall: number;
  area: number;
  average: number;
}

export interface PrScene {
  scales: Scales;
  xTicks: Ticks;
  yTicks: Ticks;
  curves: readonly DrawnCurve[];
  /** Layers whose curve at the step is not here; while it is coming an older one may be drawn. */
  missing: readonly Layer[];
}

/** A point of a curve; `layer` is told by its series, as layers are made anew. */
export interface PrSpot {
  layer: Layer;
  /** Number of the threshold. */
  index: number;
}

const WHOLE = { from: 0, to: 1, log: false };

/** The curve of a layer at a step (null: the newest), and whether it is here. */
export function placeAt({ series }: Layer, step: number | null): number {
  return placeOf(series.steps, step);
}

const known = new WeakMap<Payload, PrCurve & { area: number; average: number }>();

function curveOf(payload: Payload): (PrCurve & { area: number; average: number }) | null {
  const before = known.get(payload);
  if (before !== undefined) return before;
  const curve = prCurveOf(payload.columns);
  if (curve === null) return null;
  const whole = { ...curve, area: areaUnder(curve), average: averagePrecision(curve) };
  known.set(payload, whole);
  return whole;
}

/** @param shownAt the place of the curve that is drawn of a layer, where one is wanted */
export function prScene(layers: readonly Layer[], step: number | null, { width, height }: Size, shownAt = (_layer: Layer, wanted: number) => wanted): PrScene {
  const curves: DrawnCurve[] = [];
  const missing: Layer[] = [];
  for (const layer of layers) {
    const wanted = placeAt(layer, step);
    const at = shownAt(layer, wanted);
    const payload = layer.series.payload(at);
    const curve = payload && curveOf(payload);
    if (payload === null || at !== wanted) missing.push(layer);
    if (payload !== null && curve !== null) curves.push({ ...curve, layer, at, step: payload.step, wall: payload.wall });
  }
  const room = height - TOP - BOTTOM;
  const yTicks = valueTicks(WHOLE, room / Y_TICK);
  const left = leftRoom(yTicks.labels);
  const plot = width - left - RIGHT;
  return { scales: { x: WHOLE, y: WHOLE, left, top: TOP, width: plot, height: room }, xTicks: valueTicks(WHOLE, plot / X_TICK), yTicks, curves, missing };
}

export function paintPr(context: CanvasRenderingContext2D, scene: PrScene, look: CanvasLook, colorOf: (layer: Layer) => string): void {
  paintAxes(context, scene.scales, scene.xTicks, scene.yTicks, look);
  context.lineJoin = "round";
  for (const curve of scene.curves) {
    context.strokeStyle = colorOf(curve.layer);
    context.globalAlpha = curve.layer.older ? look.olderAlpha : 1;
    context.lineWidth = 1.75;
    context.beginPath();
    for (let i = 0; i < curve.recall.length; i++) lineTo(context, scene.scales, curve.recall[i]!, curve.precision[i]!);
    context.stroke();
    paintLevel(context, curve, scene.scales);
    context.globalAlpha = 1;
  }
}

/** Down to a recall of 0, where nothing was measured, the area has a level line. */
function paintLevel(context: CanvasRenderingContext2D, { recall, precision }: DrawnCurve, scales: Scales): void {
  const last = recall.length - 1;
  context.lineWidth = 1;
  context.setLineDash([2, 3]);
  context.beginPath();
  lineTo(context, scales, recall[last]!, precision[last]!);
  lineTo(context, scales, 0, precision[last]!);
  context.stroke();
  context.setLineDash([]);
}

function lineTo(context: CanvasRenderingContext2D, scales: Scales, recall: number, precision: number): void {
  if (Number.isFinite(recall) && Number.isFinite(precision)) context.lineTo(toX(scales, recall), toY(scales, precision));
}

/** The points that are told together: of each curve the one at the threshold that is pointed at, or its last. */
export function pointsOf({ curves }: PrScene, spot: PrSpot): { curve: DrawnCurve; index: number; own: boolean }[] {
  return curves.map((curve) => {
    const own = curve.layer.series === spot.layer.series;
    const threshold = curves.find(({ layer }) => layer.series === spot.layer.series)?.threshold[spot.index] ?? 0;
    return { curve, index: own ? Math.min(spot.index, curve.threshold.length - 1) : nearestIndex(curve.threshold, threshold), own };
  });
}

function nearestIndex(thresholds: Float64Array, threshold: number): number {
  let best = 0;
  for (let i = 1; i < thresholds.length; i++) if (Math.abs(thresholds[i]! - threshold) < Math.abs(thresholds[best]! - threshold)) best = i;
  return best;
}

export function prSpotAt({ curves, scales }: PrScene, x: number, y: number): PrSpot | null {
  let best: PrSpot | null = null;
  let distance = Infinity;
  for (const { layer, recall, precision } of curves) {
    for (let index = 0; index < recall.length; index++) {
      const away = Math.hypot(toX(scales, recall[index]!) - x, toY(scales, precision[index]!) - y);
      if (away < distance) [best, distance] = [{ layer, index }, away];
    }
  }
  return best;
}

/** Right leads to higher thresholds, up and down to other curves. */
export function neighbourPoint(scene: PrScene, spot: PrSpot | null, key: ArrowKey): PrSpot | null {
  const { curves } = scene;
  const found = curves.findIndex(({ layer }) => layer.series === spot?.layer.series);
  const curve = curves[Math.max(0, found)];
  if (curve === undefined) return null;
  if (spot === null || found < 0) return { layer: curve.layer, index: curve.threshold.length >> 1 };
  if (key === "ArrowUp" || key === "ArrowDown") {
    const to = Math.max(0, Math.min(curves.length - 1, found + (key === "ArrowDown" ? 1 : -1)));
    return { layer: curves[to]!.layer, index: pointsOf(scene, spot)[to]!.index };
  }
  const index = Math.max(0, Math.min(curve.threshold.length - 1, spot.index + (key === "ArrowRight" ? 1 : -1)));
  return { layer: curve.layer, index };
}
