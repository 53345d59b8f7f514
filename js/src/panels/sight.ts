/** Tells which cards are to be drawn: those in sight, and of those nearby as many as there is room for. */
import { useEffect, useState } from "preact/hooks";
import type { RefObject } from "preact";

const NEARBY = "80px";
/** Cards of a page that are drawn at a time, unless more are in sight. */
const ROOM = 12;
/** Of what is printed, too, so many cards are drawn wherever they stand. */
const PRINTED = 48;

interface Place {
  /** Part of it is in sight, or would be `NEARBY` further. */
  seen: boolean;
  near: boolean;
  /** It is printed, also out of sight. */
  printed?: boolean;
  drawn: boolean;
  draw: (drawn: boolean) => void;
}

/** Of the page. */
const places = new Map<Element, Place>();

/** Draw what is in sight; what is drawn nearby stays as long as there is room, what is not comes after it. */
export function settle(all: readonly Place[]): void {
  const ranked = all.filter(({ near }) => near).sort((a, b) => rank(a) - rank(b));
  const drawn = new Set(ranked.filter(({ seen }, i) => seen || i < ROOM));
  for (const place of all.filter(({ printed }) => printed).slice(0, PRINTED)) drawn.add(place);
  for (const place of all) {
    if (place.drawn === drawn.has(place)) continue;
    place.drawn = drawn.has(place);
    place.draw(place.drawn);
  }
}

function rank({ seen, drawn }: Place): number {
  return seen ? 0 : drawn ? 1 : 2;
}

/** @param printed whether it is printed as it stands, and so is to be drawn before it comes into sight */
export function useInSight(ref: RefObject<HTMLElement | null>, printed = false): boolean {
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const place: Place = { seen: false, near: false, printed, drawn: false, draw: setDrawn };
    places.set(element, place);
    observers ??= [
      observer("0px", (entered, inSight) => (entered.seen = inSight)),
      observer(NEARBY, (entered, inSight) => (entered.near = inSight)),
    ];
    for (const one of observers) one.observe(element);
    return () => {
      for (const one of observers ?? []) one.unobserve(element);
      places.delete(element);
    };
  }, []);
  return drawn;
}

/** One for all cards, so that what a scroll changes is told at once. */
let observers: readonly IntersectionObserver[] | null = null;

function observer(margin: string, change: (place: Place, inSight: boolean) => void): IntersectionObserver {
  // scrollMargin widens the view's own scroller and the notebook's; browsers without it ignore it.
  const options = { rootMargin: margin, scrollMargin: margin };
  return new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const place = places.get(target);
      if (place !== undefined) change(place, isIntersecting);
    }
    settle([...places.values()]);
  }, options);
}
