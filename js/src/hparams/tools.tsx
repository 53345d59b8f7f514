/** The slim row above the table: how many rows are chosen, what colours them, which columns there are, and the file. */
import { useSignal } from "@preact/signals";
import type { JSX, RefObject } from "preact";
import { useRef } from "preact/hooks";
import { downloadText, fileName } from "../panels/download";
import { matcher } from "../panels/groups";
import { elideMiddle, visible } from "../ui/format";
import { Icon } from "../ui/icons";
import { Overlay } from "../ui/overlay";
import { baseName } from "../ui/run-name";
import { type Column, columnKey } from "./columns";
import { csvOf } from "./csv";
import type { HParamsModel } from "./model";

/** Of more columns than this the others are found by their name. */
const MOST = 200;
const FEW = 12;

export function Tools({ model }: { model: HParamsModel }): JSX.Element {
  const rows = model.rows.value.length;
  const shown = model.shown.value.filter(Boolean).length;
  const filtered = Object.keys(model.ui.value.filters).length > 0;
  return (
    <div class="tbn-hp-tools">
      {(filtered || shown < rows) && (
        <>
          <span class="tbn-second" role="status">
            {shown} of {rows} chosen
          </span>
          <button type="button" class="tbn-link" onClick={() => model.clear()}>
            show all
          </button>
        </>
      )}
      <span class="tbn-gap" />
      <ColourBy model={model} />
      <ColumnsButton model={model} />
      <button type="button" class="tbn-hp-button" title="Save the rows and columns that are shown as CSV" onClick={() => saveCsv(model)}>
        CSV
      </button>
    </div>
  );
}

function ColourBy({ model }: { model: HParamsModel }): JSX.Element {
  const numbers = model.columns.value.filter(({ kind }) => kind === "number");
  const by = model.colourColumn.value;
  return (
    <label class="tbn-hp-colour">
      <span class="tbn-second">Colour</span>
      {by !== null && <span class="tbn-hp-ramp" aria-hidden="true" />}
      <select class="tbn-hp-select" value={by?.key ?? ""} onChange={(event) => model.set({ colour: event.currentTarget.value })}>
        <option value="">by run</option>
        {numbers.map(({ key, title }) => (
          <option key={key} value={key}>
            {visible(elideMiddle(title, 40))}
          </option>
        ))}
      </select>
    </label>
  );
}

function ColumnsButton({ model }: { model: HParamsModel }): JSX.Element {
  const open = useSignal(false);
  const anchor = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button type="button" class="tbn-hp-button" ref={anchor} aria-haspopup="dialog" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
        Columns <Icon name="down" />
      </button>
      {open.value && <ColumnsBox model={model} anchor={anchor} onClose={() => (open.value = false)} />}
    </>
  );
}

function ColumnsBox({ model, anchor, onClose }: { model: HParamsModel; anchor: RefObject<HTMLElement | null>; onClose: () => void }): JSX.Element {
  const search = useSignal("");
  const { hparams, tags } = model.offer.value;
  const shown = new Set(model.wanted.map(columnKey));
  const matches = matcher(search.value);
  const list = (title: string, all: readonly (readonly [string, Column])[]) => {
    const found = all.filter(([name]) => matches(name));
    return (
      all.length > 0 && (
        <div role="group" aria-label={title} class="tbn-hp-list">
          <p class="tbn-second">{title}</p>
          {found.slice(0, MOST).map(([name, column]) => (
            <label key={name} class="tbn-hp-option">
              <input type="checkbox" checked={shown.has(columnKey(column))} onChange={() => model.toggleColumn(column)} />
              <bdi>{visible(elideMiddle(name, 60))}</bdi>
            </label>
          ))}
          {found.length > MOST && <p class="tbn-second">and {found.length - MOST} more</p>}
        </div>
      )
    );
  };
  return (
    <Overlay anchor={anchor} side="right" onClose={onClose} class="tbn-box tbn-hp-box" label="Columns">
      {hparams.length + tags.length > FEW && (
        <label class="tbn-field tbn-hp-search">
          <Icon name="search" />
          <input type="search" placeholder="Filter columns" aria-label="Filter columns by a regular expression" value={search.value} onInput={(event) => (search.value = event.currentTarget.value)} />
        </label>
      )}
      {list("Hyperparameters", hparams.map(({ name }) => [name, { kind: "hparam", name }]))}
      {list("Metrics", tags.map(({ tag }) => [tag, { kind: "metric", tag, of: "last" }]))}
      {model.ui.value.columns !== null && (
        <div class="tbn-hp-deeds">
          <button type="button" class="tbn-link" onClick={() => model.set({ columns: null })}>
            Usual columns
          </button>
        </div>
      )}
    </Overlay>
  );
}

function saveCsv(model: HParamsModel): void {
  const rows = model.rows.peek();
  const columns = model.columns.peek();
  const lines = model.order.peek().map((row) => [rows[row]!.label, ...columns.map(({ cells }) => cells[row])]);
  downloadText(csvOf(["run", ...columns.map(({ title }) => title)], lines), "text/csv", `${fileName(baseName(model.state.store.log.peek().path))}-hparams.csv`);
}
