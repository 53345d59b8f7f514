/** A long text is folded, so that the next one is not far. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** What is hardly higher is shown as a whole, CSS pixels; the style sheet folds at less. */
const FOLDED = 340;

export function Folding({ children }: { children: ComponentChildren }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const high = useSignal(false);
  const wide = useSignal(false);
  const open = useSignal(false);
  useEffect(() => {
    const [outer, inner] = [box.current, content.current];
    if (outer === null || inner === null) return undefined;
    const observer = new ResizeObserver(() => {
      high.value = inner.offsetHeight > FOLDED;
      wide.value = outer.scrollWidth > outer.clientWidth + 1;
    });
    observer.observe(outer);
    observer.observe(inner);
    return () => observer.disconnect();
  }, []);
  const folded = high.value && !open.value;
  return (
    <>
      {/* What is wider than its place is scrolled, by key too. */}
      <div class="tbn-text-fold" ref={box} data-folded={folded} {...(wide.value ? { tabIndex: 0, role: "group", "aria-label": "Text" } : {})}>
        <div ref={content}>{children}</div>
      </div>
      {high.value && (
        <button type="button" class="tbn-link tbn-text-more" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
          {open.value ? "Show less" : "Show all"}
        </button>
      )}
    </>
  );
}
