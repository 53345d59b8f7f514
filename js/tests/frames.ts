/** Frames as Python writes them, and a source to send them through. */
import type { Frame, Message, RunInfo, SeriesPart } from "../src/wire/frame";
import { DEFAULT_OPTIONS, type Options } from "../src/wire/options";
import type { MessageListener, Source } from "../src/wire/source";

export function run(id: number, name: string, more: Partial<RunInfo> = {}): RunInfo {
  const base = { color: id, ended: false, ended_by: null, attempts: 1, parent: null, first: 0, last: 1000, last_step: 9, lost: null };
  return { id, name, ...base, ...more };
}

/** A part whose steps count from `from`, with its values; wall times follow the steps. */
export function part(tag: string, values: readonly number[], more: Partial<SeriesPart> = {}): [SeriesPart, readonly number[]] {
  const from = more.from ?? 0;
  const rule = { k: "seq", a: from, d: 1 } as const;
  const base = { run: 0, attempt: 0, gen: 1, from, count: values.length, total: from + values.length, thinned: false };
  return [{ ...base, tag, step: rule, wall: rule, value: { k: "f8", o: 0 }, ...more }, values];
}

export function frame(
  kind: "key" | "delta",
  seq: number,
  parts: readonly [SeriesPart, readonly number[]][],
  more: Partial<Frame> = {},
): [Frame, ArrayBuffer] {
  const series: SeriesPart[] = [];
  const numbers: number[] = [];
  for (const [one, values] of parts) {
    series.push({ ...one, value: { k: "f8", o: numbers.length * 8 } });
    for (const value of values) numbers.push(value);
  }
  const log = { path: "/home/a/logs", state: "ok", files: 1, read: 10, total: 10, interval: 0.2 } as const;
  const runs = kind === "key" ? [run(0, ".")] : [];
  const content: Frame = { type: "frame", v: 1, kind, stream: "s", seq, now: 1000, log, runs, series, graphs: [], ...more };
  return [content, Float64Array.from(numbers).buffer];
}

export class FakeSource implements Source {
  readonly id = "view-1";
  heardWhileBusy = false;
  saved: { created: string } | null = null;
  options: Options = DEFAULT_OPTIONS;
  readonly asked: { type: string }[] = [];
  readonly kept: Partial<Options>[] = [];
  #listener: MessageListener = () => undefined;
  #option: (changed: Partial<Options>) => void = () => undefined;
  #closed: (closed: boolean) => void = () => undefined;

  subscribe(listener: MessageListener): () => void {
    this.#listener = listener;
    return () => undefined;
  }
  onOptions(listener: (changed: Partial<Options>) => void): () => void {
    this.#option = listener;
    return () => undefined;
  }
  onClosed(listener: (closed: boolean) => void): () => void {
    this.#closed = listener;
    return () => undefined;
  }
  saveOptions(changed: Partial<Options>): void {
    this.kept.push(changed);
  }
  ask(message: { type: string }): void {
    this.asked.push(message);
  }

  send([message, buffer]: readonly [Message, (ArrayBuffer | null)?]): void {
    this.#listener(message, buffer ?? null);
  }
  change(options: Partial<Options>): void {
    this.#option(options);
  }
  close(): void {
    this.#closed(true);
  }
}
