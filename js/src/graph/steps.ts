/** Long work is a generator that pauses between its steps: here it is run to its end, or in slices. */

/** Milliseconds of work between which a page answers. */
const SLICE_MS = 12;

/** Runs through `steps` at once. */
export function finished<T>(steps: Generator<void, T>): T {
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/** Runs through `steps` in slices with a pause between; returns what stops it. */
export function inSlices<T>(steps: Generator<void, T>, done: (result: T) => void): () => void {
  let stopped = false;
  const pause = new MessageChannel();
  const stop = (): void => {
    stopped = true;
    pause.port1.close();
  };
  pause.port1.onmessage = () => {
    const until = performance.now() + SLICE_MS;
    while (!stopped) {
      const step = steps.next();
      if (step.done === true) {
        stop();
        done(step.value);
        return;
      }
      if (performance.now() < until) continue;
      pause.port2.postMessage(null);
      return;
    }
  };
  pause.port2.postMessage(null);
  return stop;
}
