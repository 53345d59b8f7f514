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
const LABEL_ROOM = 28;
const BARE = 18;
/** Lines nearer than this look like one. */
const LINE = 6;

/**
 * Height of a gap and where its horizontal lines lie: those that leave at the top,
 * those that arrive at the bottom, a label's room between.
 */
export function layGap(runs: readonly Run[], labelled: boolean, room: number): Gap {
  const bundles = bundlesOf(runs);
  // What comes down where another turns down must turn off above it, so it goes to the top as well.
  const turns = bundles.filter((bundle) => !bundle.arrives).flatMap((bundle) => bundle.ends);
  const isTop = (bundle: Bundle): boolean => !bundle.arrives || bundle.starts.some((x) => has(turns, x));
  const leaving = levels(bundles.filter(isTop));
  const arriving = levels(bundles.filter((bundle) => !isTop(bundle)));
  if (leaving.count === 0 && arriving.count === 0) {
    const height = labelled ? room : BARE;
    return { height, level: new Map(), label: height / 2 };
  }
  const top = leaving.count > 0 ? FIRST + PITCH * (leaving.count - 1) : 0;
  const middle = labelled ? LABEL_ROOM : TURN;
  const bottom = arriving.count > 0 ? LANDING + PITCH * (arriving.count - 1) : TURN;
  const level = new Map<string, number>();
  for (const [key, at] of leaving.at) level.set(key, FIRST + PITCH * at);
  for (const [key, at] of arriving.at) level.set(key, top + middle + PITCH * at);
  return { height: top + middle + bottom, level, label: top + middle / 2 };
}

/** Runs that lie on one another. */
interface Bundle {
  readonly key: string;
  readonly arrives: boolean;
  /** Where lines come down to it, and where they go on down. */
  readonly starts: number[];
  readonly ends: number[];
}

/** Key of a run's bundle in `Gap.level`. */
export function bundleKey(run: Run): string {
  return `${run.zone}:${run.bundle}`;
}

function bundlesOf(runs: readonly Run[]): Bundle[] {
  const found = new Map<string, Bundle>();
  for (const run of runs) {
    const key = bundleKey(run);
    const bundle = found.get(key) ?? { key, arrives: run.zone === "arrive", starts: [], ends: [] };
    bundle.starts.push(run.from);
    bundle.ends.push(run.to);
    found.set(key, bundle);
  }
  return [...found.values()];
}

function has(places: readonly number[], x: number): boolean {
  return places.some((place) => Math.abs(place - x) < LINE);
}

/**
 * The lowest level for each bundle on which it meets no other. Where one comes down at the x at which
 * another goes on, the first lies above the second, else they would share a piece of the way.
 */
function levels(bundles: readonly Bundle[]): { at: Map<string, number>; count: number } {
  const sorted = [...bundles].sort((a, b) => Math.min(...a.starts, ...a.ends) - Math.min(...b.starts, ...b.ends));
  const at = new Map<string, number>();
  const taken: [number, number][][] = [];
  const pending = new Set<string>();
  const settle = (bundle: Bundle): number => {
    const known = at.get(bundle.key);
    if (known !== undefined || pending.has(bundle.key)) return known ?? -1;
    pending.add(bundle.key);
    const above = sorted.filter((other) => other !== bundle && other.starts.some((x) => has(bundle.ends, x)));
    let level = 1 + Math.max(-1, ...above.map(settle));
    const low = Math.min(...bundle.starts, ...bundle.ends) - PITCH;
    const high = Math.max(...bundle.starts, ...bundle.ends) + PITCH;
    while (taken[level]?.some(([from, to]) => from < high && low < to) === true) level++;
    while (taken.length <= level) taken.push([]);
    taken[level]!.push([low + PITCH, high - PITCH]);
    at.set(bundle.key, level);
    return level;
  };
  for (const bundle of sorted) settle(bundle);
  return { at, count: taken.length };
}
