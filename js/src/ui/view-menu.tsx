/** What is set or done once for all cards, behind the last button of the line. */
import type { JSX } from "preact";
import type { CurvesState } from "../panels/state";
import type { TooltipSort } from "../wire/options";
import { Icon } from "./icons";
import { Menu, MenuGroup, MenuItem } from "./menu";

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
  return (
    <Menu label="More options" icon={<Icon name="more" />}>
      <MenuItem checked={log} onSelect={() => options.set("log_y", !log)}>
        Log y axis
      </MenuItem>
      <MenuItem checked={outliers} onSelect={() => options.set("outliers", !outliers)}>
        Leave out outliers
      </MenuItem>
      <MenuItem onSelect={() => state.fitAll()}>Fit all charts</MenuItem>
      <MenuItem onSelect={() => options.set("hidden", [])}>Show all runs</MenuItem>
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
  );
}
