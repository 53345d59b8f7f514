/** The page's clock, for what shows an age. */
import { signal, type Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { now } from "../store/now";

const TICK_MS = 250;
/** A tick this long after the last one: the page itself was held up. */
const HELD_UP_MS = 1000;

/** What `now` was at the last tick. */
export const clock: Signal<number> = signal(now());

let users = 0;
let timer: ReturnType<typeof setInterval> | undefined;
let ticked = 0;

function tick(): void {
  const at = now();
  const heldUp = at - ticked > HELD_UP_MS;
  ticked = at;
  // What came while the page was held up is heard after this tick: it must not pass for silence.
  if (!heldUp && document.visibilityState === "visible") clock.value = at;
}

/** Keep the clock going until the returned function is called. */
export function startClock(): () => void {
  if (users === 0) {
    clock.value = ticked = now();
    timer = setInterval(tick, TICK_MS);
  }
  users += 1;
  return () => {
    users -= 1;
    if (users === 0) clearInterval(timer);
  };
}

/** Keep the clock going while a view is there. */
export function useClock(): void {
  useEffect(startClock, []);
}
