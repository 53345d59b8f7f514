/** What is done with one card: buttons that show where the pointer or the focus is, and a menu that has all of it. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { TagData } from "../store/store";
import { elideMiddle, visible } from "../ui/format";
import { Icon, type IconName } from "../ui/icons";
import { Menu, MenuItem } from "../ui/menu";
import type { Chart } from "./chart";
import { Composed, titleOf } from "./composed";
import { canCopy, copyPicture, download } from "./download";
import { SavePoints } from "./save-points";
import type { CurvesState } from "./state";
import { YRangeBox } from "./y-range";

interface ToolsProps {
  data: TagData;
  state: CurvesState;
}

export function CardTools({ data, state }: ToolsProps): JSX.Element {
  const { tag } = data;
  const log = state.logOf(tag);
  const pinned = state.isPinned(tag);
  const large = state.sizeOf(tag) !== null;
  return (
    <span class="tbn-card-tools">
      <Tool icon="log" label="Log y axis" on={log} title={titleOf(data)} onSelect={() => state.setLog(tag, !log)} />
      <Tool icon="pin" label="Pin above the others" on={pinned} title={titleOf(data)} onSelect={() => state.togglePin(tag)} />
      <Tool icon={large ? "shrink" : "enlarge"} label="Enlarge" on={large} title={titleOf(data)} onSelect={() => state.setSize(tag, large ? null : "large")} />
    </span>
  );
}

interface ToolProps {
  icon: IconName;
  label: string;
  on: boolean;
  /** The card's. */
  title: string;
  onSelect: () => void;
}

function Tool({ icon, label, on, title, onSelect }: ToolProps): JSX.Element {
  return (
    <button
      type="button"
      class="tbn-button tbn-card-button"
      aria-label={`${label}: ${visible(elideMiddle(title, 80))}`}
      title={label}
      aria-pressed={on}
      onClick={onSelect}
    >
      <Icon name={icon} />
    </button>
  );
}

/** The first card says that it wants another, the second which one it is; dragging one onto the other does both. */
function CombineItem({ data, state }: ToolsProps): JSX.Element {
  const first = state.combining.value;
  if (first === null || first === data) {
    return (
      <MenuItem checked={first === data} onSelect={() => (state.combining.value = first === data ? null : data)}>
        In one chart with another…
      </MenuItem>
    );
  }
  const combine = () => {
    state.combine(data, first);
    state.combining.value = null;
  };
  return <MenuItem onSelect={combine}>In one chart with {visible(elideMiddle(titleOf(first), 40))}</MenuItem>;
}

export function CardMenu({ data, state, chart }: ToolsProps & { chart: Chart | null }): JSX.Element {
  const { tag } = data;
  const log = state.logOf(tag);
  const size = state.sizeOf(tag);
  const pinned = state.isPinned(tag);
  const anchor = useRef<HTMLSpanElement>(null);
  const asked = useSignal(false);
  const y = chart?.scales?.y;
  const remove = state.removal(data);
  const save = (format: "svg" | "png") => {
    if (chart !== null) void download(chart.figure, titleOf(data), format);
  };
  const copy = () => {
    if (chart !== null) void copyPicture(chart.figure, titleOf(data));
  };
  return (
    <span ref={anchor} class="tbn-anchor">
      <Menu label={`Options of ${visible(elideMiddle(titleOf(data), 80))}`} icon={<Icon name="more" />} class="tbn-card-button">
        <MenuItem checked={log} onSelect={() => state.setLog(tag, !log)}>
          Log y axis
        </MenuItem>
        <MenuItem checked={pinned} onSelect={() => state.togglePin(tag)}>
          Pin above the others
        </MenuItem>
        <MenuItem checked={size === "large"} onSelect={() => state.setSize(tag, size === "large" ? null : "large")}>
          Enlarge
        </MenuItem>
        <MenuItem checked={size === "full"} onSelect={() => state.setSize(tag, size === "full" ? null : "full")}>
          Full width
        </MenuItem>
        <MenuItem onSelect={() => (asked.value = true)}>Range of y…</MenuItem>
        {!(data instanceof Composed) && (
          <MenuItem checked={state.options.get("x") === tag} onSelect={() => state.setX(state.options.peek("x") === tag ? "step" : tag)}>
            As the x axis of all
          </MenuItem>
        )}
        <CombineItem data={data} state={state} />
        {remove !== null && <MenuItem onSelect={remove}>Remove this chart</MenuItem>}
        <MenuItem onSelect={() => state.setZoom(tag, null)}>Fit to the data</MenuItem>
        <MenuItem onSelect={() => save("svg")}>Download SVG</MenuItem>
        <MenuItem onSelect={() => save("png")}>Download PNG</MenuItem>
        {canCopy() && <MenuItem onSelect={copy}>Copy as image</MenuItem>}
        <SavePoints tags={[data]} name={titleOf(data)} state={state} what="" />
      </Menu>
      {asked.value && y !== undefined && (
        <YRangeBox tag={tag} state={state} shown={[y.from, y.to]} anchor={anchor} onClose={() => (asked.value = false)} />
      )}
    </span>
  );
}
