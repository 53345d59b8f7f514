/** The histograms that are drawn, and where in time they stand. */
import { thinned, type Layer } from "../figures/layers";
import { binsOf, edgesOf, spanOf, type Bins } from "../maths/bins";
import { innerOf } from "../maths/percentiles";
import type { Axis } from "../maths/scale";
import { clock } from "../panels/x-text";
import type { Payload } from "../store/media-series";
import { formatDuration, formatStep } from "../ui/format";
import type { TimeAxis } from "../wire/options";
import type { HistogramSettings } from "./settings";

export interface Row {
  layer: Layer;
  at: number;
  step: number;
  wall: number;
  /** In units of the axis. */
  time: number;
  bins: Bins;
}

const known = new WeakMap<Payload, Bins | null>();

/** The bins of a histogram that has come; null where it is empty or makes no sense. */
export function payloadBins(payload: Payload): Bins | null {
  let bins = known.get(payload);
  if (bins === undefined) {
    const { left, right, count } = payload.columns;
    bins = left && right && count ? binsOf({ left, right, count }, payload) : null;
    known.set(payload, bins);
  }
  return bins;
}

/** What of a series has come and counts anything, as a row; null where that is not so, or nothing tells its time. */
export function rowOf(layer: Layer, at: number, axis: TimeAxis): Row | null {
  const payload = layer.series.payload(at);
  const bins = payload && payloadBins(payload);
  if (payload === null || bins === null) return null;
  const { step, wall } = payload;
  const time = timeOf(layer, step, wall, axis);
  return Number.isNaN(time) ? null : { layer, at, step, wall, time, bins };
}

export function timeOf({ run }: Layer, step: number, wall: number, axis: TimeAxis): number {
  return axis === "step" ? step : axis === "wall" ? wall : wall - (run.first ?? wall);
}

/** At most `most` rows of each layer, evenly, the oldest first. */
export function rowsOf(layers: readonly Layer[], axis: TimeAxis, most: number): Row[] {
  const rows = layers.flatMap((layer) => {
    const here = [...layer.series.here].sort((a, b) => a - b);
    return thinned(here, most).flatMap((at) => rowOf(layer, at, axis) ?? []);
  });
  return rows.sort((a, b) => a.time - b.time);
}

/** The places whose histograms a view wants: those that would be drawn if all were here. */
export function wantedPlaces({ series }: Layer, most: number): number[] {
  return thinned([...Array(series.length).keys()], most);
}

/** The row of a layer at a step, or the last before it; the first where there is none before. */
export function rowAtStep(layer: Layer, step: number, axis: TimeAxis): Row | null {
  const { steps } = layer.series;
  const here = [...layer.series.here].sort((a, b) => steps[a]! - steps[b]!);
  const at = here.findLast((one) => steps[one]! <= step) ?? here[0];
  return at === undefined ? null : rowOf(layer, at, axis);
}

export function timeText({ step, wall, layer }: Pick<Row, "step" | "wall" | "layer">, axis: TimeAxis): string {
  if (axis === "step") return formatStep(step, true);
  return axis === "wall" ? clock(wall) : formatDuration(timeOf(layer, step, wall, axis));
}

/** Of the range of values, what is left free at either end. */
const MARGIN = 0.02;

/** The axis of the values of some rows. */
export function valuesOf(rows: readonly Row[], { inner }: HistogramSettings): Axis {
  const [low, high] = spanOf(rows.map(({ bins }) => (inner ? innerOf(bins) : edgesOf(bins))));
  const margin = MARGIN * (high - low);
  return { from: low - margin, to: high + margin, log: false };
}
