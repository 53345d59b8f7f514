/** A run's swatch: it opens the palette. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { CurvesState } from "../panels/state";
import type { RunInfo } from "../wire/frame";
import { elideMiddle, visible } from "./format";
import { Overlay } from "./overlay";
import { RUN_COLORS } from "./tokens";

const NAMES = ["blue", "orange", "teal", "raspberry", "violet", "ochre", "cyan", "brown", "slate", "pink"];

interface SwatchProps {
  run: RunInfo;
  label: string;
  shown: boolean;
  state: CurvesState;
}

export function RunSwatch({ run, label, shown, state }: SwatchProps): JSX.Element {
  const open = useSignal(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const color = state.colorOf(run);
  const what = `Colour of ${visible(elideMiddle(label, 80))}`;
  return (
    <>
      <button
        type="button"
        class="tbn-swatch-button"
        ref={anchor}
        aria-label={what}
        title="Change the colour"
        aria-haspopup="dialog"
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
      >
        <i class="tbn-swatch" style={shown ? { background: color } : { boxShadow: `inset 0 0 0 1px ${color}` }} />
      </button>
      {open.value && (
        <Overlay anchor={anchor} side="left" onClose={() => (open.value = false)} class="tbn-box" label={what}>
          <Palette run={run} color={color} state={state} />
        </Overlay>
      )}
    </>
  );
}

function Palette({ run, color, state }: Pick<SwatchProps, "run" | "state"> & { color: string }): JSX.Element {
  const colors = state.options.get("colors");
  const chosen = Object.hasOwn(colors, run.name) ? colors[run.name] : null;
  return (
    <>
      <div class="tbn-palette" role="group" aria-label="Palette">
        {RUN_COLORS[state.theme.value].map((one, index) => (
          <button
            key={one}
            type="button"
            class="tbn-color"
            style={{ background: one }}
            aria-label={NAMES[index]}
            title={NAMES[index]}
            aria-pressed={one === color}
            onClick={() => state.setColor(run, index)}
          />
        ))}
      </div>
      <CompareLink run={run} state={state} />
      <div class="tbn-palette-foot">
        <label>
          <input type="color" value={color} onInput={(event) => state.setColor(run, event.currentTarget.value)} />
          Another colour
        </label>
        {chosen !== null && (
          <button type="button" class="tbn-link" onClick={() => state.setColor(run, null)}>
            Usual colour
          </button>
        )}
      </div>
    </>
  );
}

/** All are compared with this run, or no longer. */
function CompareLink({ run, state }: Pick<SwatchProps, "run" | "state">): JSX.Element | null {
  const { options } = state;
  if (!state.listed.value.some(({ name }) => name === run.name)) return null;
  const on = options.get("baseline") === run.name;
  return (
    <button type="button" class="tbn-link tbn-compare" aria-pressed={on} onClick={() => options.set("baseline", on ? "" : run.name)}>
      {on ? "Compare no more" : "Compare all with this run"}
    </button>
  );
}
