/** The three ways in which histograms are drawn, as figures of a card. */
import type { Layer } from "../figures/layers";
import type { ArrowKey, Figure } from "../figures/plate";
import type { Bins } from "../maths/bins";
import { outlineOf, shareOf } from "../maths/outline";
import { toX, valueAt } from "../maths/scale";
import type { CurvesState } from "../panels/state";
import type { MediaTag } from "../store/media";
import { subscribeTo } from "../store/subscribe";
import { bandScene, nextTime, paintBandScene, pointsNear, type BandScene } from "./bands";
import { mostLines, overlayScene, paintLine, paintOverlay, riseOf, type OverlayScene } from "./overlay";
import { clipped, mostRows, paintMoment, paintRidge, paintRowLabel, placed, ridgeScene, type DrawnRow, type RidgeScene } from "./ridge";
import { rowAtStep, rowOf, timeText, wantedPlaces } from "./rows";
import { readHistogramSettings } from "./settings";
import { binOf, neighbourSpot, spotIn, type Spot } from "./spots";

/** A moment at which bands are pointed at. */
export interface BandSpot {
  time: number;
  step: number;
}

/** A scene, and how many histograms it waits for. */
export type Waiting<Scene> = Scene & { coming: number };

export interface Given {
  data: MediaTag;
  state: CurvesState;
  /** What is drawn of the tag, as it stands. */
  layers: () => readonly Layer[];
}

/** Percentiles at so many steps make bands that look whole. */
const MOST_POINTS = 100;
/** So strongly is a row filled that is lit. */
const LIT = 0.45;

export function settingsOf(state: CurvesState) {
  return readHistogramSettings(state.panelUi("histograms"));
}

function follow({ data, state }: Given): void {
  subscribeTo(data.revision.value, state.runOf.value, state.panelUi("histograms"), state.look.value, state.theme.value);
}

/**
 * Have the kernel send what would be drawn and is not here.
 *
 * @returns how many that are, where they can come
 */
function want({ state, layers }: Given, most: number, has: (layer: Layer, at: number) => boolean = () => false): number {
  const { media } = state.store;
  let coming = 0;
  for (const layer of layers()) {
    for (const at of wantedPlaces(layer, most)) {
      if (has(layer, at) || media.state(layer.series, at) !== "coming") continue;
      media.want(layer.series, at);
      coming += 1;
    }
  }
  return coming;
}

function press(state: CurvesState, step: number): void {
  state.setStep(state.step === step ? null : step);
}

export function ridgeFigure(given: Given): Figure<Waiting<RidgeScene>, Spot> {
  const { state, layers } = given;
  const colorOf = ({ run }: Layer) => state.colorOf(run);
  return {
    follow: () => follow(given),
    scene: (size) => {
      const coming = want(given, mostRows(size.height, layers().length));
      return { ...ridgeScene(layers(), settingsOf(state), size), coming };
    },
    paint: (context, scene) => paintRidge(context, scene, state.look.peek(), colorOf),
    followOver: () => subscribeTo(state.step),
    paintOver: (context, scene, spot) => {
      const look = state.look.peek();
      const pointed = spot && spotRow(spot, scene);
      const lit = [stepRows(scene, state.step), pointed === null ? [] : [pointed]];
      clipped(context, scene.scales, () => {
        for (const rows of lit) {
          paintMoment(context, rows, scene, look, ({ layer }) => ({ color: colorOf(layer), fill: LIT, edge: look.text, width: 1.25 }));
        }
        if (spot === null || pointed === null) return;
        const bin = binOf(pointed, spot.x, scene.scales);
        paintBin(context, pointed.bins, bin, { scene, base: pointed.base, color: colorOf(pointed.layer), rise: scene.rise });
      });
      for (const [row] of lit) if (row) paintRowLabel(context, timeText(row, scene.settings.x), row.base, scene.scales, look);
    },
    spotAt: (scene, x, y) => spotIn(scene, x, y, (height) => scene.rise * shareOf(height, scene.heights), true),
    neighbour: (scene, spot, key) => neighbourSpot(scene, spot, key),
    press: ({ layer, at }) => press(state, layer.series.steps[at]!),
  };
}

/** The rows of the step that all panels look at. */
function stepRows(scene: RidgeScene, step: number | null): DrawnRow[] {
  if (step === null) return [];
  return scene.layers.flatMap((layer) => {
    const row = rowAtStep(layer, step, scene.settings.x);
    return row === null ? [] : [placed(row, scene)];
  });
}

function spotRow(spot: Spot, scene: RidgeScene): DrawnRow | null {
  const row = rowOf(spot.layer, spot.at, scene.settings.x);
  return row && placed(row, scene);
}

interface BinPlace {
  scene: Pick<RidgeScene, "scales" | "heights" | "settings">;
  base: number;
  color: string;
  /** Of the peak, pixels. */
  rise: number;
}

