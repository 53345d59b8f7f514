/** Packed columns → numbers. */
import type { Column, Frame, SeriesPart } from "./frame";

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
  if (column.k === "f8") return new Float64Array(fitting(column, count, buffer), column.o, count);
  const values = new Float64Array(count);
  unpackInto(values, column, count, buffer, 0);
  return values;
}

/**
 * Unpack a part of a column, from number `from` on, to where it is to stand.
 *
 * @throws Error as `unpack`
 */
export function unpackInto(out: Float64Array, column: Column, count: number, buffer: ArrayBuffer | null, from: number): void {
  if (column.k === "seq") {
    const { a, d } = column;
    for (let i = 0; i < out.length; i++) out[i] = a + d * (from + i);
    return;
  }
  const whole = fitting(column, count, buffer);
  switch (column.k) {
    case "f8":
      out.set(new Float64Array(whole, column.o + 8 * from, out.length));
      return;
    case "f4":
      out.set(new Float32Array(whole, column.o + 4 * from, out.length));
      return;
    case "i4":
      out.set(new Int32Array(whole, column.o + 4 * from, out.length));
      return;
    case "t1":
      goOn(out, new Uint8Array(whole, column.o, count), column, from);
      return;
    case "t2":
      goOn(out, new Uint16Array(whole, column.o, count), column, from);
      return;
    case "t4":
      goOn(out, new Uint32Array(whole, column.o, count), column, from);
  }
}

/** All parts of a delta, also of the series that grew by a few points. */
export function partsOf({ series, grown }: Frame): readonly SeriesPart[] {
  if (grown === undefined) return series;
  let at = 0;
  const parts = grown.series.map(([run, attempt, tag, gen, from, count]): SeriesPart => {
    const [step, wall, value] = [behind(grown.step, at), behind(grown.wall, at), behind(grown.value, at)];
    at += count;
    return { run, attempt, tag, gen, from, count, total: from + count, thinned: false, step, wall, value };
  });
  return [...series, ...parts];
}

/** A column from number `at` on; of those whose numbers stand by themselves. */
function behind(column: Column, at: number): Column {
  return column.k === "seq" ? { ...column, a: column.a + at * column.d } : { ...column, o: column.o + at * WIDTH[column.k] };
}

/** @throws Error as `unpack` */
export function checkColumn(column: Column, count: number, buffer: ArrayBuffer | null): void {
  if (column.k !== "seq") fitting(column, count, buffer);
}

/** The buffer, if the column lies in it. */
function fitting(column: Exclude<Column, { k: "seq" }>, count: number, buffer: ArrayBuffer | null): ArrayBuffer {
  const width = Object.hasOwn(WIDTH, column.k) ? WIDTH[column.k] : undefined;
  if (width === undefined) throw new Error(`a column of kind "${column.k}"; known are seq, ${Object.keys(WIDTH).join(", ")}`);
  const size = buffer?.byteLength ?? 0;
  if (buffer === null || column.o < 0 || column.o % width !== 0 || column.o + count * width > size) {
    throw new Error(`a column of ${count} × ${column.k} at ${column.o} does not fit its buffer of ${size} bytes`);
  }
  return buffer;
}

function goOn(out: Float64Array, distances: Uint8Array | Uint16Array | Uint32Array, { a, d }: { a: number; d: number }, from: number): void {
  let ticks = a;
  for (let i = 0; i < from; i++) ticks += d + distances[i]!;
  for (let i = 0; i < out.length; i++) {
    ticks += d + distances[from + i]!;
    out[i] = ticks * TICK;
  }
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
