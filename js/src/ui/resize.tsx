/** The handle at the lower right corner that sets how high a view may grow. */
import type { JSX, RefObject } from "preact";
import type { OptionState } from "../store/options";

const LEAST = 120;
const KEY_STEP = 40;

export function ResizeHandle({ options, root }: { options: OptionState; root: RefObject<HTMLElement | null> }): JSX.Element {
  const scroller = () => root.current?.querySelector<HTMLElement>(".tbn-scroll") ?? null;
  const set = (height: number) => options.set("height", Math.max(LEAST, Math.round(height)));
  const onPointerDown = (event: PointerEvent) => {
    const handle = event.currentTarget as HTMLElement;
    const start = { y: event.clientY, height: scroller()?.clientHeight ?? LEAST };
    handle.setPointerCapture(event.pointerId);
    const move = (moved: PointerEvent) => set(start.height + moved.clientY - start.y);
    const stop = new AbortController();
    handle.addEventListener("pointermove", move, { signal: stop.signal });
    for (const end of ["pointerup", "pointercancel"]) handle.addEventListener(end, () => stop.abort(), { signal: stop.signal });
    event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? KEY_STEP : event.key === "ArrowUp" ? -KEY_STEP : 0;
    if (step === 0) return;
    set((scroller()?.clientHeight ?? LEAST) + step);
    event.preventDefault();
  };
  return (
    <button
      type="button"
      class="tbn-resize"
      aria-label="Height of the view: drag, or arrow keys; double click for the usual one"
      title="Drag to set the height; double click for the usual one"
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onDblClick={() => options.set("height", null)}
    >
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        <path d="M9 1 1 9M9 5.5 5.5 9" />
      </svg>
    </button>
  );
}
