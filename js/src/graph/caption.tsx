import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { Menu, MenuItem } from "../ui/menu";
import type { ExportFormat } from "./export";
import { flopsText, parametersText } from "./facts";
import type { Model } from "./model";
import { useSearch } from "./ready";
import { shownText } from "./text";

interface CaptionProps {
  readonly model: Model;
  readonly narrow: boolean;
  readonly status: ComponentChildren;
  onFind: (id: number) => void;
  onFit: () => void;
  onZoom: (factor: number) => void;
  onExport: (format: ExportFormat) => void;
}

/** What network it is, its totals, and the controls of the picture. */
export function Caption({ model, narrow, status, onFind, onFit, onZoom, onExport }: CaptionProps): JSX.Element {
  const { cls, name } = model.payload;
  const crumbs = model.path.map((id, i) => (i === 0 ? cls || name : (model.items[id]?.name ?? "")));
  return (
    <div class="tbn-caption">
      <div class="tbn-crumbs">
        {crumbs.map((crumb, i) => (
          <span key={i} class={i === crumbs.length - 1 ? "tbn-here" : "tbn-quiet"}>
            <bdi>{shownText(crumb).slice(0, 80)}</bdi>
          </span>
        ))}
      </div>
      <span class="tbn-totals">{totalsText(model, narrow)}</span>
      <span class="tbn-tools">
        <Finder model={model} onFind={onFind} />
        <Tool label="Zoom out" path="M3 8H13" onClick={() => onZoom(1 / 1.25)} />
        <Tool label="Zoom in" path="M3 8H13M8 3V13" onClick={() => onZoom(1.25)} />
        <Tool label="Fit" path="M2 6V2H6M10 2H14V6M14 10V14H10M6 14H2V10" onClick={onFit} />
        <Menu label="Export" icon={<Glyph path="M8 2V10M4.5 7L8 10.5L11.5 7M2.5 13.5H13.5" />} class="tbn-icon">
          <MenuItem onSelect={() => onExport("svg")}>Save as SVG</MenuItem>
          <MenuItem onSelect={() => onExport("png")}>Save as PNG</MenuItem>
        </Menu>
      </span>
      {status}
    </div>
  );
}

function totalsText(model: Model, narrow: boolean): string {
  const { params, trainable, flops, dtypes } = model.payload.totals;
  const parts = model.payload.foreign && params === 0 ? [] : [parametersText(params)];
  if (narrow) return parts.join("");
  if (trainable < params) parts.push(trainable === 0 ? "all frozen" : `${parametersText(trainable).split(" ")[0]} trainable`);
  if (flops !== null && flops > 0) parts.push(flopsText(flops));
  if (dtypes.length > 0) parts.push(shownText(dtypes.slice(0, 3).join(", ")));
  return [...parts, ...model.payload.notes.slice(0, 2).map((note) => shownText(note).slice(0, 120))].join(" · ");
}

function Tool({ label, path, onClick }: { label: string; path: string; onClick: () => void }): JSX.Element {
  return (
    <button type="button" class="tbn-icon" aria-label={label} title={label} onClick={onClick}>
      <Glyph path={path} />
    </button>
  );
}

function Glyph({ path }: { path: string }): JSX.Element {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

function Finder({ model, onFind }: { model: Model; onFind: (id: number) => void }): JSX.Element {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const { found, more, broken } = useSearch(model, query);
  const pick = (id: number | undefined): void => {
    if (id === undefined) return;
    setQuery("");
    onFind(id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") pick(found[Math.min(at, found.length - 1)]?.id);
    else if (event.key === "Escape") setQuery("");
    else if (event.key === "ArrowDown") setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <span class="tbn-find">
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M11 11L14.5 14.5M2 7A5 5 0 1 0 12 7A5 5 0 1 0 2 7" />
      </svg>
      <input
        type="search"
        placeholder="Find a layer"
        aria-label="Find a layer"
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {query.trim() !== "" && (
        <ul class="tbn-found">
          {found.map((entry, i) => (
            <li key={entry.id}>
              <button type="button" class={i === at ? "tbn-at" : ""} onClick={() => pick(entry.id)}>
                <bdi>{shownText(entry.path).slice(-60)}</bdi> <bdi class="tbn-quiet">{shownText(entry.cls).slice(0, 40)}</bdi>
              </button>
            </li>
          ))}
          {found.length === 0 && <li class="tbn-quiet">{broken ? "This pattern cannot be used" : "No layer has this name"}</li>}
          {more > 0 && <li class="tbn-quiet">and {more} more</li>}
        </ul>
      )}
    </span>
  );
}
