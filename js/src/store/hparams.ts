/** What runs were given, and by what they are judged. */
import { computed, signal } from "@preact/signals";
import type { RunHParams as Told, WireHParam } from "../wire/media";

export type HParam = string | number | boolean | null;

export interface RunHParams {
  readonly values: ReadonlyMap<string, HParam>;
  /** Tags by which the run is judged. */
  readonly metrics: readonly string[];
}

export class HParamsStore {
  /** By run. */
  readonly runs = signal<ReadonlyMap<number, RunHParams>>(new Map());
  /** Whether any run tells what it was given. */
  readonly told = computed(() => [...this.runs.value.values()].some(({ values }) => values.size > 0));

  /**
   * Take what a frame tells.
   *
   * @param whole there is nothing but what it tells
   */
  take(told: readonly Told[], whole: boolean): void {
    if (told.length === 0 && (!whole || this.runs.peek().size === 0)) return;
    const runs = new Map(whole ? [] : this.runs.peek());
    for (const { run, values, metrics } of told) {
      runs.set(run, { values: new Map(values.map(([name, value]) => [name, plain(value)])), metrics });
    }
    if (!same(runs, this.runs.peek())) this.runs.value = runs;
  }

  keep(kept: (run: number) => boolean): void {
    const runs = new Map([...this.runs.peek()].filter(([run]) => kept(run)));
    if (runs.size < this.runs.peek().size) this.runs.value = runs;
  }
}

const NUMBERS = { nan: NaN, inf: Infinity, "-inf": -Infinity } as const;

function plain(value: WireHParam): HParam {
  return typeof value === "object" && value !== null ? NUMBERS[value.number] : value;
}

function same(a: ReadonlyMap<number, RunHParams>, b: ReadonlyMap<number, RunHParams>): boolean {
  const text = (runs: ReadonlyMap<number, RunHParams>) =>
    JSON.stringify([...runs].map(([run, { values, metrics }]) => [run, [...values].map(([name, value]) => [name, String(value), typeof value]), metrics]));
  return a.size === b.size && text(a) === text(b);
}
