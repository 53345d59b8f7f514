/** What a chart draws instead of its curves as they are, computed over some frames where it is much. */
import type { Curve } from "./curve";
import { deriveSteps, isPlain, type Wanted } from "./derive";

export class Derivation {
  #key = "";
  #steps: Generator<void, Curve[]> | null = null;
  #curves: Curve[] = [];

  /**
   * Take the curves as they stand.
   *
   * What is under way is finished first: a run that goes on would else never let anything be drawn.
   *
   * @param bases the newest curves of the baseline, one a tag
   * @param until a moment of `performance.now()`
   * @returns what is drawn; null while it is computed
   */
  take(curves: readonly Curve[], bases: readonly Curve[], wanted: Wanted, until: number): readonly Curve[] | null {
    if (isPlain(wanted)) {
      this.#steps = null;
      this.#key = "";
      return curves;
    }
    const key = JSON.stringify([curves.map(stateOf), bases.map(stateOf), { ...wanted, groups: wanted.groups.map(membersOf), edges: wanted.edges?.revision }]);
    if (this.#steps === null && key !== this.#key) {
      this.#key = key;
      this.#steps = deriveSteps(curves, bases, wanted);
    }
    while (this.#steps !== null) {
      const { done, value } = this.#steps.next();
      if (done === true) [this.#steps, this.#curves] = [null, value];
      else if (performance.now() >= until) return null;
    }
    return this.#curves;
  }
}

/** Tells whether the same curve would be computed of it. */
function stateOf({ run, series, axis, raw }: Curve): unknown[] {
  return [run.id, run.ended, run.attempts, series.tag, series.attempt, series.epoch, raw.length, axis];
}

function membersOf({ run, members }: Wanted["groups"][number]): unknown[] {
  return [run.name, run.ended, members.map(({ id }) => id)];
}
