/** The table: what each row has in each column. Pure. */
import type { Cell, ColumnKind } from "./cell";
import { columnTexts, distinct, kindOf } from "./cell";
import { type Column, columnKey, columnTitle, type Offer } from "./columns";
import { metricOf, type Of } from "./metric";
import type { Given, Row } from "./rows";
import type { TagData } from "../store/store";
import type { Series } from "../store/series";

export interface TableColumn {
  readonly column: Column;
  readonly key: string;
  readonly title: string;
  readonly kind: ColumnKind;
  readonly cells: readonly Cell[];
  readonly texts: readonly string[];
}

/** A column with what the rows have in it. */
export function tableColumn(column: Column, cells: readonly Cell[]): TableColumn {
  const texts = columnTexts(cells, column.kind === "metric");
  return { column, key: columnKey(column), title: columnTitle(column), kind: kindOf(cells), cells, texts };
}

export function hparamCells(rows: readonly Row[], name: string): Cell[] {
  return rows.map(({ values }) => values.get(name));
}

/** The values that somebody chose; none of what was measured. */
export function givenIn({ column, cells }: TableColumn): readonly Cell[] {
  return column.kind === "hparam" ? cells : [];
}

/** One number of a tag's newest attempt for each row. */
export function metricCells(rows: readonly Row[], data: TagData | undefined, of: Of): Cell[] {
  const newest = new Map<number, Series>();
  // By attempt, oldest first: the last one stays.
  for (const series of data?.series ?? []) if (series.length > 0) newest.set(series.run, series);
  return rows.map(({ sources }) => {
    const source = sources.find((id) => newest.has(id));
    return source === undefined ? undefined : metricOf(newest.get(source)!, of);
  });
}

/** What there is to choose columns of. */
export function offerOf(rows: readonly Row[], given: ReadonlyMap<number, Given>, tags: readonly TagData[]): Offer {
  const names = new Set(rows.flatMap(({ values }) => [...values.keys()]));
  const sources = new Set(rows.flatMap((row) => row.sources));
  const told = new Set([...given].filter(([run]) => sources.has(run)).flatMap(([, { metrics }]) => metrics));
  return {
    hparams: [...names].map((name) => ({ name, values: distinct(hparamCells(rows, name)).length })),
    told: [...told],
    tags: tags.map(({ tag, series }) => {
      const runs = new Set(series.map(({ run }) => run));
      return { tag, rows: rows.filter((row) => row.sources.some((id) => runs.has(id))).length };
    }),
  };
}
