/**
 * The part of a view that scrolls inside when it is higher than its limit.
 *
 * Never a scroll trap: the wheel scrolls the page until the reader presses into the view or comes to it by key
 * (the style sheet lets it scroll only with the focus inside). What is cut off fades out, and a button says so.
 */
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./icons";

/** Share of its height that the button scrolls by. */
const PAGE = 0.85;

interface ScrollerProps {
  /** CSS pixels; null: none. */
  limit: number | null;
  class?: string;
  children: ComponentChildren;
}

export function Scroller({ limit, class: extra = "", children }: ScrollerProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const more = useSignal(false);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const update = () => (more.value = element.scrollHeight - element.scrollTop - element.clientHeight > 4);
    const observer = new ResizeObserver(update);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    element.addEventListener("scroll", update, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", update);
    };
  }, []);
  const scroll = () => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollBy({ top: box.current.clientHeight * PAGE, behavior: "smooth" });
  };
  return (
    <div class={`tbn-scroll-box ${extra}`}>
      <div class="tbn-scroll" ref={box} tabIndex={-1} data-more={more.value} style={{ maxHeight: limit === null ? "none" : `${limit}px` }}>
        <div>{children}</div>
      </div>
      {more.value && (
        <button type="button" class="tbn-more" onClick={scroll}>
          <Icon name="down" /> more below
        </button>
      )}
    </div>
  );
}
