/** What shows while the record that is wanted is on its way, so that a slider that is dragged never leaves a place empty. */

interface Come {
  /** The places of what is here. */
  readonly here: Iterable<number>;
  payload(at: number): unknown;
}

export class Staying {
  readonly #shown = new Map<string, { series: Come; at: number }>();

  /**
   * The record that shows: the one that is wanted, or while that is coming the one that showed there before, or the
   * last before it that is here.
   *
   * @param slot where it shows
   * @param state of the record that is wanted
   * @returns `at` where nothing can stand in for it
   */
  at(slot: string, series: Come, at: number, state: "here" | "coming" | "absent"): number {
    const before = this.#shown.get(slot);
    const stays = before?.series === series && series.payload(before.at) !== null ? before.at : lastHere(series, at);
    const shown = state === "coming" ? (stays ?? at) : at;
    this.#shown.set(slot, { series, at: shown });
    return shown;
  }
}

function lastHere({ here }: Come, at: number): number | null {
  let last = -1;
  for (const place of here) if (place <= at) last = Math.max(last, place);
  return last < 0 ? null : last;
}
