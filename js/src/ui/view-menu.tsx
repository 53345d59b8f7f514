/** What is set or done once for all cards, behind the last button of the line. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { SavePoints } from "../panels/save-points";
import type { CurvesState } from "../panels/state";
import type { TooltipSort } from "../wire/options";
import { Icon } from "./icons";
import { Menu, MenuGroup, MenuItem } from "./menu";
import { baseName } from "./run-name";
import { RunsBox } from "./runs-box";

const SORTS: readonly (readonly [TooltipSort, string])[] = [
  ["value", "Value"],
  ["nearest", "Nearest to the pointer"],
  ["name", "Name of the run"],
];

/** Least widths of a card, CSS pixels. */
const WIDTHS: readonly (readonly [number | null, string])[] = [
  [180, "Small"],
  [null, "Usual"],
  [480, "Large"],
  [2000, "One in a row"],
];

export function ViewMenu({ state }: { state: CurvesState }): JSX.Element {
  const { options } = state;
  const log = options.get("log_y");
  const outliers = options.get("outliers");
  const sort = options.get("tooltip_sort");
  const showAll = () => {
    options.set("hidden", []);
    options.set("runs", "");
  };
  const anchor = useRef<HTMLSpanElement>(null);
  const box = useSignal(false);
  return (
    <span class="tbn-anchor" ref={anchor}>
      <Menu label="More options" icon={<Icon name="more" />}>
        <MenuItem checked={log} onSelect={() => options.set("log_y", !log)}>
          Log y axis
        </MenuItem>
        {options.get("x") !== "wall" && (
          <MenuItem checked={options.get("log_x")} onSelect={() => options.set("log_x", !options.peek("log_x"))}>
            Log x axis
          </MenuItem>
        )}
        <MenuItem checked={outliers} onSelect={() => options.set("outliers", !outliers)}>
          Leave out outliers
        </MenuItem>
        <MenuItem onSelect={() => state.fitAll()}>Fit all charts</MenuItem>
        <MenuItem onSelect={showAll}>Show all runs</MenuItem>
        <MenuItem onSelect={() => (box.value = true)}>Runs and colours…</MenuItem>
        <SavePoints tags={state.store.tags.value} name={baseName(state.store.log.value.path)} state={state} what=" of all cards" />
        <MenuGroup label="Selection">
          <MenuItem onSelect={() => selectMiddle(state, false)}>Select a step</MenuItem>
          <MenuItem onSelect={() => selectMiddle(state, true)}>Select a range</MenuItem>
          {state.selection.value !== null && <MenuItem onSelect={() => state.select(null)}>Clear the selection</MenuItem>}
        </MenuGroup>
        <MenuGroup label="Cards">
          {WIDTHS.map(([width, text]) => (
            <MenuItem key={text} one checked={width === options.get("card_width")} onSelect={() => options.set("card_width", width)}>
              {text}
            </MenuItem>
          ))}
        </MenuGroup>
        <MenuGroup label="Values under the pointer by">
          {SORTS.map(([name, text]) => (
            <MenuItem key={name} one checked={name === sort} onSelect={() => options.set("tooltip_sort", name)}>
              {text}
            </MenuItem>
          ))}
        </MenuGroup>
      </Menu>
      {box.value && <RunsBox state={state} anchor={anchor} onClose={() => (box.value = false)} />}
    </span>
  );
}

/** Select what a person can move from there: the middle of all that there is, or the half around it. */
function selectMiddle(state: CurvesState, range: boolean): void {
  const axis = state.options.peek("x");
  let [low, high] = [Infinity, -Infinity];
  for (const { series } of state.store.tags.peek()) {
    for (const { run, step, wall, length } of series) {
      if (length === 0 || state.runOf.peek()(run) === undefined) continue;
      const x = axis === "step" ? step : wall;
      const shift = axis === "relative" ? wall[0]! : 0;
      low = Math.min(low, x[0]! - shift);
      high = Math.max(high, x[length - 1]! - shift);
    }
  }
  if (low > high) return;
  const at = (share: number) => {
    const x = low + share * (high - low);
    return axis === "step" ? Math.round(x) : x;
  };
  if (range) state.select(at(0.25), at(0.75));
  else state.select(at(0.5));
}
