/** A box beside a card that tells what is pointed at in it. */
import type { ComponentChildren, JSX, RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { placeBeside, showOnTop } from "../ui/overlay";

interface TipProps {
  card: RefObject<HTMLElement | null>;
  children: ComponentChildren;
}

export function Tip({ card, children }: TipProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current !== null) showOnTop(box.current);
  }, []);
  useLayoutEffect(() => {
    if (box.current !== null && card.current !== null) placeBeside(box.current, card.current, flushSide(card.current));
  });
  return (
    <div class="tbn-tooltip tbn-overlay" popover="manual" ref={box} role="status">
      {children}
    </div>
  );
}

/** Of a card in the last of several columns the right edge, so that the box does not leave the view. */
function flushSide(card: HTMLElement): "left" | "right" {
  const cards = card.parentElement;
  if (cards === null) return "left";
  const [own, all] = [card.getBoundingClientRect(), cards.getBoundingClientRect()];
  return own.left > all.left + 1 && own.right > all.right - 2 ? "right" : "left";
}
