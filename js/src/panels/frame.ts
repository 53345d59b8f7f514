/** The Plotly figure of a chart: where a person zooms and pans. Axes and lines are drawn by us into its plot area. */
import { render } from "preact";
import { fromPlotlyRange, plotlyRange, type Axis, type Scales } from "../maths/scale";
import type { Ticks } from "../maths/ticks";
import { newPlot, purge, relayout } from "../plotly/core";
import type { PlotlyElement, PlotlyLayout, RelayoutEvent } from "../plotly/types";
import type { Range } from "../wire/options";
import { Axes, BOTTOM, TOP, type FrameState } from "./axes";

/** What a person did to the axes; an axis that was left alone is missing. */
export interface AxisChange {
  x?: Range;
  y?: Range;
}

export interface FrameEvents {
  /** The axes move under the pointer. */
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

export class PlotFrame {
  readonly behind: HTMLCanvasElement;
  readonly front: HTMLCanvasElement;
  readonly over: HTMLCanvasElement;
  readonly #element: HTMLElement;
  readonly #axes: HTMLElement;
  #state: FrameState;

  constructor(element: HTMLElement, state: FrameState, events: FrameEvents) {
    this.#element = element;
    this.#state = state;
    const trace = { type: "scatter", mode: "none", x: [state.x.from, state.x.to], y: [state.y.from, state.y.to], hoverinfo: "skip" } as const;
    void newPlot(element, [trace], layoutOf(state), CONFIG);
    const place = element.querySelector(".gl-container");
    if (place === null) throw new Error("Plotly drew no .gl-container: its version is not the one that this was written for");
    this.#axes = place.appendChild(place.ownerDocument.createElement("div"));
    render(Axes(state), this.#axes);
    [this.behind, this.front, this.over] = [addCanvas(place), addCanvas(place), addCanvas(place)];
    this.#sizeCanvases();
    this.#listen(element as PlotlyElement, events);
  }

  /** Where the charted area lies and what it shows. */
  get scales(): Scales {
    const { width, height, left, right, x, y } = this.#state;
    return { x, y, left, top: TOP, width: width - left - right, height: height - TOP - BOTTOM };
  }

  /** Show other axes where they are, as a person drags them. */
  move(axes: { x: Axis; y: Axis; xTicks: Ticks; yTicks: Ticks }): void {
    this.#state = { ...this.#state, ...axes };
    render(Axes(this.#state), this.#axes);
  }

  /** Show another state; does nothing where it is the same. */
  update(state: FrameState): void {
    const before = this.#state;
    if (JSON.stringify(before) === JSON.stringify(state)) return;
    this.#state = state;
    render(Axes(state), this.#axes);
    if (JSON.stringify(placeOf(before)) !== JSON.stringify(placeOf(state))) void relayout(this.#element, { ...placeOf(state), ...rangesOf(state) });
    if (before.width !== state.width || before.height !== state.height) this.#sizeCanvases();
  }

  destroy(): void {
    render(null, this.#axes);
    purge(this.#element);
  }

  #listen(element: PlotlyElement, { onMoving, onZoom, onFit }: FrameEvents): void {
    const change = (event: RelayoutEvent): AxisChange => {
      const x = rangeOf(event, "xaxis", this.#state.x.log);
      const y = rangeOf(event, "yaxis", this.#state.y.log);
      return { ...(x && { x }), ...(y && { y }) };
    };
    // Only now Plotly needs to know what the axes show, and it takes longer for it than we do to draw all.
    element.addEventListener("pointerdown", () => void relayout(element, rangesOf(this.#state)), { capture: true });
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

/** What Plotly must be told at once, as the pointer's shape depends on it. */
function placeOf(state: FrameState): Record<string, unknown> {
  const { width, height, left, right, x, y } = state;
  return { width, height, "margin.l": left, "margin.r": right, "xaxis.type": typeOf(x), "yaxis.type": typeOf(y) };
}

function rangesOf({ x, y }: FrameState): Record<string, unknown> {
  return { "xaxis.range": plotlyRange(x), "yaxis.range": plotlyRange(y) };
}

function typeOf({ log }: Axis): "log" | "linear" {
  return log ? "log" : "linear";
}

/** With no automatic range or margin anywhere the scales are what we say they are. */
export function layoutOf({ width, height, left, right, x, y }: Omit<FrameState, "xTicks" | "yTicks" | "look">): PlotlyLayout {
  const axisOf = (axis: Axis) => ({ type: typeOf(axis), range: plotlyRange(axis), autorange: false, automargin: false, visible: false });
  return {
    width,
    height,
    autosize: false,
    margin: { l: left, r: right, t: TOP, b: BOTTOM, pad: 0, autoexpand: false },
    showlegend: false,
    hovermode: false,
    dragmode: "zoom",
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    xaxis: axisOf(x),
    yaxis: axisOf(y),
  };
}
