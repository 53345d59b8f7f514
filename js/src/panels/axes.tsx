/** The axes of a chart: lines across at the ticks of y, the foot, the ticks of x below it, and what they say. */
import type { JSX } from "preact";
import { pixelsOf, type Axis } from "../maths/scale";
import type { Ticks } from "../maths/ticks";

export interface Look {
  font: string;
  text: string;
  grid: string;
  baseline: string;
}

/** What a chart shows, and where. */
export interface FrameState {
  width: number;
  height: number;
  /** Room left and right of the charted area. */
  left: number;
  right: number;
  x: Axis;
  y: Axis;
  xTicks: Ticks;
  yTicks: Ticks;
  look: Look;
}

export const TOP = 6;
export const BOTTOM = 20;
/** Least room right of the charted area, so that what ends at the edge is whole. */
export const RIGHT = 8;
/** Least room left of it. */
export const LEFT = 38;
export const TICK = 4;
/** Between the labels of y and the charted area. */
export const STANDOFF = 6;
/** CSS pixels between two ticks. */
export const X_TICK = 80;
export const Y_TICK = 34;
/** From the middle of a line of text to its foot, and from the charted area to the foot of the labels of x. */
const HALF = 3.85;
const BELOW = 18.2;
/** Characters of a tick label for which `LEFT` has room, and the width of a further one. */
const ROOM = 5;
const CHARACTER = 7;
/** The width of a character as a rule. */
const LABEL_CHARACTER = 6.2;

/** Room left of the charted area for these labels. */
export function leftRoom({ labels }: Ticks): number {
  const longest = labels.reduce((length, label) => Math.max(length, label.length), 0);
  return LEFT + CHARACTER * Math.max(0, longest - ROOM);
}

/** Drawn by us: Plotly takes longer to draw its axes anew than all lines take. */
export function Axes({ width, height, left, right, x, y, xTicks, yTicks, look }: FrameState): JSX.Element {
  const [end, foot] = [width - right, height - BOTTOM];
  const toX = pixelsOf(x, left, end - left);
  const toY = pixelsOf(y, foot, TOP - foot);
  const [columns, rows] = [xTicks.values.map(toX), yTicks.values.map(toY)];
  const fits = (label: string, at: number) => at - halfOf(label) >= 0 && at + halfOf(label) <= width;
  return (
    <svg
      class="tbn-axes"
      width={width}
      height={height}
      fill={look.text}
      style={{ fontFamily: look.font }}
      data-x-range={`${x.from} ${x.to}`}
      data-y-range={`${y.from} ${y.to}`}
    >
      <path stroke={look.grid} d={rows.map((at) => `M${left},${at}H${end}`).join("")} />
      <path stroke={look.baseline} d={`M${left},${foot + 0.5}H${end}${columns.map((at) => `M${at},${foot + 1}v${TICK}`).join("")}`} />
      <g class="xtick" text-anchor="middle">
        {columns.map((at, i) => fits(xTicks.labels[i]!, at) && <text key={xTicks.values[i]} x={at} y={foot + BELOW}>{xTicks.labels[i]}</text>)}
      </g>
      <g class="ytick" text-anchor="end">
        {rows.map((at, i) => <text key={yTicks.values[i]} x={left - STANDOFF} y={at + HALF}>{yTicks.labels[i]}</text>)}
      </g>
    </svg>
  );
}

function halfOf(label: string): number {
  return (label.length * LABEL_CHARACTER) / 2;
}
