/** When charts are to be drawn anew for points that came between those that they show. */

/**
 * Charts are told at most this often, the first time so long behind the first of such points,
 * and when there are twice as many: what they show has its peaks already, and a page that draws all the time
 * acknowledges nothing.
 */
const REFINE_MS = 3000;

export class Refined {
  /** Tags with points that no chart has been told of. */
  readonly #tags = new Set<string>();
  /** When charts were last told, or the first of the points came; null: none have come. */
  #since: number | null = null;
  /** How many points there were when charts were last told. */
  #with = 0;

  add(tag: string): void {
    this.#tags.add(tag);
  }

  /**
   * The tags of which charts are to be told now, each once.
   *
   * @param held points that are here
   * @param atEnd no more are coming
   */
  due(held: number, atEnd: boolean): string[] {
    if (this.#tags.size === 0) return [];
    const now = performance.now();
    this.#since ??= now;
    if (!atEnd && (now - this.#since < REFINE_MS || held < 2 * this.#with)) return [];
    this.#since = atEnd ? null : now;
    this.#with = atEnd ? 0 : held;
    const due = [...this.#tags];
    this.#tags.clear();
    return due;
  }
}
