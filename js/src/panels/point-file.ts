/** The points of cards as text: CSV, with which no spreadsheet computes, and JSON. Pure. */
import type { Series } from "../store/series";
import type { TagData } from "../store/store";
import type { RunInfo } from "../wire/frame";

/** Rows of a piece of text: one string of millions of rows would be too long. */
const ROWS = 20_000;

export interface NamedSeries {
  run: string;
  series: Series;
}

/** The series of tags that are shown, in the order of tags, runs and attempts. */
export function shownSeries(
  tags: readonly TagData[],
  runOf: (id: number, attempt: number) => Pick<RunInfo, "name"> | undefined,
): NamedSeries[] {
  return tags.flatMap((data) =>
    data.series.flatMap((series) => {
      const run = runOf(series.run, series.attempt);
      return run === undefined || series.length === 0 ? [] : [{ run: run.name, series }];
    }),
  );
}

/** How many points are held here, and how many they stand for. */
export function heldOf(all: readonly NamedSeries[]): { held: number; total: number } {
  const sum = (count: (series: Series) => number) => all.reduce((so, { series }) => so + count(series), 0);
  return { held: sum((series) => series.length), total: sum((series) => Math.max(series.total, series.length)) };
}

/** CSV with a header, as `tbnotebook export` writes it: commas, newlines alone. */
export function* csvOf(all: readonly NamedSeries[]): Generator<string> {
  yield "run,attempt,tag,step,wall_time,value\n";
  for (const { run, series } of all) {
    const [name, tag] = [csvCell(run), csvCell(series.tag)];
    const { step, wall, value } = series;
    for (let start = 0; start < step.length; start += ROWS) {
      let text = "";
      for (let i = start; i < Math.min(start + ROWS, step.length); i++) {
        text += `${name},${series.attempt},${tag},${step[i]!},${number(wall[i]!)},${number(value[i]!)}\n`;
      }
      yield text;
    }
  }
}

/**
 * A name as a cell of CSV that no spreadsheet takes for a formula: with an apostrophe before it where it begins like
 * one, also behind blanks or with a wide sign.
 */
export function csvCell(name: string): string {
  // eslint-disable-next-line no-control-regex -- what Python counts as blanks
  const safe = /^[\t\r\n]|^[\s\u001c-\u001f\u0085]*[=+\-@＝＋－＠]/.test(name) ? `'${name}` : name;
  return /[,"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** As Python writes it. */
function number(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

/** JSON: an object a series; a value that is no finite number, which JSON has not, is "NaN", "Infinity" or "-Infinity". */
export function* jsonOf(all: readonly NamedSeries[]): Generator<string> {
  for (const [i, { run, series }] of all.entries()) {
    const facts = JSON.stringify({ run, attempt: series.attempt, tag: series.tag, points: Math.max(series.total, series.length) });
    yield `${i === 0 ? "[" : ",\n"}${facts.slice(0, -1)}`;
    for (const [name, values] of [["step", series.step], ["wall_time", series.wall], ["value", series.value]] as const) {
      yield `, "${name}": [${Array.from(values, (value) => (Number.isFinite(value) ? String(value) : `"${value}"`)).join(", ")}]`;
    }
    yield "}";
  }
  yield all.length === 0 ? "[]\n" : "]\n";
}
