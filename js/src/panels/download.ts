/** A chart as a file: a figure of its own with real traces, drawn by Plotly. */
import type { Ticks } from "../maths/ticks";
import { toImage } from "../plotly/core";
import type { PlotlyTrace } from "../plotly/types";
import { elideMiddle, plotlyLabel, visible } from "../ui/format";
import type { FrameState } from "./axes";
import { layoutOf } from "./frame";
import type { Line } from "./paint";

const WIDTH = 720;
const HEIGHT = 440;
/** By then a browser has taken what it saves, milliseconds. */
const RELEASE_MS = 60_000;

/** A chart as it stands. */
export interface Figure {
  state: FrameState;
  /** A line without a name is not in the legend. */
  lines: readonly (Line & { name: string | null })[];
}

/** Let the reader save the figure; PNG at twice the size. */
export async function download(figure: Figure, tag: string, format: "svg" | "png"): Promise<void> {
  saveUrl(await pictureOf(figure, tag, format), `${fileName(tag)}.${format}`);
}

/** Put the figure on the clipboard; where that is refused the reader saves it instead. */
export async function copyPicture(figure: Figure, tag: string): Promise<void> {
  const url = await pictureOf(figure, tag, "png");
  // Not fetched: an article's page fetches nothing.
  const bytes = Uint8Array.from(atob(url.slice(url.indexOf(",") + 1)), (char) => char.charCodeAt(0));
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": new Blob([bytes], { type: "image/png" }) })]);
  } catch {
    saveUrl(url, `${fileName(tag)}.png`);
  }
}

/** Whether this page can put a picture on the clipboard at all. */
export function canCopy(): boolean {
  return typeof ClipboardItem === "function" && typeof (navigator.clipboard as Clipboard | undefined)?.write === "function";
}

/** Let the reader save text. */
export function downloadText(pieces: Iterable<string>, type: string, name: string): void {
  downloadBlob(new Blob([...pieces], { type }), name);
}

/** Let the reader save bytes as they are. */
export function downloadBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  saveUrl(url, name);
  setTimeout(() => URL.revokeObjectURL(url), RELEASE_MS);
}

/** Let the reader save what an address holds. */
export function saveUrl(url: string, name: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}

/** A picture as an address that holds it. */
async function pictureOf(figure: Figure, tag: string, format: "svg" | "png"): Promise<string> {
  const state = { ...figure.state, width: WIDTH, height: HEIGHT };
  const { margin, ...layout } = layoutOf(state);
  const { x, y } = axesOf(state);
  const title = { text: plotlyLabel(visible(elideMiddle(tag, 80))), x: 0, xref: "paper", font: { size: 14 } };
  return toImage(
    {
      data: figure.lines.map(traceOf),
      layout: {
        ...layout,
        title,
        showlegend: figure.lines.length > 1,
        legend: { orientation: "h", x: 0, xanchor: "left", y: -0.12, yanchor: "top" },
        margin: { ...(margin as object), t: 40, b: 70, r: 20 },
        paper_bgcolor: "#ffffff",
        font: { family: state.look.font, size: 11, color: state.look.text },
        xaxis: { ...layout.xaxis, ...x },
        yaxis: { ...layout.yaxis, ...y },
      },
    },
    { format, width: WIDTH, height: HEIGHT, scale: format === "png" ? 2 : 1 },
  );
}

/** The axes in the manner of a card's. */
function axesOf({ xTicks, yTicks, look }: FrameState) {
  const common = { visible: true, zeroline: false, tickmode: "array", tickangle: 0 } as const;
  const ticksOf = ({ values, labels }: Ticks) => ({ tickvals: values, ticktext: labels });
  const foot = { showline: true, linecolor: look.baseline, linewidth: 1, ticks: "outside", ticklen: 4, tickcolor: look.baseline };
  return {
    x: { ...common, ...ticksOf(xTicks), ...foot, showgrid: false },
    y: { ...common, ...ticksOf(yTicks), showgrid: true, gridcolor: look.grid, gridwidth: 1, showline: false, ticks: "", ticklabelstandoff: 5 },
  };
}

function traceOf({ x, shift, kept, color, dash, width, alpha, name }: Figure["lines"][number]): PlotlyTrace {
  return {
    type: "scatter",
    mode: "lines",
    x: Array.from(kept.indices, (i) => x[i]! - shift),
    y: Array.from(kept.values),
    line: { color, width, dash: dash.length === 0 ? "solid" : dash.map((length) => `${length}px`).join(","), simplify: false },
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
