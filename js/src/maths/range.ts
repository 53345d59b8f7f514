/** The ranges that a chart shows when nobody has zoomed. */
import { BLOCK, type Extremes, type Spans } from "./levels";
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
  for (const { x, shift } of lines) {
    forEachBlock(x.values.length, (block, start, end) => {
      if (block < x.summed && x.low[block]! <= x.high[block]! && (!log || x.low[block]! > shift)) {
        take(x.low[block]! - shift);
        take(x.high[block]! - shift);
      } else for (let i = start; i < end; i++) take(x.values[i]! - shift);
    });
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
    forEachBlock(y.length, (block, from, to) => {
      if (block < x.summed && block < y.summed) {
        const [lowest, highest] = [y.lowest[block]!, y.highest[block]!];
        // Nothing in it can widen the range.
        if (lowest > highest || x.high[block]! - shift < start) return;
        if (Math.max(lowest, near[0]) >= low && Math.min(highest, near[1]) <= high) return;
        if (x.low[block]! - shift >= start && counts(lowest) && counts(highest)) {
          low = Math.min(low, lowest);
          high = Math.max(high, highest);
          return;
        }
      }
      for (let i = from; i < to; i++) {
        const value = y.values[i]!;
        if (x.values[i]! - shift < start || !counts(value)) continue;
        if (value < low) low = value;
        if (value > high) high = value;
      }
    });
  }
  return [low, high];
}

function forEachBlock(length: number, visit: (block: number, start: number, end: number) => void): void {
  for (let block = 0; block * BLOCK < length; block++) visit(block, block * BLOCK, Math.min((block + 1) * BLOCK, length));
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
