/** Which of the pages that have a notebook open may change what is saved: two that did would be in each other's way. */
export interface Tenure {
  /** This page may. */
  readonly held: boolean;
}

/**
 * Ask for the tenure of `name`; the first page has it until `signal` aborts or the page ends, then the next.
 *
 * Where the browser has no locks (a page over http from elsewhere), every page has it.
 */
export function tenureOf(name: string, signal: AbortSignal): Tenure {
  const locks = (navigator as { locks?: LockManager }).locks;
  const tenure = { held: locks === undefined };
  const ended = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
  locks
    ?.request(`tbnotebook ${name}`, { signal }, () => {
      tenure.held = true;
      return ended;
    })
    .catch(() => undefined); // aborted before its turn came
  return tenure;
}
