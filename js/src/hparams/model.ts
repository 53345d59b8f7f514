/** What the table and both plots share: the rows, their columns, which are chosen, and the one that is lit. */
import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import { matcher } from "../panels/groups";
import type { CurvesState } from "../panels/state";
import { subscribeTo } from "../store/subscribe";
import { runLabel } from "../ui/run-name";
import { toggled } from "../ui/shown-runs";
import { type Cell, sortedBy } from "./cell";
import { type Column, columnKey, movedColumn, type Offer, toggledColumn, usualColumns } from "./columns";
import { chosenRows, type Filter, hiddenAfter, isIdle, leftOut } from "./filters";
import type { Of } from "./metric";
import { rampColor } from "./ramp";
import { type Row, rowsOf } from "./rows";
import { placeOf, type Scale, scaleOf } from "./scale";
import { hparamCells, metricCells, offerOf, type TableColumn, tableColumn } from "./table";
import { type HParamsUi, readHParamsUi } from "./ui-state";

/** The key of the rows' names among those of columns. */
export const RUN = "run";
/** Up to so many rows have their runs' colours by themselves. */
const FEW = 6;

let models = 0;

export class HParamsModel {
  /** Another for each: several views may stand in one page. */
  readonly id = models++;
  readonly state: CurvesState;
  readonly ui: ReadonlySignal<HParamsUi>;
  readonly rows: ReadonlySignal<readonly Row[]>;
  readonly offer: ReadonlySignal<Offer>;
  /** The runs that the filters left out at the last look; null before the first. */
  #out: ReadonlySet<string> | null = null;
  readonly #wanted: ReadonlySignal<readonly Column[]>;
  /** Of those the ones that the filter of tags lets through. */
  readonly columns: ReadonlySignal<readonly TableColumn[]>;
  /** By the key of a column that is shown. */
  readonly scales: ReadonlySignal<ReadonlyMap<string, Scale>>;
  /** For each row whether it passes the filters. */
  readonly chosen: ReadonlySignal<readonly boolean[]>;
  /** For each row whether its run shows: not hidden, and the row passes. */
  readonly shown: ReadonlySignal<readonly boolean[]>;
  /** Numbers of the chosen rows, as they are sorted. */
  readonly order: ReadonlySignal<readonly number[]>;
  /** The column whose numbers colour the rows; null: the runs' colours. */
  readonly colourColumn: ReadonlySignal<TableColumn | null>;
  readonly colours: ReadonlySignal<readonly string[]>;
  /** Keys of the row under the pointer, and of the one that a person picked. */
  readonly hovered = signal<string | null>(null);
  readonly picked = signal<string | null>(null);
  /** Number of the row that is lit; −1 for none. */
  readonly lit: ReadonlySignal<number>;

