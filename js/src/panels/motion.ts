/** Whether a hand moves the axes of a chart: what is drawn meanwhile is soon drawn over. */
import { cancel, schedule } from "./schedule";

/** After a move no other is likely to follow, milliseconds. */
const REST_MS = 300;

export class Motion {
  readonly #onRest: () => void;
  #timer: number | undefined;
  #goesOn = false;

  /** @param onRest called once the axes rest after moves of which one followed the other */
  constructor(onRest: () => void) {
    this.#onRest = onRest;
  }

  /** The last move followed another one at once: a single one is drawn in full. */
  get goesOn(): boolean {
    return this.#goesOn;
  }

  /** The axes have moved. */
  move(): void {
    this.#goesOn = this.#timer !== undefined;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#rest(), REST_MS);
  }

  /** No other move follows. */
  stop(): void {
    cancel(this);
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#goesOn = false;
  }

  #rest(): void {
    const { goesOn } = this;
    this.stop();
    if (goesOn) schedule(this, () => this.#onRest());
  }
}
