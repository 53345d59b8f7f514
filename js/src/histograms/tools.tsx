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
  /** Of the row, CSS pixels. */
  width: number;
  state: CurvesState;
}

interface Choice {
  label: string;
  items: readonly { text: string; on: boolean; hook: Record<string, string>; select: () => void }[];
}

/** About the width of a letter, of what stands around a word, and between two choices, CSS pixels. */
const LETTER = 6.5;
const AROUND = 14;
const BETWEEN = 16;
const BUTTON = 24;

/** As many choices as the row has room for; the others behind a button. */
export function HistogramTools({ settings, several, width, state }: ToolsProps): JSX.Element {
  const all = choices(settings, several, state);
  const shown = fitting(all, width);
  const others = all.slice(shown.length);
  return (
    <div class="tbn-figure-tools" role="toolbar" aria-label="Histograms">
      {shown.map((choice) => (
        <Segments key={choice.label} {...choice} />
      ))}
      {others.length > 0 && (
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
      )}
    </div>
  );
}

/** The first choices, which fit; all of them, or with room for a button. */
function fitting(all: readonly Choice[], room: number): readonly Choice[] {
  const widthOf = (those: readonly Choice[]) =>
    those.reduce((sum, { items }) => sum + BETWEEN + items.reduce((words, { text }) => words + AROUND + LETTER * text.length, 0), -BETWEEN);
  if (widthOf(all) <= room) return all;
  let shown = all;
  while (shown.length > 1 && widthOf(shown) + BETWEEN + BUTTON > room) shown = shown.slice(0, -1);
  return shown;
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
    ...(several ? [choice("Runs", "together", [[false, "Runs apart"], [true, "Together"]])] : []),
    ...(settings.mode === "bands" ? [] : heights),
    choice("Range of values", "inner", [[false, "All values"], [true, settings.mode === "bands" ? "7–93%" : "Inner 99%"]]),
  ];
}