  constructor(state: CurvesState) {
    this.state = state;
    const { store, options } = state;
    this.ui = computed(() => readHParamsUi(state.panelUi("hparams")));
    this.rows = computed(() => {
      const { path } = store.log.value;
      return rowsOf(state.matching.value, store.runs.value, store.hparams.runs.value, (run) => runLabel(run, path));
    });
    this.offer = computed(() => offerOf(this.rows.value, store.hparams.runs.value, store.tags.value));
    this.#wanted = computed(() => this.ui.value.columns ?? usualColumns(this.offer.value));
    this.columns = computed(() => {
      const matches = matcher(options.get("tags"));
      const columns = this.#wanted.value.filter((column) => matches(column.kind === "hparam" ? column.name : column.tag));
      return columns.map((column) => tableColumn(column, this.#cellsOf(column)));
    });
    this.scales = computed(() => {
      const { log } = this.ui.value;
      return new Map(this.columns.value.map(({ key, cells, kind }) => [key, scaleOf(cells, kind, Object.hasOwn(log, key) ? log[key]! : null)]));
    });
    this.chosen = computed(() => chosenRows(this.rows.value.length, this.ui.value.filters, (key) => this.cells(key)));
    this.shown = computed(() => {
      const hidden = new Set(options.get("hidden"));
      return this.rows.value.map(({ run }, i) => this.chosen.value[i]! && !hidden.has(run.name));
    });
    this.order = computed(() => {
      const { sort } = this.ui.value;
      const cells = sort === null ? null : this.cells(sort.key);
      const order = sort === null || cells === null ? [...this.rows.value.keys()] : sortedBy(cells, sort.down);
      return order.filter((i) => this.chosen.value[i]);
    });
    this.colourColumn = computed(() => {
      const { colour } = this.ui.value;
      if (colour === "" || (colour === null && this.rows.value.length <= FEW)) return null;
      const numbers = this.columns.value.filter(({ kind }) => kind === "number");
      return numbers.find(({ key }) => key === colour) ?? numbers.find(({ column }) => column.kind === "metric") ?? null;
    });
    this.colours = computed(() => {
      const by = this.colourColumn.value;
      if (by === null) return this.rows.value.map(({ run }) => state.colorOf(run));
      const scale = this.scales.value.get(by.key)!;
      const nothing = state.look.value.second;
      return by.cells.map((cell) => {
        const place = placeOf(scale, cell);
        return Number.isNaN(place) ? nothing : rampColor(state.theme.value, place);
      });
    });
    this.lit = computed(() => {
      const key = this.hovered.value ?? this.picked.value;
      return key === null ? -1 : this.rows.value.findIndex((row) => row.key === key);
    });
  }

  /** The columns, also those that the filter of tags hides. */
  get wanted(): readonly Column[] {
    return this.#wanted.value;
  }

  /** What the rows have in a column; null for one that is not shown. */
  cells(key: string): readonly Cell[] | null {
    if (key === RUN) return this.rows.value.map(({ label }) => label);
    return this.columns.value.find((one) => one.key === key)?.cells ?? null;
  }

  set(changed: Partial<HParamsUi>): void {
    this.state.setPanelUi("hparams", changed);
  }

  /** Show a column, or no longer; the rows are then not chosen by it either. */
  toggleColumn(column: Column): void {
    const key = columnKey(column);
    const columns = this.#wanted.peek();
    if (columns.some((one) => columnKey(one) === key)) this.setFilter(key, null);
    this.set({ columns: toggledColumn(columns, column) });
  }

  /** Choose rows by what is in a column; null: no more. The runs of the others are hidden everywhere. */
  setFilter(key: string, filter: Filter | null): void {
    this.setFilters({ [key]: filter });
  }

  setFilters(changed: Readonly<Record<string, Filter | null>>): void {
    const others = Object.entries(this.ui.peek().filters).filter(([key]) => !Object.hasOwn(changed, key));
    const set = Object.entries(changed).filter((entry): entry is [string, Filter] => entry[1] !== null && !isIdle(entry[1]));
    const { options } = this.state;
    batch(() => {
      const before = this.chosen.peek();
      this.set({ filters: Object.fromEntries([...others, ...set]) });
      const owners = this.rows.peek().map(({ run }) => run.name);
      options.set("hidden", hiddenAfter(options.peek("hidden"), owners, before, this.chosen.peek()));
    });
  }

  /**
   * Keep the filters and the hidden runs together while others change either: a run that comes, or whose metric moves,
   * is hidden or shown as the filters say, and where all that they left out has been shown elsewhere, they go.
   */
  keepUp(): void {
    const { options } = this.state;
    const out = leftOut(this.rows.value.map(({ run }) => run.name), this.chosen.value);
    const before = this.#out ?? out;
    this.#out = out;
    const hidden = options.get("hidden");
    const fresh = [...out].filter((name) => !before.has(name) && !hidden.includes(name));
    const kept = hidden.filter((name) => out.has(name) || !before.has(name));
    if (fresh.length > 0 || kept.length < hidden.length) options.set("hidden", [...kept, ...fresh]);
    else if (out.size > 0 && !hidden.some((name) => out.has(name))) this.set({ filters: {} });
  }

  /** Let all rows through, and show all of their runs. */
  clear(): void {
    this.set({ filters: {} });
    const listed = new Set(this.rows.peek().map(({ run }) => run.name));
    this.state.options.set("hidden", this.state.options.peek("hidden").filter((name) => !listed.has(name)));
  }

  /** Put a column before another; null: at the end. */
  moveColumn(key: string, before: string | null): void {
    this.set({ columns: movedColumn(this.#wanted.peek(), key, before) });
  }

  /** Tell another number of a column's tag. */
  setOf(key: string, of: Of): void {
    this.set({ columns: this.#wanted.peek().map((column) => (columnKey(column) === key && column.kind === "metric" ? { ...column, of } : column)) });
  }

  /** Hide a row's run everywhere, or show it. */
  toggle(row: Row): void {
    const { options } = this.state;
    options.set("hidden", toggled(options.peek("hidden"), [row.run.name]));
  }

  /** Go to the curves of a row's run; `alone`: no other is shown there. */
  goTo(row: Row, alone: boolean): void {
    const { options, listed } = this.state;
    const hidden = options.peek("hidden");
    const { name } = row.run;
    const others = listed.peek().filter((run) => run.name !== name);
    options.set("hidden", alone ? others.map((run) => run.name) : hidden.filter((one) => one !== name));
    options.set("panel", "curves");
  }


  #cellsOf(column: Column): Cell[] {
    const rows = this.rows.value;
    if (column.kind === "hparam") return hparamCells(rows, column.name);
    const data = this.state.store.tag(column.tag);
    subscribeTo(data?.revision.value);
    return metricCells(rows, data, column.of);
  }
}
