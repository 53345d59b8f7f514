/** How histograms are drawn: the row of choices above the cards. */
import type { JSX } from "preact";
import type { CurvesState } from "../panels/state";
import { Icon } from "../ui/icons";
import { Menu, MenuGroup, MenuItem } from "../ui/menu";
import { Segments } from "../ui/segments";
import type { HistogramSettings } from "./settings";

interface ToolsProps {
  settings: HistogramSettings;
  /** There is more than one run to be seen. */
  several: boolean;
  /** There is room for the first choice alone. */
  narrow: boolean;
  state: CurvesState;
}

interface Choice {
  label: string;
  items: readonly { text: string; on: boolean; hook: Record<string, string>; select: () => void }[];
}

export function HistogramTools({ settings, several, narrow, state }: ToolsProps): JSX.Element {
  const [first, ...others] = choices(settings, several, state) as [Choice, ...Choice[]];
  return (
    <div class="tbn-figure-tools" role="toolbar" aria-label="Histograms">
      <Segments {...first} />
      {narrow ? (
        <Menu label="How histograms are drawn" icon={<Icon name="sliders" />}>
          {others.map(({ label, items }) => (
            <MenuGroup key={label} label={label}>
              {items.map(({ text, on, hook, select }) => (
                <MenuItem key={text} one checked={on} onSelect={select}>
                  <span {...hook}>{text}</span>
                </MenuItem>
              ))}
            </MenuGroup>
          ))}
        </Menu>
      ) : (
        others.map((choice) => <Segments key={choice.label} {...choice} />)
      )}
    </div>
  );
}

function choices(settings: HistogramSettings, several: boolean, state: CurvesState): Choice[] {
  const choice = <K extends keyof HistogramSettings>(label: string, key: K, values: readonly (readonly [HistogramSettings[K], string])[]): Choice => ({
    label,
    items: values.map(([value, text]) => ({
      text,
      on: settings[key] === value,
      hook: { "data-choice": `${key}-${String(value)}` },
      select: () => state.setPanelUi("histograms", { [key]: value }),
    })),
  });
  const heights = [
    choice("Height", "measure", [["density", "Density"], ["count", "Count"]]),
    choice("Scale of heights", "log", [[false, "Linear"], [true, "Log"]]),
  ];
  return [
    choice("Drawn as", "mode", [["ridge", "Ridge"], ["overlay", "Overlay"], ["bands", "Bands"]]),
    choice("Time", "x", [["step", "Step"], ["relative", "Relative"], ["wall", "Wall"]]),
    ...(settings.mode === "bands" ? [] : heights),
    choice("Range of values", "inner", [[false, "All values"], [true, settings.mode === "bands" ? "7–93%" : "Inner 99%"]]),
    ...(several ? [choice("Runs", "together", [[false, "Runs apart"], [true, "Together"]])] : []),
  ];
}
