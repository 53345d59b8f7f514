/** The ranges that a chart shows when nobody has zoomed. */
import { thousandOf } from "./sample";

/** What is fitted: the raw values, so that the range stands still while the smoothing slider moves. */
export interface FitLine {
  x: Float64Array;
  /** Subtracted from each x. */
  shift: number;
  y: Float64Array;
}

export interface FitOptions {
  log: boolean;
  /** Leave outliers out. */
  outliers: boolean;
}

/** Shares of the sorted values between which TensorBoard fits when it ignores outliers. */
const LOW = 0.05;
const HIGH = 0.95;
/** Values up to this many times the span between `LOW` and `HIGH` beyond it are no outliers but what one looks for. */
const REACH = 4;
/** The first steps, as a share of x: a start far off the rest enters through the edge. */
const HEAD = 0.05;
/** With fewer points a quantile says nothing. */
const FEW = 20;
const PADDING = 0.05;

export function fitX(lines: readonly FitLine[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const { x, shift } of lines) {
    for (const value of x) {
      if (value - shift < low) low = value - shift;
      if (value - shift > high) high = value - shift;
    }
  }
  if (low > high) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/**
 * Fit the y range.
 *
 * All finite values are in it, or, with outliers left out: those between the 5th and the 95th percentile (as in
 * TensorBoard), and around them what lies near enough and is not of the first steps.
 */
export function fitY(lines: readonly FitLine[], x: readonly [number, number], { log, outliers }: FitOptions): [number, number] {
  const usable = (value: number) => Number.isFinite(value) && (!log || value > 0);
  const sample = outliers ? thousandOf(lines.map((line) => line.y), usable) : [];
  const range =
    sample.length < FEW
      ? extent(lines, usable, -Infinity, [-Infinity, Infinity])
      : fitMost(lines, usable, x, sample, log);
  return padded(range, log);
}

function fitMost(
  lines: readonly FitLine[],
  usable: (value: number) => boolean,
  x: readonly [number, number],
  sample: number[],
  log: boolean,
): [number, number] {
  sample.sort((a, b) => a - b);
  const low = sample[Math.ceil((sample.length - 1) * LOW)]!;
  const high = sample[Math.floor((sample.length - 1) * HIGH)]!;
  if (low === high) return extent(lines, usable, -Infinity, [-Infinity, Infinity]);
  const near: [number, number] = log
    ? [low * (low / high) ** REACH, high * (high / low) ** REACH]
    : [low - REACH * (high - low), high + REACH * (high - low)];
  const [lowest, highest] = extent(lines, usable, x[0] + HEAD * (x[1] - x[0]), near);
  return [Math.min(low, lowest), Math.max(high, highest)];
}

/** Lowest and highest of the usable values from `start` on that lie in `near`; (∞, −∞) if there is none. */
function extent(
  lines: readonly FitLine[],
  usable: (value: number) => boolean,
  start: number,
  near: readonly [number, number],
): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const { x, shift, y } of lines) {
    for (let i = 0; i < y.length; i++) {
      const value = y[i]!;
      if (x[i]! - shift < start || !usable(value) || value < near[0] || value > near[1]) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}

function padded([low, high]: [number, number], log: boolean): [number, number] {
  if (low > high) return log ? [0.1, 10] : [0, 1];
  if (log) {
    const room = low === high ? 2 : (high / low) ** PADDING;
    return [low / room, high * room];
  }
  if (low === high) return flat(low);
  const room = PADDING * (high - low);
  // A quantity near zero is read against zero; the line of a constant zero stands on it.
  const bottom = low >= 0 && low < 0.4 * high ? 0 : low - room;
  const top = high <= 0 && high > 0.4 * low ? 0 : high + room;
  return [bottom, top];
}

function flat(value: number): [number, number] {
  const room = value === 0 ? 0.5 : Math.abs(value) / 10;
  return [value - room, value + room];
}
