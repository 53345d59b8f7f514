/** A card that is dragged by its title onto another is drawn in one chart with it. */
import type { Signal } from "@preact/signals";
import type { HTMLAttributes, JSX } from "preact";
import type { TagData } from "../store/store";
import { elideMiddle, visible } from "../ui/format";
import { titleOf } from "./composed";
import type { CurvesState } from "./state";

export function dragHandlers(data: TagData, state: CurvesState): HTMLAttributes<HTMLSpanElement> {
  return {
    onDragStart(event) {
      event.dataTransfer?.setData("text/plain", data.tag);
      state.combining.value = data;
    },
    onDragEnd: () => (state.combining.value = null),
  };
}

/** @param dropping told whether another card is above this one */
export function dropHandlers(data: TagData, state: CurvesState, dropping: Signal<boolean>): HTMLAttributes<HTMLElement> {
  const dragged = () => (state.combining.peek() === data ? null : state.combining.peek());
  return {
    onDragOver(event) {
      if (dragged() === null) return;
      event.preventDefault();
      dropping.value = true;
    },
    onDragLeave(event) {
      const { currentTarget, relatedTarget } = event;
      if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) dropping.value = false;
    },
    onDrop(event) {
      dropping.value = false;
      const first = dragged();
      if (first === null) return;
      event.preventDefault();
      state.combine(data, first);
      state.combining.value = null;
    },
  };
}

/** Says what happens if the card is let go here. */
export function DropMark({ state }: { state: CurvesState }): JSX.Element | null {
  const first = state.combining.value;
  if (first === null) return null;
  return (
    <div class="tbn-drop-mark" aria-hidden="true">
      <span>In one chart with {visible(elideMiddle(titleOf(first), 30))}</span>
    </div>
  );
}
