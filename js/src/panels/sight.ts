/** Tells whether an element is in sight, or nearly. */
import { useEffect, useState } from "preact/hooks";
import type { RefObject } from "preact";

const MARGIN = "80px";

export function useInSight(ref: RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (ref.current === null) return undefined;
    // scrollMargin widens the view's own scroller and the notebook's; browsers without it ignore it.
    const options = { rootMargin: MARGIN, scrollMargin: MARGIN };
    const observer = new IntersectionObserver((entries) => {
      for (const entry of entries) setSeen(entry.isIntersecting);
    }, options);
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return seen;
}
