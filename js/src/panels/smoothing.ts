/** Smooths the curves of one chart: what is little at once, what is more over the frames to come. */
import type { Curve } from "./curve";
import { cancel, schedule, SLICE } from "./schedule";

/** Points that are smoothed at once: a millisecond's work. */
const AT_ONCE = 200_000;
/** While a slider is dragged the next weight comes sooner: what is done for this one would be in vain, milliseconds. */
const PAUSE_MS = 20;

export class Smoothing {
  readonly #onDone: () => void;
  #curves: readonly Curve[] = [];
  #from = 0;

  /** @param onDone called once the curves that were sketched are smoothed */
  constructor(onDone: () => void) {
    this.#onDone = onDone;
  }

  /** Smooth these curves, or sketch them and go on; what was begun before and is not done is given up. */
  begin(curves: readonly Curve[]): void {
    cancel(this);
    this.#curves = curves;
    if (curves.reduce((sum, curve) => sum + curve.unsmoothed, 0) <= AT_ONCE) {
      for (const curve of curves) curve.smooth(Infinity);
      return;
    }
    for (const curve of curves) curve.sketch();
    this.#from = performance.now() + PAUSE_MS;
    this.#later();
  }

  cancel(): void {
    cancel(this);
  }

  #later(): void {
    const goOn = (until: number) => {
      if (performance.now() >= this.#from && this.#curves.every((curve) => curve.smooth(until))) this.#onDone();
      else this.#later();
    };
    schedule(this, goOn, SLICE);
  }
}
