/** A chart as a file: a figure of its own with real traces, drawn by Plotly. */
import { plotlyRange } from "../maths/scale";
import { toImage } from "../plotly/core";
import type { PlotlyTrace } from "../plotly/types";
import { elideMiddle, plotlyLabel, visible } from "../ui/format";
import { layoutOf, type FrameState } from "./frame";
import type { Line } from "./paint";

const WIDTH = 720;
const HEIGHT = 440;

/** A chart as it stands. */
export interface Figure {
  state: FrameState;
  /** A line without a name is not in the legend. */
  lines: readonly (Line & { name: string | null })[];
}

/** Let the reader save the figure; PNG at twice the size. */
export async function download(figure: Figure, tag: string, format: "svg" | "png"): Promise<void> {
  const state = { ...figure.state, width: WIDTH, height: HEIGHT };
  const { margin, ...layout } = layoutOf(state);
  const title = { text: plotlyLabel(visible(elideMiddle(tag, 80))), x: 0, xref: "paper", font: { size: 14 } };
  const url = await toImage(
    {
      data: figure.lines.map(traceOf),
      layout: {
        ...layout,
        title,
        showlegend: figure.lines.length > 1,
        legend: { orientation: "h", x: 0, xanchor: "left", y: -0.12, yanchor: "top" },
        margin: { ...(margin as object), t: 40, b: 70, r: 20 },
        paper_bgcolor: "#ffffff",
        xaxis: { ...layout.xaxis, range: plotlyRange(state.x) },
      },
    },
    { format, width: WIDTH, height: HEIGHT, scale: format === "png" ? 2 : 1 },
  );
  const link = document.createElement("a");
  link.href = url;
  link.download = `${fileName(tag)}.${format}`;
  link.click();
}

function traceOf({ x, shift, kept, color, width, alpha, name }: Figure["lines"][number]): PlotlyTrace {
  return {
    type: "scatter",
    mode: "lines",
    x: Array.from(kept.indices, (i) => x[i]! - shift),
    y: Array.from(kept.values),
    line: { color, width, simplify: false },
    name: plotlyLabel(visible(elideMiddle(name ?? "", 40))),
    showlegend: name !== null,
    opacity: alpha,
    hoverinfo: "skip",
  };
}

/** A tag as a file name: letters, digits and a few signs of it. */
export function fileName(tag: string): string {
  return tag.replace(/[^\p{L}\p{N}._-]+/gu, "_").slice(0, 100).replace(/^[._]+/, "") || "chart";
}
