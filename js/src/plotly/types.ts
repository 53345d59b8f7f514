/** The part of Plotly's interface that we use. */

export interface PlotlyAxis {
  type: "linear" | "log";
  /** In log10 units on a log axis. */
  range: [number, number];
  [name: string]: unknown;
}

export interface PlotlyLayout {
  width: number;
  height: number;
  xaxis: PlotlyAxis;
  yaxis: PlotlyAxis;
  [name: string]: unknown;
}

export type RelayoutEvent = Readonly<Record<string, unknown>>;

/** The element that Plotly draws into. */
export interface PlotlyElement extends HTMLElement {
  on(event: "plotly_relayout" | "plotly_relayouting", listener: (event: RelayoutEvent) => void): void;
  on(event: "plotly_doubleclick", listener: () => void): void;
}

export interface PlotlyTrace {
  type: "scatter";
  [name: string]: unknown;
}

export interface PlotApi {
  newPlot: (
    element: HTMLElement,
    data: readonly PlotlyTrace[],
    layout: PlotlyLayout,
    config: Readonly<Record<string, unknown>>,
  ) => Promise<PlotlyElement>;
  relayout: (element: HTMLElement, changed: Readonly<Record<string, unknown>>) => Promise<unknown>;
  purge: (element: HTMLElement) => void;
  toImage: (
    figure: { data: readonly PlotlyTrace[]; layout: PlotlyLayout; config?: Readonly<Record<string, unknown>> },
    options: { format: "svg" | "png"; width: number; height: number; scale?: number },
  ) => Promise<string>;
}
