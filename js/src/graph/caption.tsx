import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../ui/icons";
import { Menu, MenuGroup, MenuItem } from "../ui/menu";
import type { ColourBy } from "../wire/options";
import type { ExportFormat } from "./export";
import { flopsText, parametersText } from "./facts";
import { ancestry, type Model } from "./model";
import { COLOUR_NAMES } from "./painting";
import { useSearch } from "./ready";
import { shownText } from "./text";

export interface CaptionProps {
  readonly model: Model;
  readonly narrow: boolean;
  readonly selected: number | null;
  readonly status: ComponentChildren;
  readonly colour: ColourBy;
  readonly table: boolean;
  onFind: (id: number) => void;
  /** Ends the selection. */
  onLeave: () => void;
  onFit: () => void;
  onZoom: (factor: number) => void;
  onColour: (colour: ColourBy) => void;
  onTable: (shown: boolean) => void;
  onExport: (format: ExportFormat) => void;
}

/** What network it is and where in it one is, its totals, and the controls of the picture. */
export function Caption(props: CaptionProps): JSX.Element {
  const { model, narrow, selected, status, colour, table, onFind, onLeave, onFit, onZoom, onColour, onTable, onExport } = props;
  const totals = narrow && selected !== null ? [] : totalsOf(model, narrow);
  const colours = (Object.keys(COLOUR_NAMES) as ColourBy[]).map((one) => (
    <MenuItem key={one} one={true} checked={one === colour} onSelect={() => onColour(one)}>
      {COLOUR_NAMES[one]}
    </MenuItem>
  ));
  const files = (
    <>
      <MenuItem onSelect={() => onExport("svg")}>Save as SVG</MenuItem>
      <MenuItem onSelect={() => onExport("png")}>Save as PNG</MenuItem>
    </>
  );
  return (
    <div class="tbn-caption">
      <Crumbs model={model} selected={selected} onFind={onFind} onLeave={onLeave} />
      {/* Where there is no room for both, the path that is gone says more. */}
      <span class="tbn-totals" title={totals.join(" · ")}>
        {totals.map((part) => (
          <span key={part}>{part}</span>
        ))}
      </span>
      <span class="tbn-tools">
        <Finder model={model} onFind={onFind} />
        {!narrow && (
          <Menu label={`Colour ${COLOUR_NAMES[colour]}`} icon={<><span class="tbn-quiet">Colour</span>&nbsp;{COLOUR_NAMES[colour]} <Icon name="down" /></>} class="tbn-worded">
            {colours}
          </Menu>
        )}
        {!narrow && <Tool label="Zoom out" path="M3 8H13" onClick={() => onZoom(1 / 1.25)} />}
        {!narrow && <Tool label="Zoom in" path="M3 8H13M8 3V13" onClick={() => onZoom(1.25)} />}
        <Tool label="Fit" path="M2 6V2H6M10 2H14V6M14 10V14H10M6 14H2V10" onClick={onFit} />
        {!narrow && (
          <Menu label="Export" icon={<Glyph path="M8 2V10M4.5 7L8 10.5L11.5 7M2.5 13.5H13.5" />} class="tbn-icon">
            {files}
          </Menu>
        )}
        {!narrow && (
          <button type="button" class="tbn-toggle" aria-pressed={table} onClick={() => onTable(!table)}>
            Table
          </button>
        )}
        {narrow && (
          <Menu label="More" icon={<Icon name="more" />}>
            <MenuItem onSelect={() => onZoom(1.25)}>Zoom in</MenuItem>
            <MenuItem onSelect={() => onZoom(1 / 1.25)}>Zoom out</MenuItem>
            <MenuItem checked={table} onSelect={() => onTable(!table)}>
              Table of layers
            </MenuItem>
            {files}
            <MenuGroup label="Colour by">{colours}</MenuGroup>
          </Menu>
        )}
      </span>
      {status}
    </div>
  );
}

/** Names from the root to the group that is drawn, or to what is selected. */
function Crumbs({ model, selected, onFind, onLeave }: Pick<CaptionProps, "model" | "selected" | "onFind" | "onLeave">): JSX.Element {
  const { cls, name } = model.payload;
  const path = selected === null ? model.path : ancestry(model.items, selected);
  const ids = path.length > CRUMBS ? [...path.slice(0, 1), ...path.slice(1 - CRUMBS)] : path;
  return (
    <nav class="tbn-crumbs" aria-label="Path in the network">
      {ids.map((id, i) => {
        const text = shownText(id === path[0] ? cls || name : (model.items[id]?.name ?? "")).slice(0, 80);
        const isHere = i === ids.length - 1;
        return (
          <span key={id} class={isHere ? "tbn-here" : "tbn-quiet"}>
            {isHere || (selected === null && model.path.includes(id)) ? (
              <bdi>{text}</bdi>
            ) : (
              <button type="button" onClick={() => (model.path.includes(id) ? onLeave() : onFind(id))}>
                <bdi>{text}</bdi>
              </button>
            )}
          </span>
        );
      })}
    </nav>
  );
}

/** More names than this lose those in the middle. */
const CRUMBS = 6;

function totalsOf(model: Model, narrow: boolean): string[] {
  const { params, trainable, flops, dtypes } = model.payload.totals;
  const parts = model.payload.foreign && params === 0 ? [] : [parametersText(params)];
  if (narrow) return parts;
  if (trainable < params) parts.push(trainable === 0 ? "all frozen" : `${parametersText(trainable).split(" ")[0]} trainable`);
  if (flops !== null && flops > 0) parts.push(flopsText(flops));
  if (dtypes.length > 0) parts.push(shownText(dtypes.slice(0, 3).join(", ")));
  return [...parts, ...model.payload.notes.slice(0, 2).map((note) => shownText(note).slice(0, 120))];
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
