/** From data to pixels and back. */

export interface Axis {
  from: number;
  to: number;
  log: boolean;
}

/** Where the charted area lies in its canvas, and what it shows. */
export interface Scales {
  x: Axis;
  y: Axis;
  /** CSS pixels. */
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Share of the axis (0 at `from`, 1 at `to`) of a value; NaN for a value that a log axis has no place for. */
export function share(axis: Axis, value: number): number {
  return axis.log
    ? (Math.log(value) - Math.log(axis.from)) / (Math.log(axis.to) - Math.log(axis.from))
    : (value - axis.from) / (axis.to - axis.from);
}

export function valueAt(axis: Axis, position: number): number {
  return axis.log
    ? axis.from * (axis.to / axis.from) ** position
    : axis.from + position * (axis.to - axis.from);
}

export function toX({ x, left, width }: Scales, value: number): number {
  return left + width * share(x, value);
}

export function toY({ y, top, height }: Scales, value: number): number {
  return top + height * (1 - share(y, value));
}

/** `toX` or `toY` for many values: what does not depend on the value is worked out once. */
export function pixelsOf({ from, to, log }: Axis, start: number, length: number): (value: number) => number {
  if (log) {
    const [low, perUnit] = [Math.log(from), length / (Math.log(to) - Math.log(from))];
    return (value) => start + perUnit * (Math.log(value) - low);
  }
  const perUnit = length / (to - from);
  return (value) => start + perUnit * (value - from);
}

/** Plotly gives and takes log ranges as powers of ten. */
export function plotlyRange({ from, to, log }: Axis): [number, number] {
  return log ? [Math.log10(from), Math.log10(to)] : [from, to];
}

export function fromPlotlyRange(range: readonly [number, number], log: boolean): [number, number] {
  const [from, to] = range[0] <= range[1] ? range : [range[1], range[0]];
  return log ? [10 ** from, 10 ** to] : [from, to];
}
