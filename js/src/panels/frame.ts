/** The Plotly figure of a chart: frame, axes, grid, zoom and pan. The lines are painted by us into its plot area. */
import { fromPlotlyRange, pixelsOf, plotlyRange, type Axis, type Scales } from "../maths/scale";
import type { Ticks } from "../maths/ticks";
import { newPlot, purge, relayout } from "../plotly/core";
import type { PlotlyElement, PlotlyLayout, RelayoutEvent } from "../plotly/types";
import type { Range } from "../wire/options";

export interface Look {
  font: string;
  text: string;
  grid: string;
  baseline: string;
}

export interface FrameState {
  width: number;
  height: number;
  /** Room right of the charted area. */
  right: number;
  x: Axis;
  y: Axis;
  xTicks: Ticks;
  yTicks: Ticks;
  look: Look;
}

/** What a person did to the axes; an axis that was left alone is missing. */
export interface AxisChange {
  x?: Range;
  y?: Range;
}

export interface FrameEvents {
  /** The axes move under the pointer: only the lines must follow. */
  onMoving: (change: AxisChange) => void;
  onZoom: (change: AxisChange) => void;
  onFit: () => void;
}

const CONFIG = {
  displayModeBar: false,
  // On by default in plotly.js 4: a button that uploads the data.
  showSendToCloud: false,
  displaylogo: false,
  doubleClick: false,
  scrollZoom: false,
  showTips: false,
  showAxisDragHandles: true,
};

/** Least room right of the charted area, so that the head of a line that ends at the edge is whole. */
export const RIGHT = 8;
const TOP = 6;
const BOTTOM = 20;
const LEFT = 38;
/** Characters of a tick label for which `LEFT` has room, and the width of a further one. */
const ROOM = 5;
const CHARACTER = 7;
/** The width of a character as a rule. */
const LABEL_CHARACTER = 6.2;

export class PlotFrame {
  readonly element: HTMLElement;
  readonly behind: HTMLCanvasElement;
  readonly front: HTMLCanvasElement;
  readonly over: HTMLCanvasElement;
  #state: FrameState;

  constructor(element: HTMLElement, state: FrameState, events: FrameEvents) {
    this.element = element;
    this.#state = state;
    const trace = { type: "scatter", mode: "none", x: [state.x.from, state.x.to], y: [state.y.from, state.y.to], hoverinfo: "skip" } as const;
    void newPlot(element, [trace], quickLayout(state), CONFIG);
    const place = element.querySelector(".gl-container");
    if (place === null) throw new Error("Plotly drew no .gl-container: its version is not the one that this was written for");
    [this.behind, this.front, this.over] = [addCanvas(place), addCanvas(place), addCanvas(place)];
    this.#sizeCanvases();
    this.#listen(element as PlotlyElement, events);
  }

  /** Where the charted area lies and what it shows; `moving` replaces axes that a person is dragging. */
  scales(moving: AxisChange = {}): Scales {
    const { width, height, right, x, y, yTicks } = this.#state;
    const left = leftMargin(yTicks);
    return {
      x: moving.x === undefined ? x : { ...x, from: moving.x[0], to: moving.x[1] },
      y: moving.y === undefined ? y : { ...y, from: moving.y[0], to: moving.y[1] },
      left,
      top: TOP,
      width: width - left - right,
      height: height - TOP - BOTTOM,
    };
  }

  /** Show another state; does nothing where it is the same. */
  update(state: FrameState): void {
    const before = this.#state;
    if (JSON.stringify(before) === JSON.stringify(state)) return;
    this.#state = state;
    void relayout(this.element, changes(before, state));
    if (before.width !== state.width || before.height !== state.height) this.#sizeCanvases();
  }

  destroy(): void {
    purge(this.element);
  }

