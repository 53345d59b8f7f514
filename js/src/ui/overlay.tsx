/** Boxes above everything else: menus, badges' texts, the tooltip. They live in the browser's top layer, so no scroller cuts them. */
import type { ComponentChildren, JSX, RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

const GAP = 4;
const EDGE = 8;

/** Bring an element with a `popover` attribute to the top layer; where there is none it stays where it is. */
export function showOnTop(element: HTMLElement): void {
  if (typeof element.showPopover === "function" && element.isConnected) element.showPopover();
}

/** Below the anchor, or above it where there is no room below, and always within the page; flush with its left or right edge. */
export function placeBeside(element: HTMLElement, anchor: HTMLElement, side: "left" | "right"): void {
  const place = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = element;
  const { clientWidth, clientHeight } = element.ownerDocument.documentElement;
  const below = place.bottom + GAP;
  const fits = below + height <= clientHeight || place.top - GAP - height < 0;
  const left = side === "left" ? place.left : place.right - width;
  const lowest = Math.max(EDGE, clientHeight - height - EDGE);
  element.style.top = `${fits ? Math.min(below, lowest) : place.top - GAP - height}px`;
  element.style.left = `${Math.max(EDGE, Math.min(left, clientWidth - width - EDGE))}px`;
}

interface OverlayProps {
  anchor: RefObject<HTMLElement | null>;
  side: "left" | "right";
  onClose: () => void;
  class?: string;
  role?: "menu" | "dialog";
  label: string;
  children: ComponentChildren;
}

/** A box that closes by Escape, a press elsewhere, or when what it hangs on scrolls away. */
export function Overlay({ anchor, side, onClose, class: extra = "", role = "dialog", label, children }: OverlayProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current === null || anchor.current === null) return;
    showOnTop(box.current);
    placeBeside(box.current, anchor.current, side);
    box.current.querySelector<HTMLElement>("button, input, a")?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    const page = box.current?.ownerDocument;
    if (page === undefined) return undefined;
    const controller = new AbortController();
    const options = { capture: true, signal: controller.signal };
    const outside = (event: Event) => {
      const path = event.composedPath();
      if (box.current !== null && anchor.current !== null && !path.includes(box.current) && !path.includes(anchor.current)) onClose();
    };
    page.addEventListener("pointerdown", outside, options);
    page.addEventListener("scroll", outside, options);
    return () => controller.abort();
  }, [onClose]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    // The notebook would leave its edit mode.
    event.stopPropagation();
    onClose();
    anchor.current?.focus();
  };
  return (
    <div class={`tbn-overlay ${extra}`} popover="manual" ref={box} role={role} aria-label={label} onKeyDown={onKeyDown}>
      {children}
    </div>
  );
}
