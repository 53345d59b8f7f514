/** A kernel's side of the wire, small enough to be seen through. */
import type { Fill, Frame, SeriesPart } from "../../src/wire/frame";
import { frame } from "../frames";

/** Numbers from 0 to below 1, the same for the same seed. */
export function random(seed: number): () => number {
  let state = seed * 2_654_435_769;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Log {
  gen: number;
  values: number[];
  sent: number;
}

/** Its tags grow, by a little or by much, and change otherwise; step and wall time of a point are its index. */
export class Kernel {
  readonly #next: () => number;
  readonly #logs = new Map<string, Log>();
  #seq = 1;
  #chunks = 0;
  #gens = 1;

  constructor(next: () => number) {
    this.#next = next;
    for (const tag of ["a", "b"]) this.#logs.set(tag, { gen: 1, values: this.#values(40), sent: 40 });
  }

  /** Something happens to the log, and the kernel tells of it, or sends what nobody asked for. */
  happen(): [Frame | Fill, ArrayBuffer] | null {
    const tag = ["a", "b", "c"][Math.floor(this.#next() * 3)]!;
    const log = this.#logs.get(tag) ?? { gen: ++this.#gens, values: [], sent: 0 };
    const fate = this.#next();
    if (fate < 0.25) return this.key(3 + Math.floor(this.#next() * 8));
    if (fate < 0.6) {
      const { length } = log.values;
      const from = Math.floor(this.#next() * length);
      const to = from + 1 + Math.floor(this.#next() * (length - from));
      return length === 0 ? null : (this.fills([{ tag, from, to }])[0] ?? null);
    }
    this.#logs.set(tag, log);
    if (fate < 0.9) log.values.push(...this.#values(fate < 0.8 ? 3 : 50));
    else Object.assign(log, { gen: ++this.#gens, values: this.#values(20), sent: 0 });
    this.#seq += 1;
    const numbers: number[] = [];
    const part = this.#part(tag, log, numbers, log.sent, log.values.length - log.sent > 10 ? 6 : Infinity);
    log.sent = log.values.length;
    return [{ ...frame("delta", this.#seq, [])[0], series: [part] }, Float64Array.from(numbers).buffer];
  }

  /** A whole state, of each series at most so many points. */
  key(most: number): [Frame, ArrayBuffer] {
    const numbers: number[] = [];
    const series = [...this.#logs].map(([tag, log]) => this.#part(tag, log, numbers, 0, most));
    return [{ ...frame("key", this.#seq, [])[0], series }, Float64Array.from(numbers).buffer];
  }

  fills(lacks: readonly { tag: string; from: number; to: number }[]): [Fill, ArrayBuffer][] {
    return lacks.map(({ tag, from, to }) => {
      const numbers: number[] = [];
      const part = this.#part(tag, this.#logs.get(tag)!, numbers, from, Infinity, to);
      const content: Fill = { type: "fill", v: 1, n: ++this.#chunks, stream: "s", now: 1000, series: [part] };
      return [content, Float64Array.from(numbers).buffer];
    });
  }

  points(): Record<string, number[]> {
    return Object.fromEntries([...this.#logs].map(([tag, { values }]) => [tag, values]));
  }

  #values(count: number): number[] {
    return Array.from({ length: count }, () => this.#next());
  }

  #part(tag: string, { gen, values }: Log, numbers: number[], from: number, most: number, to = values.length): SeriesPart {
    let index = Array.from({ length: to - from }, (_, i) => from + i);
    const thinned = index.length > most;
    if (thinned) {
      const kept = new Set([from, to - 1, ...Array.from({ length: most }, () => from + Math.floor(this.#next() * (to - from)))]);
      index = [...kept].sort((a, b) => a - b);
    }
    const column = (items: readonly number[]) => {
      const o = numbers.length * 8;
      numbers.push(...items);
      return { k: "f8", o } as const;
    };
    const places = column(index);
    const value = column(index.map((i) => values[i]!));
    const base = { run: 0, attempt: 0, tag, gen, from, count: index.length, total: to, step: places, wall: places, value };
    return { ...base, thinned, ...(thinned && { index: places }) };
  }
}
