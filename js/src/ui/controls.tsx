/** The line of controls: panels at the left, what is used always at the right, the rest behind one click. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useRef } from "preact/hooks";
import { sliderPosition, weightAt } from "../maths/smooth";
import type { CurvesState } from "../panels/state";
import type { PanelName, TimeAxis, XAxis } from "../wire/options";
import { elideMiddle, visible } from "./format";
import { Icon } from "./icons";
import { Menu, MenuItem } from "./menu";
import { Overlay } from "./overlay";
import type { PanelEntry } from "./panel-list";
import { Segments } from "./segments";
import { ViewMenu } from "./view-menu";

const X_NAMES: readonly (readonly [TimeAxis, string])[] = [
  ["step", "Step"],
  ["relative", "Relative"],
  ["wall", "Wall"],
];

/** Widths of the view below which something folds, CSS pixels. */
const FOLD_X = 820;
const FOLD_FILTER = 700;
const FOLD_ALL = 520;
const TAB_GAP = 18;
/** About the width of a letter of a tab. */
const LETTER = 6.6;

interface ControlsProps {
  state: CurvesState;
  panels: readonly PanelEntry[];
  panel: PanelName;
  width: number;
  /** The controls of the curves have something to control. */
  active: boolean;
  /** Shown in the line where there is no row below for it. */
  status: ComponentChildren;
}

export function Controls({ state, panels, panel, width, active, status }: ControlsProps): JSX.Element {
  const curves = active && panel === "curves";
  const graph = !active || panel === "graph";
  const narrow = width < FOLD_ALL;
  const open = panels.find(({ name }) => name === panel)?.title ?? "";
  return (
    <div class="tbn-controls" role="toolbar" aria-label="View">
      {narrow && panels.length > 1 ? (
        <TabMenu alone label={`Panel: ${open}`} title={open} panels={panels} panel={panel} state={state} />
      ) : (
        <Tabs panels={panels} panel={panel} state={state} room={width - besideTabs(width, curves, graph)} />
      )}
      <span class="tbn-gap" />
      {(narrow || graph) && status}
      {curves && !narrow && <Smoothing state={state} />}
      {curves && width >= FOLD_X && <XSegments state={state} />}
      {curves && !narrow && width < FOLD_X && <XMenu state={state} />}
      {!graph && (width >= FOLD_FILTER ? <TagFilter state={state} /> : <FilterButton state={state} />)}
      {curves && narrow && <MoreControls state={state} />}
      {curves && <ViewMenu state={state} />}
    </div>
  );
}

/** Room for what stands beside the tabs. */
function besideTabs(width: number, curves: boolean, graph: boolean): number {
  if (graph) return 240;
  const filter = width >= FOLD_FILTER ? 136 : 40;
  return curves ? filter + (width >= FOLD_X ? 424 : 336) : filter;
}

type TabsProps = Pick<ControlsProps, "panels" | "panel" | "state">;

/** As many tabs as there is room for, the open one among them; the others behind a menu. */
function Tabs({ panels, panel, state, room }: TabsProps & { room: number }): JSX.Element {
  const shown = fitting(panels, panel, room);
  const others = panels.filter((one) => !shown.includes(one));
  return (
    <div class="tbn-tabs" role="tablist">
      {shown.map(({ name, title }) => (
        <button
          key={name}
          type="button"
          role="tab"
          class="tbn-tab"
          data-panel={name}
          aria-selected={name === panel}
          onClick={() => state.options.set("panel", name)}
        >
          {title}
        </button>
      ))}
      {others.length > 0 && <TabMenu label="More panels" title="More" panels={others} panel={panel} state={state} />}
    </div>
  );
}

/** The first panels that fit, and the open one. */
function fitting(panels: readonly PanelEntry[], open: PanelName, room: number): readonly PanelEntry[] {
  const width = (those: readonly PanelEntry[]) => those.reduce((sum, { title }) => sum + title.length * LETTER + TAB_GAP, 0);
  if (width(panels) <= room) return panels;
  let shown = panels;
  while (shown.length > 1 && width(shown) + "More ▾".length * LETTER + TAB_GAP > room) {
    const last = shown.findLast(({ name }) => name !== open);
    shown = shown.filter((one) => one !== last);
  }
  return shown;
}

