/** The box in which the y range of one card is typed. */
import { useSignal } from "@preact/signals";
import type { JSX, RefObject } from "preact";
import { elideMiddle, visible } from "../ui/format";
import { Overlay } from "../ui/overlay";
import type { Range } from "../wire/options";
import type { CurvesState } from "./state";

/** What was typed at both ends: a range, nothing (automatic), or what is wrong with it. */
export type Typed = { range: Range | null } | { wrong: string };

/**
 * Read what was typed.
 *
 * @param shown what the axis shows: stands for an end that is left empty
 * @param log a logarithmic axis has no place for zero and below
 */
export function readRange(from: string, to: string, shown: Range, log: boolean): Typed {
  if (from.trim() === "" && to.trim() === "") return { range: null };
  const low = from.trim() === "" ? shown[0] : Number(from);
  const high = to.trim() === "" ? shown[1] : Number(to);
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { wrong: "Both ends are numbers, like 0.25 or 3e-4." };
  if (log && low <= 0) return { wrong: "A logarithmic axis begins above 0." };
  return low < high ? { range: [low, high] } : { wrong: `From ${low} is not below to ${high}.` };
}

interface BoxProps {
  tag: string;
  state: CurvesState;
  /** What the axis shows. */
  shown: Range;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

export function YRangeBox({ tag, state, shown, anchor, onClose }: BoxProps): JSX.Element {
  const zoomed = state.zoomOf(tag)?.y;
  const from = useSignal(zoomed ? String(Number(zoomed[0].toPrecision(6))) : "");
  const to = useSignal(zoomed ? String(Number(zoomed[1].toPrecision(6))) : "");
  const first = useSignal(shown).value;
  const typed = readRange(from.value, to.value, first, state.logOf(tag));
  const wrong = "wrong" in typed ? typed.wrong : null;
  const take = (end: typeof from, text: string) => {
    end.value = text;
    const now = readRange(from.value, to.value, first, state.logOf(tag));
    if ("range" in now) state.setZoomY(tag, now.range);
  };
  const field = (label: string, end: typeof from, automatic: number) => (
    <label class="tbn-field tbn-number">
      <span>{label}</span>
      <input
        type="text"
        inputMode="decimal"
        value={end.value}
        placeholder={String(Number(automatic.toPrecision(3)))}
        aria-invalid={wrong !== null}
        onInput={(event) => take(end, event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && onClose()}
      />
    </label>
  );
  return (
    <Overlay anchor={anchor} side="right" onClose={onClose} class="tbn-box" label={`Range of y of ${visible(elideMiddle(tag, 80))}`}>
      <p class="tbn-box-head">Range of y</p>
      <div class="tbn-fields">
        {field("from", from, first[0])}
        {field("to", to, first[1])}
      </div>
      <p class="tbn-second" role="status">
        {wrong ?? "Empty: automatic."}
      </p>
    </Overlay>
  );
}
