/** The ranges that a chart shows when nobody has zoomed. */
import { BLOCK, type Extremes, type Spans } from "./levels";
import { firstFrom } from "./polyline";
import { thousandOf } from "./sample";

/** What is fitted: the raw values, so that the range stands still while the smoothing slider moves. */
export interface FitLine {
  x: Spans;
  /** Subtracted from each x. */
  shift: number;
  y: Extremes;
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

/**
 * @param others what is in the range beside the lines
 * @param log what is not above 0 has no place
 */
export function fitX(lines: readonly FitLine[], others: readonly number[] = [], log = false): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  const take = (value: number) => {
    if (log && value <= 0) return;
    if (value < low) low = value;
    if (value > high) high = value;
  };
  others.forEach(take);
  for (const { x: { values, sorted }, shift } of lines) {
    // Of x that ascend the first and the last tell.
    const end = sorted * BLOCK;
    let start = log ? firstFrom(values.subarray(0, end), shift) : 0;
    while (log && start < end && values[start] === shift) start += 1;
    if (start < end) {
      take(values[start]! - shift);
      take(values[end - 1]! - shift);
    }
    for (let i = end; i < values.length; i++) take(values[i]! - shift);
  }
  if (low > high) return log ? [1, 10] : [0, 1];
  if (low < high) return [low, high];
  return log ? [low / 2, high * 2] : [low - 0.5, high + 0.5];
}

/**
 * Fit the y range.
 *
 * All finite values are in it, or, with outliers left out: those between the 5th and the 95th percentile (as in
 * TensorBoard), and around them what lies near enough and is not of the first steps.
 */
export function fitY(lines: readonly FitLine[], x: readonly [number, number], { log, outliers }: FitOptions): [number, number] {
  const usable = (value: number) => Number.isFinite(value) && (!log || value > 0);
  const sample = outliers ? thousandOf(lines.map((line) => line.y.values), usable) : [];
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
  const counts = (value: number) => usable(value) && value >= near[0] && value <= near[1];
  for (const { x, shift, y } of lines) {
    for (let block = 0, from = 0; from < y.length; block++, from += BLOCK) {
      if (block < x.summed && block < y.summed) {
        const lowest = y.lowest[block]!;
        const highest = y.highest[block]!;
        // Nothing in it can widen the range.
        if ((lowest >= low && highest <= high) || lowest > highest || x.high[block]! - shift < start) continue;
        if (Math.max(lowest, near[0]) >= low && Math.min(highest, near[1]) <= high) continue;
        if (x.low[block]! - shift >= start && counts(lowest) && counts(highest)) {
          low = Math.min(low, lowest);
          high = Math.max(high, highest);
          continue;
        }
      }
      for (let i = from, to = Math.min(from + BLOCK, y.length); i < to; i++) {
        const value = y.values[i]!;
        if (x.values[i]! - shift < start || !counts(value)) continue;
        if (value < low) low = value;
        if (value > high) high = value;
      }
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