/** @param alone it stands for all panels and bears the name of the open one */
function TabMenu({ label, title, alone = false, panels, panel, state }: TabsProps & { label: string; title: string; alone?: boolean }): JSX.Element {
  const icon = (
    <>
      {title} <Icon name="down" />
    </>
  );
  return (
    <Menu label={label} icon={icon} class={alone ? "tbn-tab tbn-tab-menu" : "tbn-tab"} side="left">
      {panels.map((one) => (
        <MenuItem key={one.name} checked={one.name === panel} onSelect={() => state.options.set("panel", one.name)}>
          <span data-panel={one.name}>{one.title}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}

function Smoothing({ state }: { state: CurvesState }): JSX.Element {
  const weight = state.options.get("smoothing");
  const position = sliderPosition(weight);
  return (
    <label class="tbn-smoothing">
      <span class="tbn-second">Smoothing</span>
      <input
        type="range"
        min="0"
        max="1"
        step="0.005"
        value={position}
        aria-valuetext={String(weight)}
        style={{ "--tbn-share": `${position * 100}%` }}
        onInput={(event) => state.options.set("smoothing", weightAt(Number(event.currentTarget.value)))}
      />
      <output>{weight === 0 ? "0" : weight.toFixed(weight < 0.95 ? 2 : 3).replace(/(\.\d\d)0$/, "$1")}</output>
    </label>
  );
}

function XSegments({ state }: { state: CurvesState }): JSX.Element {
  const x = state.options.get("x");
  return (
    <Segments
      label="x axis"
      items={xNames(x).map(([name, text]) => ({ text, on: x === name, hook: { "data-x": name }, select: () => state.setX(name) }))}
    />
  );
}

/** The times, and another tag where x is one. */
function xNames(x: XAxis): readonly (readonly [XAxis, string])[] {
  return X_NAMES.some(([name]) => name === x) ? X_NAMES : [...X_NAMES, [x, visible(elideMiddle(x, 12))]];
}

function XMenu({ state }: { state: CurvesState }): JSX.Element {
  const x = state.options.get("x");
  const icon = (
    <>
      {X_NAMES.find(([name]) => name === x)?.[1] ?? visible(elideMiddle(x, 12))} <Icon name="down" />
    </>
  );
  return (
    <Menu label="x axis" icon={icon} class="tbn-worded">
      {xNames(x).map(([name, text]) => (
        <MenuItem key={name} checked={name === x} onSelect={() => state.setX(name)}>
          <span data-x={name}>{text}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}

function TagFilter({ state }: { state: CurvesState }): JSX.Element {
  return (
    <label class="tbn-field tbn-filter">
      <Icon name="search" />
      <input
        type="search"
        placeholder="Filter tags"
        aria-label="Filter tags by a regular expression"
        value={state.options.get("tags")}
        onInput={(event) => state.options.set("tags", event.currentTarget.value)}
      />
    </label>
  );
}

/** A button that opens a box of controls. */
function BoxButton(props: { label: string; icon: "search" | "sliders"; on: boolean; wide?: boolean; children: ComponentChildren }): JSX.Element {
  const open = useSignal(false);
  const anchor = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        type="button"
        class="tbn-button"
        ref={anchor}
        aria-label={props.label}
        title={props.label}
        aria-expanded={open.value}
        data-on={props.on}
        onClick={() => (open.value = !open.value)}
      >
        <Icon name={props.icon} />
      </button>
      {open.value && (
        <Overlay anchor={anchor} side="right" onClose={() => (open.value = false)} class={props.wide ? "tbn-box tbn-wide" : "tbn-box"} label={props.label}>
          {props.children}
        </Overlay>
      )}
    </>
  );
}

function FilterButton({ state }: { state: CurvesState }): JSX.Element {
  return (
    <BoxButton label="Filter tags" icon="search" on={state.options.get("tags") !== ""}>
      <TagFilter state={state} />
    </BoxButton>
  );
}

function MoreControls({ state }: { state: CurvesState }): JSX.Element {
  const { options } = state;
  const log = options.get("log_y");
  const outliers = options.get("outliers");
  return (
    <BoxButton label="Smoothing and axes" icon="sliders" on={false} wide>
      <Smoothing state={state} />
      <Row name="x axis">
        <XSegments state={state} />
      </Row>
      <Row name="y axis">
        <Segments
          label="y axis"
          items={[
            { text: "Linear", on: !log, select: () => options.set("log_y", false) },
            { text: "Log", on: log, select: () => options.set("log_y", true) },
          ]}
        />
      </Row>
      <Row name="Outliers">
        <Segments
          label="Outliers"
          items={[
            { text: "Leave out", on: outliers, select: () => options.set("outliers", true) },
            { text: "Show", on: !outliers, select: () => options.set("outliers", false) },
          ]}
        />
      </Row>
    </BoxButton>
  );
}

function Row({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="tbn-control-row">
      <span class="tbn-second">{name}</span>
      {children}
    </div>
  );
}
