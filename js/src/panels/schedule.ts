/**
 * Work on charts, a few a frame.
 *
 * A budget of JavaScript time would not see what the browser spends on painting the pixels; a cap of charts a frame
 * keeps the frames short (measured: 12 charts in one frame take 69 ms, three at a time 20 ms).
 */
const BUDGET = 3;
/** Milliseconds of a frame, in which nothing else is drawn, that long work may take before it goes on in the next. */
const SLICE_MS = 12;

/** @param until moment of `performance.now()` at which long work of this frame gives way */
type Work = (until: number) => void;

interface Job {
  work: Work;
  /** Of the budget of a frame: 1 for a redraw, all of it for a new chart. */
  cost: number;
}

const jobs = new Map<object, Job>();
let pending = false;

/** Do `work` in one of the next frames. What was asked for `key` before and is not done yet is replaced. */
export function schedule(key: object, work: Work, cost = 1): void {
  jobs.set(key, { work, cost });
  if (!pending) requestAnimationFrame(frame);
  pending = true;
}

export function cancel(key: object): void {
  jobs.delete(key);
}

/** The cost of a job that takes a frame for itself. */
export const WHOLE_FRAME = BUDGET;
/** The cost of a slice of long work: it gives way to all that is to be seen in a frame. */
export const SLICE = BUDGET + 1;

function frame(): void {
  let left = BUDGET;
  const until = performance.now() + SLICE_MS;
  for (const [key, job] of jobs) {
    if (job.cost === SLICE) continue;
    if (job.cost > left && left < BUDGET) break;
    left -= job.cost;
    run(key, job, until);
    if (left <= 0) break;
  }
  const slice = left < BUDGET ? undefined : [...jobs].find(([, { cost }]) => cost === SLICE);
  if (slice !== undefined) run(...slice, until);
  pending = jobs.size > 0;
  if (pending) requestAnimationFrame(frame);
}

function run(key: object, { work }: Job, until: number): void {
  jobs.delete(key);
  try {
    work(until);
  } catch (error) {
    // One chart that cannot be drawn must not stop the others.
    reportError(error);
  }
}
