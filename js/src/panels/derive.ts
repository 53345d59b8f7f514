/** What is drawn instead of the curves as they are: each compared with a baseline, groups as one curve in a band. */
import { compared, type Comparison } from "../maths/against";
import { bandSteps, type Centre, type Spread } from "../maths/band";
import { ascending, valuesAt, type Polyline } from "../maths/polyline";
import { smooth } from "../maths/smooth";
import type { Columns, Curve } from "./curve";
import { DerivedCurve, type Derived } from "./derived-curve";
import type { Edges } from "./margins";
import type { RunGroup } from "./run-groups";

export interface Wanted {
  weight: number;
  /** The name of the baseline's run; empty: none. */
  baseline: string;
  compare: Comparison;
  groups: readonly RunGroup[];
  average: Centre;
  band: Spread;
  members: boolean;
  /** Bounds of lines; null or absent: none. */
  edges?: Edges | null;
}

/** Whether the curves are drawn as they are. */
export function isPlain({ baseline, groups, edges }: Wanted): boolean {
  return baseline === "" && groups.length === 0 && (edges ?? null) === null;
}

/**
 * Compute what is drawn, a step at a time.
 *
 * A curve is compared with what is drawn of the baseline; its points where that has no value are left out, and so is
 * all where there is no baseline. A group's curve is computed of the smoothed curves of its runs' newest attempts.
 *
 * @param bases the newest curves of the baseline, one a tag, be its run shown or not
 */
export function* deriveSteps(curves: readonly Curve[], bases: readonly Curve[], wanted: Wanted): Generator<void, Curve[]> {
  const baselines = new Map(bases.map((base) => [base.series.tag, baseline(base, wanted.weight)]));
  const lines: Derived[] = [];
  for (const curve of curves) {
    const line = baselines.get(curve.series.tag) ?? null;
    if (line !== null || wanted.baseline === "") lines.push(lineOf(curve, line, wanted));
    yield;
  }
  const groupOf = new Map(wanted.groups.flatMap((group) => group.members.map((run) => [run.id, group])));
  const alone = lines.filter(({ run }) => !groupOf.has(run.id));
  const drawn = alone.filter(({ x }) => x.length > 0).map((one) => new DerivedCurve(one));
  for (const group of wanted.groups) {
    const members = lines.filter(({ run, older, x }) => groupOf.get(run.id) === group && !older && x.length > 0);
    if (members.length === 0) continue;
    const centre = yield* groupSteps(group, members, wanted);
    if (wanted.members) drawn.push(...members.map((one) => new DerivedCurve({ ...one, run: group.run, raw: one.smoothed, member: true })));
    drawn.push(centre);
  }
  return drawn.sort((a, b) => Number(b.older || b.member) - Number(a.older || a.member));
}

function baseline(curve: Curve, weight: number): Polyline {
  return ascending({ x: moved(curve), y: smooth(curve.raw, weight) });
}

function moved({ x, shift }: Curve): Float64Array {
  return shift === 0 ? x : x.map((value) => value - shift);
}

function lineOf(curve: Curve, line: Polyline | null, { weight, compare, edges }: Wanted): Derived {
  const { run, older, axis, series } = curve;
  const x = moved(curve);
  const smoothed = smooth(curve.raw, weight);
  const bounds = older ? null : (edges?.of(curve) ?? null);
  const band = bounds === null ? null : { low: valuesAt(x, bounds.low), high: valuesAt(x, bounds.high) };
  const whole = { run, older, axis, series, x, raw: curve.raw, smoothed, member: false, band };
  if (line === null) return whole;
  const base = valuesAt(x, line);
  const there = (_: number, i: number) => !Number.isNaN(base[i]);
  const kept = { ...series, step: series.step.filter(there), wall: series.wall.filter(there) };
  const raw = compared(curve.raw, base, compare).filter(there);
  const value = smoothed === curve.raw ? raw : compared(smoothed, base, compare).filter(there);
  return { ...whole, series: columns(kept, raw), x: x.filter(there), raw, smoothed: value, band: null };
}

function* groupSteps(group: RunGroup, members: readonly Derived[], { average, band }: Wanted): Generator<void, DerivedCurve> {
  const lines = members.map(({ x, smoothed }) => ({ x, y: smoothed }));
  const { x, centre, low, high } = yield* bandSteps(lines, average, band);
  const [first] = members as [Derived, ...Derived[]];
  const own = ascending({ x: first.x, y: first.series.step });
  const step = first.axis === "step" ? x : valuesAt(x, own);
  const wall = valuesAt(x, ascending({ x: first.x, y: first.series.wall }));
  const edges = band === "none" ? null : { low, high };
  const series = columns({ ...first.series, attempt: 0, step, wall }, centre);
  return new DerivedCurve({ run: group.run, older: false, member: false, axis: first.axis, series, x, raw: centre, smoothed: centre, band: edges });
}

function columns({ attempt, tag, step, wall, epoch }: Columns, value: Float64Array): Columns {
  return { attempt, tag, step, wall, value, epoch };
}
