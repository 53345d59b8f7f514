/** When a walk through steps goes on to the next one. */

/** Longest wait for one that is coming, milliseconds: a busy kernel may send it much later. */
const PATIENCE_MS = 2000;

interface Walk {
  /** Steps a second. */
  rate: number;
  at: number;
  last: number;
  /** What is shown now has not come. */
  waits: boolean;
}

export class Playback {
  #at = -1;
  /** When this step was come to, and since when it can be seen, milliseconds. */
  #came = 0;
  #seen = 0;

  /**
   * Tell what is to be done at a frame of the page.
   *
   * @param time milliseconds
   * @returns the place to go to, null to stay, or that the walk is over
   */
  tick(time: number, { rate, at, last, waits }: Walk): number | "end" | null {
    if (at !== this.#at) [this.#at, this.#came, this.#seen] = [at, time, time];
    if (at >= last) return "end";
    const waiting = waits && time - this.#came < PATIENCE_MS;
    if (waiting) this.#seen = time;
    return waiting || time - this.#seen < 1000 / rate ? null : at + 1;
  }
}
