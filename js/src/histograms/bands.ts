/** How the percentiles of a distribution go on in time. */
import { leftRoom, paintAxes, type Size } from "../figures/axes";
import type { Layer } from "../figures/layers";
import { BASIS_POINTS, bandsOf } from "../maths/percentiles";
import { toX, toY, type Scales } from "../maths/scale";
import { valueTicks, type Ticks } from "../maths/ticks";
import { BOTTOM, RIGHT, TOP, X_TICK, Y_TICK } from "../panels/axes";
import { xTicks } from "../panels/chart-axes";
import type { CanvasLook } from "../panels/state";
import type { MediaSeries } from "../store/media-series";
import { payloadBins, timeOf } from "./rows";
import type { HistogramSettings } from "./settings";

export interface BandPoint {
  at: number;
  step: number;
  wall: number;
  time: number;
  /** Values at the basis points, from the lowest. */
  bands: Float64Array;
}

export interface BandLayer {
  layer: Layer;
  points: readonly BandPoint[];
}

export interface BandScene {
  settings: HistogramSettings;
  scales: Scales;
  xTicks: Ticks;
  yTicks: Ticks;
  layers: readonly BandLayer[];
}

/** Between the edges of which basis points, and how strongly one layer alone is filled there. */
const FILLS = [[0, 8, 0.09], [1, 7, 0.13], [2, 6, 0.16], [3, 5, 0.2]] as const;
const MEDIAN = 4;
/** Half the width of what there is at one moment only, pixels. */
const ALONE = 5;
const PADDING = 0.05;

interface Known {
  gen: number;
  points: Map<number, Omit<BandPoint, "time">>;
}

/** What was worked out stays when the histogram itself has been let go. */
const known = new WeakMap<MediaSeries, Known>();

/** The percentiles of all histograms of a series that are or were here, in the order of their records. */
export function bandPoints(layer: Layer, { x }: HistogramSettings): BandPoint[] {
  const { series } = layer;
  let entry = known.get(series);
  if (entry?.gen !== series.gen) {
    entry = { gen: series.gen, points: new Map() };
    known.set(series, entry);
  }
  for (const at of series.here) {
    const payload = entry.points.has(at) ? null : series.payload(at);
    const bins = payload && payloadBins(payload);
    if (payload !== null && bins !== null) entry.points.set(at, { at, step: payload.step, wall: payload.wall, bands: bandsOf(bins) });
  }
  const points = [...entry.points.values()].filter(({ at }) => at < series.length);
  const timed = points.map((point) => ({ ...point, time: timeOf(layer, point.step, point.wall, x) }));
  return timed.filter(({ time }) => !Number.isNaN(time)).sort((a, b) => a.at - b.at);
}

export function bandScene(layers: readonly Layer[], settings: HistogramSettings, { width, height }: Size): BandScene {
  const drawn = layers.map((layer) => ({ layer, points: bandPoints(layer, settings) })).filter(({ points }) => points.length > 0);
  const all = drawn.flatMap(({ points }) => points);
  const room = height - TOP - BOTTOM;
  const [lowest, highest] = settings.inner ? [1, 7] : [0, BASIS_POINTS.length - 1];
  const y = { ...padded(extent(all, ({ bands }) => [bands[lowest]!, bands[highest]!]), PADDING), log: false };
  const yTicks = valueTicks(y, room / Y_TICK);
  const left = leftRoom(yTicks.labels);
  const plot = width - left - RIGHT;
  const x = { ...padded(extent(all, ({ time }) => [time]), 0), log: false };
  return { settings, layers: drawn, yTicks, xTicks: xTicks(settings.x, x, plot / X_TICK), scales: { x, y, left, top: TOP, width: plot, height: room } };
}

function extent(points: readonly BandPoint[], of: (point: BandPoint) => readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const point of points) {
    for (const value of of(point)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low > high ? [0, 1] : [low, high];
}

function padded([low, high]: [number, number], share: number): { from: number; to: number } {
  if (low === high) return { from: low - (Math.abs(low) / 10 || 0.5), to: high + (Math.abs(high) / 10 || 0.5) };
  const room = share * (high - low);
  return { from: low - room, to: high + room };
}

export function paintBandScene(context: CanvasRenderingContext2D, scene: BandScene, look: CanvasLook, colorOf: (layer: Layer) => string): void {
  const { scales, layers } = scene;
  paintAxes(context, scales, scene.xTicks, scene.yTicks, look);
  context.save();
  context.beginPath();
  context.rect(scales.left - ALONE, scales.top, scales.width + 2 * ALONE, scales.height);
  context.clip();
  for (const { layer, points } of layers) {
    const strength = (layer.older ? look.olderAlpha : 1) / Math.sqrt(layers.length);
    context.fillStyle = colorOf(layer);
    for (const [low, high, alpha] of FILLS) {
      context.globalAlpha = alpha * strength;
      traceBand(context, points, low, high, scales);
      context.fill();
    }
  }
  for (const { layer, points } of layers) {
    context.strokeStyle = colorOf(layer);
    context.globalAlpha = layer.older ? look.olderAlpha : 1;
    context.lineWidth = 1.75;
    context.lineJoin = "round";
    traceLine(context, points, MEDIAN, scales);
    context.stroke();
  }
  context.restore();
}

/** From left to right along one edge and back along the other. */
function traceBand(context: CanvasRenderingContext2D, points: readonly BandPoint[], low: number, high: number, scales: Scales): void {
  const wide = widened(points, scales);
  context.beginPath();
  for (const [px, { bands }] of wide) context.lineTo(px, toY(scales, bands[high]!));
  for (const [px, { bands }] of wide.toReversed()) context.lineTo(px, toY(scales, bands[low]!));
  context.closePath();
}

function traceLine(context: CanvasRenderingContext2D, points: readonly BandPoint[], index: number, scales: Scales): void {
  context.beginPath();
  for (const [px, { bands }] of widened(points, scales)) context.lineTo(px, toY(scales, bands[index]!));
}

/** Where points stand; one that is alone has a width, so that it is seen. */
function widened(points: readonly BandPoint[], scales: Scales): [number, BandPoint][] {
  const placed = points.map((point): [number, BandPoint] => [toX(scales, point.time), point]);
  const [only] = placed;
  return placed.length === 1 && only ? [[only[0] - ALONE, only[1]], [only[0] + ALONE, only[1]]] : placed;
}

/** The point of each layer that is nearest to a time. */
export function pointsNear({ layers }: BandScene, time: number): { layer: Layer; point: BandPoint }[] {
  return layers.map(({ layer, points }) => ({
    layer,
    point: points.reduce((best, point) => (Math.abs(point.time - time) < Math.abs(best.time - time) ? point : best)),
  }));
}

/** The time of the next point of any layer in a direction; `time` itself at the end. */
export function nextTime({ layers }: BandScene, time: number, direction: 1 | -1): number {
  const beyond = layers.flatMap(({ points }) => points.map((point) => point.time)).filter((one) => (one - time) * direction > 0);
  return beyond.length === 0 ? time : direction > 0 ? Math.min(...beyond) : Math.max(...beyond);
}