/** Fill one bin. */
function paintBin(context: CanvasRenderingContext2D, bins: Bins, bin: number, { scene, base, color, rise }: BinPlace): void {
  if (bin < 0) return;
  const { scales, settings, heights } = scene;
  const { left, right, count } = bins;
  const one = { left: left.slice(bin, bin + 1), right: right.slice(bin, bin + 1), count: count.slice(bin, bin + 1) };
  const alone = outlineOf({ ...bins, ...one, openLeft: false, openRight: false }, scales.x, scales.left, scales.width, settings.measure);
  const [from, to] = [toX(scales, left[bin]!), toX(scales, right[bin]!)];
  const height = alone.height.length === 0 ? 0 : rise * shareOf(alone.height[0]!, heights);
  context.fillStyle = color;
  context.fillRect(Math.min(from, (from + to) / 2 - 1), base - Math.max(2, height), Math.max(2, to - from), Math.max(2, height));
}

export function overlayFigure(given: Given): Figure<Waiting<OverlayScene>, Spot> {
  const { state, layers } = given;
  const colorOf = ({ run }: Layer) => state.colorOf(run);
  const lit = (context: CanvasRenderingContext2D, row: DrawnRow, scene: OverlayScene) =>
    paintLine(context, row, scene, state.look.peek(), { color: state.look.peek().text, fill: 0.08, line: 1, width: 1.5 });
  const placedIn = ({ scales, settings }: OverlayScene, layer: Layer, at: number): DrawnRow | null => {
    const row = rowOf(layer, at, settings.x);
    if (row === null) return null;
    return { ...row, outline: outlineOf(row.bins, scales.x, scales.left, scales.width, settings.measure), base: scales.top + scales.height, tone: 1 };
  };
  return {
    follow: () => follow(given),
    scene: (size) => {
      const coming = want(given, mostLines(layers().length));
      return { ...overlayScene(layers(), settingsOf(state), size), coming };
    },
    paint: (context, scene) => paintOverlay(context, scene, state.look.peek(), colorOf),
    followOver: () => subscribeTo(state.step),
    paintOver: (context, scene, spot) => {
      const { step } = state;
      const found = step === null ? [] : scene.layers.map((layer) => rowAtStep(layer, step, scene.settings.x));
      const marked = found.map((row) => row && placedIn(scene, row.layer, row.at));
      const pointed = spot && placedIn(scene, spot.layer, spot.at);
      clipped(context, scene.scales, () => {
        for (const row of [...marked, pointed]) if (row !== null) lit(context, row, scene);
        if (spot === null || pointed === null) return;
        const rise = riseOf(scene)(scene.heights.peak);
        paintBin(context, pointed.bins, binOf(pointed, spot.x, scene.scales), { scene, base: pointed.base, color: colorOf(pointed.layer), rise });
      });
    },
    spotAt: (scene, x, y) => spotIn(scene, x, y, riseOf(scene), false),
    neighbour: (scene, spot, key) => neighbourSpot(scene, spot, key),
    press: ({ layer, at }) => press(state, layer.series.steps[at]!),
  };
}

export function bandFigure(given: Given): Figure<Waiting<BandScene>, BandSpot> {
  const { state, layers } = given;
  const colorOf = ({ run }: Layer) => state.colorOf(run);
  const spotNear = (scene: BandScene, time: number): BandSpot | null => {
    const near = pointsNear(scene, time).map(({ point }) => point);
    const [first, ...others] = near;
    if (first === undefined) return null;
    const best = others.reduce((a, b) => (Math.abs(b.time - time) < Math.abs(a.time - time) ? b : a), first);
    return { time: best.time, step: best.step };
  };
  return {
    follow: () => follow(given),
    scene: (size) => {
      const scene = bandScene(layers(), settingsOf(state), size);
      const worked = new Map(scene.layers.map(({ layer, points }) => [layer.series, new Set(points.map(({ at }) => at))]));
      return { ...scene, coming: want(given, MOST_POINTS, ({ series }, at) => worked.get(series)?.has(at) === true) };
    },
    paint: (context, scene) => paintBandScene(context, scene, state.look.peek(), colorOf),
    followOver: () => subscribeTo(state.step),
    paintOver: (context, scene, spot) => {
      const { step } = state;
      const at = step === null ? [] : scene.layers.flatMap(({ points }) => points.filter((point) => point.step === step).slice(0, 1));
      for (const { time } of at) paintHair(context, time, scene, state.look.peek().second, true);
      if (spot !== null) paintHair(context, spot.time, scene, state.look.peek().text, false);
    },
    spotAt: (scene, x) => spotNear(scene, valueAt(scene.scales.x, (x - scene.scales.left) / scene.scales.width)),
    neighbour: (scene, spot, key: ArrowKey) => {
      const direction = key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1;
      return spotNear(scene, spot === null ? scene.scales.x.to : nextTime(scene, spot.time, direction));
    },
    press: ({ step }) => press(state, step),
  };
}

function paintHair(context: CanvasRenderingContext2D, time: number, { scales }: BandScene, color: string, dashed: boolean): void {
  const px = Math.round(toX(scales, time)) + 0.5;
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.setLineDash(dashed ? [2, 3] : []);
  context.beginPath();
  context.moveTo(px, scales.top);
  context.lineTo(px, scales.top + scales.height);
  context.stroke();
  context.setLineDash([]);
}
