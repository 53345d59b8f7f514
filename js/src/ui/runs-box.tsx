/** The box of what holds for all runs: which show, what they share a colour by, which of their attempts are drawn. */
import type { JSX, RefObject } from "preact";
import type { CurvesState } from "../panels/state";
import { Overlay } from "./overlay";
import { Segments } from "./segments";

interface BoxProps {
  state: CurvesState;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

export function RunsBox({ state, anchor, onClose }: BoxProps): JSX.Element {
  const { options } = state;
  const attempts = options.get("attempts");
  const field = (name: "runs" | "color_by", label: string, placeholder: string) => (
    <label class="tbn-control-row">
      <span class="tbn-second">{label}</span>
      <span class="tbn-field">
        <input
          type="text"
          value={options.get(name)}
          placeholder={placeholder}
          onInput={(event) => options.set(name, event.currentTarget.value)}
        />
      </span>
    </label>
  );
  return (
    <Overlay anchor={anchor} side="right" onClose={onClose} class="tbn-box tbn-wide" label="Runs and colours">
      {field("runs", "Runs", "all; or a regular expression")}
      {field("color_by", "Colour by", "run; or groups, like (lr=[^/]*)")}
      <div class="tbn-control-row">
        <span class="tbn-second">Attempts</span>
        <Segments
          label="Attempts"
          items={[
            { text: "All", on: attempts === "all", select: () => options.set("attempts", "all") },
            { text: "Newest", on: attempts === "newest", select: () => options.set("attempts", "newest") },
          ]}
        />
      </div>
    </Overlay>
  );
}
