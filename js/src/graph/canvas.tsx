import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Ref } from "preact";
import { type Camera, type Size } from "./camera";

interface CanvasProps {
  readonly svg: Ref<SVGSVGElement> & { current: SVGSVGElement | null };
  readonly label: string;
  readonly size: Size;
  readonly camera: Camera;
  readonly children: ComponentChildren;
  onPan: (dx: number, dy: number) => void;
  onZoom: (factor: number, x: number, y: number) => void;
  onKey: (event: KeyboardEvent) => void;
  /** The item that has the focus now. */
  onFocus: (id: number) => void;
  /** A click on the ground. */
  onGround: () => void;
}

/** Farther than this a press is a drag and no click. */
const SLIP = 4;

/**
 * The window onto the diagram. A drag pans; the wheel scrolls the page, with ctrl or ⌘ it zooms;
 * one finger scrolls the page, two pan and zoom.
 */
export function Canvas({ svg, label, size, camera, children, onPan, onZoom, onKey, onFocus, onGround }: CanvasProps): JSX.Element {
  const touches = useRef(new Map<number, { x: number; y: number }>());
  const drag = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  const zoom = useRef(onZoom);
  zoom.current = onZoom;

  useEffect(() => {
    const element = svg.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const lines = event.deltaMode === 1 ? 16 : 1;
      zoom.current(Math.exp(-event.deltaY * lines * 0.004), event.clientX - box.left, event.clientY - box.top);
    };
    // Not passive: the page must not zoom too.
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [svg]);

  const onPointerDown = (event: PointerEvent): void => {
    if (event.pointerType === "touch") touches.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    else if (event.button === 0) drag.current = { x: event.clientX, y: event.clientY, moved: false };
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (event.pointerType === "touch") {
      pinch(event);
      return;
    }
    const from = drag.current;
    if (from === null) return;
    const dx = event.clientX - from.x;
    const dy = event.clientY - from.y;
    if (!from.moved && Math.hypot(dx, dy) < SLIP) return;
    if (!from.moved) svg.current?.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, y: event.clientY, moved: true };
    onPan(dx, dy);
  };
  const pinch = (event: PointerEvent): void => {
    const known = touches.current.get(event.pointerId);
    const other = [...touches.current].find(([id]) => id !== event.pointerId)?.[1];
    if (known === undefined) return;
    touches.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const box = svg.current?.getBoundingClientRect();
    if (other === undefined || box === undefined) return;
    const before = Math.hypot(known.x - other.x, known.y - other.y);
    const after = Math.hypot(event.clientX - other.x, event.clientY - other.y);
    onPan((event.clientX - known.x) / 2, (event.clientY - known.y) / 2);
    if (before > 0 && after > 0) onZoom(after / before, (event.clientX + other.x) / 2 - box.left, (event.clientY + other.y) / 2 - box.top);
  };
  const onPointerEnd = (event: PointerEvent): void => {
    touches.current.delete(event.pointerId);
    if (event.type === "pointercancel") drag.current = null;
  };
  // Runs before the items' own handlers: the click that ends a drag is nobody's.
  const onClickCapture = (event: MouseEvent): void => {
    const dragged = drag.current?.moved === true;
    drag.current = null;
    if (dragged) event.stopPropagation();
  };

  return (
    <svg
      ref={svg}
      class="tbn-svg"
      width={size.width}
      height={size.height}
      role="tree"
      aria-label={label}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onLostPointerCapture={() => setTimeout(() => (drag.current = null))}
      onClickCapture={onClickCapture}
      onClick={onGround}
      onKeyDown={onKey}
      onFocusIn={(event: FocusEvent) => {
        const id = Number((event.target as Element).closest<SVGGElement>(".tbn-item")?.dataset.id);
        if (Number.isInteger(id)) onFocus(id);
      }}
    >
      <g class="tbn-world" transform={`translate(${camera.x} ${camera.y}) scale(${camera.k})`}>
        {children}
      </g>
    </svg>
  );
}
