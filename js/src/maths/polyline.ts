/** What a curve says between its points. */

export interface Polyline {
  x: Float64Array;
  y: Float64Array;
}

/** The points in the order of x, each x once: of several the last. */
export function ascending({ x, y }: Polyline): Polyline {
  let sorted = true;
  for (let i = 1; i < x.length && sorted; i++) sorted = x[i]! > x[i - 1]!;
  if (sorted) return { x, y };
  const order = Uint32Array.from(x, (_, i) => i).sort((a, b) => x[a]! - x[b]! || a - b);
  const last = order.filter((at, i) => i === order.length - 1 || x[at] !== x[order[i + 1]!]);
  return { x: Float64Array.from(last, (at) => x[at]!), y: Float64Array.from(last, (at) => y[at]!) };
}

/**
 * The values of a line at some places.
 *
 * @param places mostly ascending
 * @param line ascending, as `ascending` makes it
 * @returns between two points the interpolated value; NaN beyond the ends, and where a neighbour is no finite number
 */
export function valuesAt(places: Float64Array, { x, y }: Polyline): Float64Array {
  const out = new Float64Array(places.length).fill(NaN);
  let right = 0;
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!;
    if (right > 0 && !(x[right - 1]! < place)) right = firstFrom(x, place);
    while (right < x.length && x[right]! < place) right += 1;
    if (x[right] === place) out[i] = finite(y[right]!);
    else if (right > 0 && right < x.length) {
      const [x0, y0] = [x[right - 1]!, finite(y[right - 1]!)];
      out[i] = y0 + (finite(y[right]!) - y0) * ((place - x0) / (x[right]! - x0));
    }
  }
  return out;
}

/** Index of the first of ascending numbers that is not below `limit`. */
export function firstFrom(values: Float64Array, limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : NaN;
}
