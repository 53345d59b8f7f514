/** A horizontal piece of line in the gap between two rows. */
export interface Run {
  /** Gap below this row; −1 above the first. */
  readonly gap: number;
  readonly from: number;
  readonly to: number;
  /** Whether it turns off below its source or turns in above its target. */
  readonly zone: "leave" | "arrive";
  /** Runs of one bundle lie on one another: what one cell sends, or what one place takes. */
  readonly bundle: string;
}

export interface Gap {
  readonly height: number;
  /** Distance of each bundle from the gap's top, by `zone:bundle`. */
  readonly level: ReadonlyMap<string, number>;
  /** Distance of a label's middle from the top. */
  readonly label: number;
}

const FIRST = 12;
const PITCH = 10;
const TURN = 12;
/** From a run to the target below: a turn and an arrow's head. */
const LANDING = 22;
const LABEL_ROOM = 24;
const BARE = 18;

/**
 * Height of a gap and where its horizontal lines lie: those that leave at the top,
 * those that arrive at the bottom, a label's room between.
 */
export function layGap(runs: readonly Run[], labelled: boolean, room: number): Gap {
  const leaving = levels(runs.filter((run) => run.zone === "leave"));
  const arriving = levels(runs.filter((run) => run.zone === "arrive"));
  if (leaving.count === 0 && arriving.count === 0) {
    const height = labelled ? room : BARE;
    return { height, level: new Map(), label: height / 2 };
  }
  const top = leaving.count > 0 ? FIRST + PITCH * (leaving.count - 1) : 0;
  const middle = labelled ? LABEL_ROOM : TURN;
  const bottom = arriving.count > 0 ? LANDING + PITCH * (arriving.count - 1) : TURN;
  const level = new Map<string, number>();
  for (const [bundle, at] of leaving.at) level.set(`leave:${bundle}`, FIRST + PITCH * at);
  for (const [bundle, at] of arriving.at) level.set(`arrive:${bundle}`, top + middle + PITCH * at);
  return { height: top + middle + bottom, level, label: top + middle / 2 + (top > 0 ? 3 : -2) };
}

/** The lowest level for each bundle on which it meets no other. */
function levels(runs: readonly Run[]): { at: Map<string, number>; count: number } {
  const reach = new Map<string, [number, number]>();
  for (const run of runs) {
    const low = Math.min(run.from, run.to);
    const high = Math.max(run.from, run.to);
    const known = reach.get(run.bundle);
    reach.set(run.bundle, known === undefined ? [low, high] : [Math.min(known[0], low), Math.max(known[1], high)]);
  }
  const at = new Map<string, number>();
  const ends: number[] = [];
  for (const [bundle, [low, high]] of [...reach].sort((a, b) => a[1][0] - b[1][0])) {
    let level = ends.findIndex((end) => end + PITCH <= low);
    if (level < 0) level = ends.push(-Infinity) - 1;
    ends[level] = high;
    at.set(bundle, level);
  }
  return { at, count: ends.length };
}
