/** How histograms are looked at; kept with the view. */
import type { Measure } from "../maths/outline";
import type { PanelUi, TimeAxis } from "../wire/options";

/** One behind the other, one over the other, or how their percentiles go on. */
export type Mode = "ridge" | "overlay" | "bands";

export interface HistogramSettings {
  mode: Mode;
  /** What tells how far apart two histograms stand. */
  x: TimeAxis;
  measure: Measure;
  log: boolean;
  /** Leave out of the range of values what is rare. */
  inner: boolean;
  /** The runs of a tag share a card. */
  together: boolean;
}

const MODES: readonly Mode[] = ["ridge", "overlay", "bands"];
const AXES: readonly TimeAxis[] = ["step", "relative", "wall"];

export function readHistogramSettings({ mode, x, measure, log, inner, together }: PanelUi): HistogramSettings {
  return {
    mode: MODES.find((one) => one === mode) ?? "ridge",
    x: AXES.find((one) => one === x) ?? "step",
    measure: measure === "count" ? "count" : "density",
    log: log === true,
    inner: inner === true,
    together: together === true,
  };
}
