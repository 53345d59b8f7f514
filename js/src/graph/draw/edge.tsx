import type { JSX } from "preact";
import type { Theme } from "../../ui/tokens";
import { edgeColor, edgeWidth, THINNEST } from "../colour";
import { LABEL_SIZE } from "../layout/cell";
import type { PlacedEdge, PlacedLabel } from "../layout/layout";
import { bytesOf } from "../links";
import { type Tint, tintStyle } from "../painting";
import { headPath, headSize, roundedPath } from "./path";

interface EdgeProps {
  readonly edge: PlacedEdge;
  /** Bytes of the largest tensor of the first look. */
  readonly most: number;
  readonly theme: Theme;
  /** Whether it lies on the way of what is selected. */
  readonly lit: boolean;
}

/** A line as thick as what flows along it is large; dashed where nothing does. */
export function EdgeLine({ edge, most, theme, lit }: EdgeProps): JSX.Element {
  const waits = edge.flows.length === 0;
  const width = waits ? THINNEST : edgeWidth(bytesOf(edge.flows), most);
  const color = edgeColor(theme, width);
  const { length } = headSize(width);
  const body = roundedPath(edge.points, edge.arrow ? length - 1 : 0);
  return (
    <g class={`tbn-edge ${lit ? "tbn-lit" : ""} ${waits ? "tbn-waits" : ""}`}>
      <path d={body} fill="none" stroke={color} stroke-width={width} class="tbn-line" />
      {edge.arrow && <path d={headPath(edge.points, width)} fill={color} class="tbn-head" />}
      {lit && <path d={body} fill="none" class="tbn-thread" />}
    </g>
  );
}

interface LabelProps {
  readonly label: PlacedLabel;
  /** Colour of the frame on which it stands; nothing on the cell's own ground. */
  readonly tint: Tint | undefined;
}

/** A shape beside a line, with a halo of the ground beneath. */
export function EdgeLabel({ label, tint }: LabelProps): JSX.Element {
  return (
    <text
      class={label.ground < 0 ? "tbn-edge-label" : "tbn-edge-label tbn-framed"}
      x={label.x}
      y={label.y + LABEL_SIZE * 0.36}
      {...tintStyle(tint)}
    >
      {label.text}
    </text>
  );
}
