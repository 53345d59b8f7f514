/** Fewer points that look the same: first, lowest, highest and last of each pixel column. */
import { bucketsOf, type Buckets, type ColumnOf } from "./buckets";
import { BLOCK, type Spans, type Values } from "./levels";
import { pixelsOf, type Axis } from "./scale";
import { Thinned, type Kept } from "./thinned";

/** Blocks that are read of a pixel column where nothing is known of them. */
const READ = 2;

/**
 * Choose the points that a line over a number of pixels needs.
 *
 * Per pixel column the first, lowest, highest and last finite point are kept, so that no peak is lost; a non-finite
 * value keeps its place, so that the line breaks there. One point beyond each side is kept too: the line runs to
 * the edge. Of blocks that lie in one pixel column only what is known of them is looked at; where nothing is known yet,
 * a few blocks a pixel are read, and the others are left out.
 *
 * @param x in drawing order; as a rule ascending
 * @param shift subtracted from each x
 * @param y same length
 */
export function thinToPixels(x: Spans, shift: number, y: Values, axis: Axis, pixels: number): Kept {
  const columnOf = columnsOf(axis, shift, pixels);
  const line = new Thinned(x.values, y, columnOf, pixels);
  addSorted(line, bucketsOf(x, columnOf, { ...axis, shift, pixels }), y);
  addOthers(line, x, y, columnOf, pixels);
  return line.done();
}

/** Gives the pixel column of an x; what a log axis has no place for lies before its left side. */
function columnsOf(axis: Axis, shift: number, pixels: number): ColumnOf {
  if (axis.log) {
    const pixel = pixelsOf(axis, 0, pixels);
    return (x) => (x > shift ? Math.floor(pixel(x - shift)) : -Infinity);
  }
  const scale = pixels / (axis.to - axis.from);
  return (x) => Math.floor((x - shift - axis.from) * scale);
}

/** Add the points whose x ascend from the first on. */
function addSorted(line: Thinned, { start, end, length, columns, ends }: Buckets, y: Values): void {
  const unknown = Math.floor(end / BLOCK) - Math.max(y.summed, Math.floor(start / BLOCK));
  const stride = Math.max(1, Math.floor(unknown / Math.max(1, READ * columns.length)));
  if (start > 0) line.passLeft(start - 1);
  let from = start;
  for (let n = 0; n < ends.length; n++) {
    line.addColumn(columns[n]!, from, ends[n]!, stride);
    from = ends[n]!;
  }
  if (end < length) line.passRight(end);
}

/** Add what comes behind, be its x in order or not. */
function addOthers(line: Thinned, x: Spans, y: Values, columnOf: ColumnOf, pixels: number): void {
  const blocks = Math.ceil(y.length / BLOCK);
  const stride = strideOver(Math.max(x.sorted, y.summed), x, columnOf, pixels);
  for (let block = x.sorted; block < blocks; block++) {
    const [start, end] = [block * BLOCK, Math.min((block + 1) * BLOCK, y.length)];
    if (block < x.summed) {
      const low = columnOf(x.low[block]!);
      const high = columnOf(x.high[block]!);
      if (high < 0) {
        line.passLeft(end - 1);
        continue;
      }
      if (low > pixels) {
        line.passRight(start);
        continue;
      }
      if (low === high) {
        line.addColumn(low, start, end, stride);
        continue;
      }
      if (block >= y.summed && block % stride > 0) continue;
    }
    line.addPoints(start, end);
  }
}

/** Of how many blocks in sight, of which nothing is known, one is read. */
function strideOver(start: number, x: Spans, columnOf: ColumnOf, pixels: number): number {
  let seen = 0;
  for (let block = start; block < x.summed; block++) {
    if (columnOf(x.high[block]!) >= 0 && columnOf(x.low[block]!) <= pixels) seen += 1;
  }
  return Math.max(1, Math.floor(seen / (READ * pixels)));
}

/**
 * Index of the point whose x is nearest; −1 in an empty series.
 *
 * @param x ascending (where it is not, some near point)
 */
export function nearest(x: Float64Array, target: number): number {
  let low = 0;
  let high = x.length - 1;
  if (high < 0) return -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= target) low = middle;
    else high = middle;
  }
  return Math.abs(x[high]! - target) < Math.abs(x[low]! - target) ? high : low;
}