  #listen(element: PlotlyElement, { onMoving, onZoom, onFit }: FrameEvents): void {
    const change = (event: RelayoutEvent): AxisChange => {
      const x = rangeOf(event, "xaxis", this.#state.x.log);
      const y = rangeOf(event, "yaxis", this.#state.y.log);
      return { ...(x && { x }), ...(y && { y }) };
    };
    element.on("plotly_relayouting", (event) => {
      // While a zoom box is drawn the event tells its ranges, but the axes stand still.
      if (element.querySelector(".zoombox") === null) onMoving(change(event));
    });
    element.on("plotly_relayout", (event) => {
      const { x, y } = change(event);
      if (x !== undefined || y !== undefined) onZoom(change(event));
    });
    element.on("plotly_doubleclick", onFit);
  }

  #sizeCanvases(): void {
    const ratio = window.devicePixelRatio || 1;
    const { width, height } = this.#state;
    for (const canvas of [this.behind, this.front, this.over]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
  }
}

function addCanvas(place: Element): HTMLCanvasElement {
  const canvas = place.ownerDocument.createElement("canvas");
  canvas.className = "tbn-layer";
  place.append(canvas);
  return canvas;
}

/** Only a person's zoom and pan name single ends (`xaxis.range[0]`); our own updates give whole ranges. */
function rangeOf(event: RelayoutEvent, axis: string, log: boolean): Range | undefined {
  const from = event[`${axis}.range[0]`];
  const to = event[`${axis}.range[1]`];
  return typeof from === "number" && typeof to === "number" ? fromPlotlyRange([from, to], log) : undefined;
}

function leftMargin({ labels }: Ticks): number {
  const longest = labels.reduce((length, label) => Math.max(length, label.length), 0);
  return LEFT + CHARACTER * Math.max(0, longest - ROOM);
}

function margin(ticks: Ticks, right: number) {
  return { l: leftMargin(ticks), r: right, t: TOP, b: BOTTOM, pad: 0, autoexpand: false };
}

/** With no automatic range or margin anywhere the scales are what we say they are. */
export function layoutOf({ width, height, right, x, y, xTicks, yTicks, look }: FrameState): PlotlyLayout {
  const common = { autorange: false, automargin: false, zeroline: false, tickmode: "array", tickangle: 0 } as const;
  return {
    width,
    height,
    autosize: false,
    margin: margin(yTicks, right),
    showlegend: false,
    hovermode: false,
    dragmode: "zoom",
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: look.font, size: 11, color: look.text },
    xaxis: {
      ...common,
      type: x.log ? "log" : "linear",
      range: plotlyRange(x),
      tickvals: xTicks.values,
      ticktext: xTicks.labels,
      showgrid: false,
      showline: true,
      linecolor: look.baseline,
      linewidth: 1,
      ticks: "outside",
      ticklen: 4,
      tickcolor: look.baseline,
    },
    yaxis: {
      ...common,
      type: y.log ? "log" : "linear",
      range: plotlyRange(y),
      tickvals: yTicks.values,
      ticktext: yTicks.labels,
      showgrid: true,
      gridcolor: look.grid,
      gridwidth: 1,
      showline: false,
      ticks: "",
      ticklabelstandoff: 5,
    },
  };
}

/** The same, but which labels the frame would cut off is worked out here: Plotly measures all of them again for each. */
function quickLayout(state: FrameState): PlotlyLayout {
  const { xaxis, yaxis, ...layout } = layoutOf(state);
  const [left, width] = [leftMargin(state.yTicks), state.width - leftMargin(state.yTicks) - state.right];
  const toPixel = pixelsOf(state.x, left, width);
  const fits = (value: number, label: string) => {
    const [pixel, half] = [toPixel(value), (label.length * LABEL_CHARACTER) / 2];
    return pixel - half >= 0 && pixel + half <= state.width;
  };
  const { values, labels } = state.xTicks;
  const ticktext = labels.map((label, i) => (fits(values[i]!, label) ? label : ""));
  const ticklabeloverflow = "allow";
  return { ...layout, xaxis: { ...xaxis, ticktext, ticklabeloverflow }, yaxis: { ...yaxis, ticklabeloverflow } };
}

/** What Plotly must be told. */
function changes(before: FrameState, after: FrameState): Record<string, unknown> {
  const told: Record<string, unknown> = {};
  const layout = quickLayout(after);
  if (before.width !== after.width || before.height !== after.height) {
    told.width = layout.width;
    told.height = layout.height;
  }
  if (leftMargin(before.yTicks) !== leftMargin(after.yTicks)) told["margin.l"] = leftMargin(after.yTicks);
  if (before.right !== after.right) told["margin.r"] = after.right;
  if (before.x.log !== after.x.log) told["xaxis.type"] = layout.xaxis.type;
  if (before.y.log !== after.y.log) told["yaxis.type"] = layout.yaxis.type;
  for (const axis of ["xaxis", "yaxis"] as const) {
    for (const name of ["range", "tickvals", "ticktext"] as const) told[`${axis}.${name}`] = layout[axis][name];
  }
  if (JSON.stringify(before.look) !== JSON.stringify(after.look)) {
    told.font = layout.font;
    told["xaxis.linecolor"] = after.look.baseline;
    told["xaxis.tickcolor"] = after.look.baseline;
    told["yaxis.gridcolor"] = after.look.grid;
  }
  return told;
}
