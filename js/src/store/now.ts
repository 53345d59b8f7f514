/** A clock that only goes forward and does not stand still while the machine sleeps. */

/** The wall clock is ahead of the page's by more than it is ever set right. */
const SLEPT_MS = 10_000;

let wall = Date.now();
let running = performance.now();
let slept = 0;

/** Milliseconds since the page began, those included in which the machine slept: `performance.now()` leaves them out. */
export function now(): number {
  const before = running - wall;
  [wall, running] = [Date.now(), performance.now()];
  const ahead = before - (running - wall);
  if (ahead > SLEPT_MS) slept += ahead;
  return running + slept;
}
