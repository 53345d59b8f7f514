/** The box of a picture: keys, pointer and wheel change which part of it is looked at, in all pictures of the card. */
import type { ComponentChildren, JSX, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { fittingScale, moved, WHOLE, zoomed, type Look, type Size } from "./camera";
import type { ImagesState } from "./state";

interface StageProps {
  tag: string;
  images: ImagesState;
  /** In pixels of the picture. */
  picture: Size;
  box: Size;
  label: string;
  /** Go so many steps on. */
  onStep: (by: number) => void;
  children: ComponentChildren;
}

/** How much a key, and a double click, zoom. */
const KEY_ZOOM = 1.5;
const CLICK_ZOOM = 4;
/** Part of the box that an arrow moves by. */
const KEY_MOVE = 0.2;

export function Stage({ tag, images, picture, box, label, onStep, children }: StageProps): JSX.Element {
  const stage = useRef<HTMLDivElement>(null);
  const look = images.look(tag, picture, box);
  const larger = look.zoom * fittingScale(picture, box) > Math.min(box.width / picture.width, box.height / picture.height) * 1.001;
  const set = (next: Look | null, keep = true) => {
    images.lookOf(tag).value = next !== null && next.zoom === 1 && !images.trueSize.peek() ? null : next;
    if (keep) images.keepLook(tag);
  };
  const middle = { x: box.width / 2, y: box.height / 2 };
  useWheel(stage, (factor, at) => set(zoomed(images.look(tag, picture, box), factor, at, picture, box)));

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || !larger || event.target instanceof HTMLButtonElement) return;
    const element = event.currentTarget as HTMLElement;
    element.setPointerCapture(event.pointerId);
    let [x, y] = [event.clientX, event.clientY];
    const stop = new AbortController();
    const move = (to: PointerEvent) => {
      set(moved(images.look(tag, picture, box), { x: to.clientX - x, y: to.clientY - y }, picture, box), false);
      [x, y] = [to.clientX, to.clientY];
    };
    element.addEventListener("pointermove", move, { signal: stop.signal });
    for (const end of ["pointerup", "pointercancel"]) {
      element.addEventListener(
        end,
        () => {
          stop.abort();
          images.keepLook(tag);
        },
        { signal: stop.signal },
      );
    }
  };
  const onDblClick = (event: MouseEvent) => {
    const place = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const at = { x: event.clientX - place.left, y: event.clientY - place.top };
    set(larger ? WHOLE : zoomed(look, CLICK_ZOOM, at, picture, box));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event;
    const [right, down] = ARROWS[key] ?? [0, 0];
    if (key === "+" || key === "=") set(zoomed(look, KEY_ZOOM, middle, picture, box));
    else if (key === "-") set(zoomed(look, 1 / KEY_ZOOM, middle, picture, box));
    else if (key === "0" || key === "Escape") set(null);
    else if (larger && (right !== 0 || down !== 0)) {
      set(moved(look, { x: -right * KEY_MOVE * box.width, y: -down * KEY_MOVE * box.height }, picture, box));
    } else if (right !== 0) onStep(right);
    else return;
    event.preventDefault();
  };
  return (
    <div
      class="tbn-stage"
      ref={stage}
      tabIndex={0}
      role="img"
      aria-label={label}
      title="Alt and the wheel, or a double click, to zoom; drag to move"
      data-zoomed={larger}
      style={{ width: `${box.width}px`, height: `${box.height}px` }}
      onPointerDown={onPointerDown}
      onDblClick={onDblClick}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
}

const ARROWS: Readonly<Partial<Record<string, readonly [right: number, down: number]>>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** With Alt, or two fingers that spread, the wheel zooms; else the page scrolls as ever. */
function useWheel(stage: RefObject<HTMLElement | null>, onZoom: (factor: number, at: { x: number; y: number }) => void): void {
  const zoom = useRef(onZoom);
  zoom.current = onZoom;
  useEffect(() => {
    const element = stage.current;
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent) => {
      if (!event.altKey && !event.ctrlKey) return;
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      // A pinch tells far less at a time than a wheel.
      const by = -(event.deltaY || event.deltaX) / (event.ctrlKey ? 50 : 200);
      zoom.current(Math.exp(Math.max(-1, Math.min(1, by))), { x: event.clientX - left, y: event.clientY - top });
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, []);
}
