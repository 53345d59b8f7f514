/** Packed columns → numbers. */
import type { Column } from "./frame";

const WIDTH = { f8: 8, f4: 4, i4: 4, t1: 1, t2: 2, t4: 4 } as const;
/** Of wall times, in seconds. */
const TICK = 2 ** -22;

/**
 * Unpack a column of a message.
 *
 * @param count number of points of the part
 * @param buffer the message's buffer; null where all columns are rules
 * @returns float64; a view into `buffer` where the bytes already are float64
 * @throws Error if the column's kind is unknown or it reaches beyond the buffer
 */
export function unpack(column: Column, count: number, buffer: ArrayBuffer | null): Float64Array {
  if (column.k === "seq") {
    const { a, d } = column;
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) values[i] = a + d * i;
    return values;
  }
  const width = Object.hasOwn(WIDTH, column.k) ? WIDTH[column.k] : undefined;
  if (width === undefined) throw new Error(`a column of kind "${column.k}"; known are seq, ${Object.keys(WIDTH).join(", ")}`);
  const size = buffer?.byteLength ?? 0;
  if (buffer === null || column.o < 0 || column.o % width !== 0 || column.o + count * width > size) {
    throw new Error(`a column of ${count} × ${column.k} at ${column.o} does not fit its buffer of ${size} bytes`);
  }
  switch (column.k) {
    case "f8":
      return new Float64Array(buffer, column.o, count);
    case "f4":
      return new Float64Array(new Float32Array(buffer, column.o, count));
    case "i4":
      return new Float64Array(new Int32Array(buffer, column.o, count));
    case "t1":
      return times(new Uint8Array(buffer, column.o, count), column.a, column.d);
    case "t2":
      return times(new Uint16Array(buffer, column.o, count), column.a, column.d);
    case "t4":
      return times(new Uint32Array(buffer, column.o, count), column.a, column.d);
  }
}

function times(distances: Uint8Array | Uint16Array | Uint32Array, before: number, least: number): Float64Array {
  const values = new Float64Array(distances.length);
  let ticks = before;
  for (let i = 0; i < values.length; i++) {
    ticks += least + distances[i]!;
    values[i] = ticks * TICK;
  }
  return values;
}

/**
 * The bytes of a message's buffer with a start that columns can be viewed from.
 *
 * JupyterLab hands buffers over as DataViews into a larger message; a host may place them at any byte.
 */
export function alignedBuffer(view: ArrayBuffer | ArrayBufferView | undefined): ArrayBuffer | null {
  if (view === undefined) return null;
  if (view instanceof ArrayBuffer) return view;
  const bytes = new Uint8Array(view.byteLength);
  bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  return bytes.buffer;
}
