/** Curves as the lines of a chart: which are drawn faintly, thin or dashed, and which of their points. */
import type { Values } from "../maths/levels";
import type { Axis, Scales } from "../maths/scale";
import { nearest, thinToPixels } from "../maths/thin";
import type { TagData } from "../store/store";
import { placeOfTag } from "./composed";
import type { Curve } from "./curve";
import { holeOf } from "./marks";
import type { Line } from "./paint";
import type { CurvesState } from "./state";

const SMOOTHED_WIDTH = 1.75;
const RAW_WIDTH = 1;
const OLDER_WIDTH = 1.5;
/** A canvas draws a line of one pixel in an eighth of the time of a thicker one. */
const CROWDED_WIDTH = 1;
const CROWD = 12;
/** Pixels of a column of a line that is drawn for a moment: half of the bars of an exact one's, in half of the time. */
const COARSE = 2;
/** Points a pixel from which on one hardly sees how wide the columns are. */
const MANY = 4;
const MEMBER_WIDTH = 0.9;
const MEMBER_ALPHA = 0.55;
/** Of the tags of a chart, in their order. */
const DASHES: readonly (readonly number[])[] = [[], [6, 3], [1.5, 3], [8, 3, 1.5, 3]];

/** What the lines of one chart are of. */
export interface Drawn {
  curves: readonly Curve[];
  data: TagData;
  state: CurvesState;
  scales: Scales;
  /** A picture of a moment, which an exact one follows: it may be coarser, and no peak is lost. */
  brief: boolean;
}

/** So many runs that heads and thick lines would hide each other. */
export function isCrowded(curves: readonly Curve[]): boolean {
  return curves.filter(({ member }) => !member).length > CROWD;
}

/** The raw values, faint behind those that are smoothed. */
export function rawLines(drawn: Drawn): Line[] {
  const alpha = drawn.state.look.peek().rawAlpha * (isCrowded(drawn.curves) ? 0.5 : 1);
  return drawn.curves
    .filter((curve) => curve.isSmoothed)
    .map((curve) => lineOf(drawn, curve, curve.fitLine.y, { width: RAW_WIDTH, alpha: curve.older ? alpha / 2 : alpha, head: null }));
}

export function smoothedLines(drawn: Drawn): Line[] {
  const { olderAlpha } = drawn.state.look.peek();
  const headOf = drawn.state.head.peek();
  const crowded = isCrowded(drawn.curves);
  const styleOf = ({ member, older, run }: Curve): Pick<Line, "width" | "alpha" | "head"> => {
    if (member) return { width: MEMBER_WIDTH, alpha: MEMBER_ALPHA, head: null };
    if (older) return { width: OLDER_WIDTH, alpha: olderAlpha, head: null };
    return { width: crowded ? CROWDED_WIDTH : SMOOTHED_WIDTH, alpha: 1, head: crowded ? null : headOf(run) };
  };
  return drawn.curves.map((curve) => {
    const brief = drawn.brief || curve.unsmoothed > 0;
    return lineOf({ ...drawn, brief }, curve, curve.smoothed, styleOf(curve));
  });
}

function lineOf({ data, state, scales, brief }: Drawn, curve: Curve, y: Values, style: Pick<Line, "width" | "alpha" | "head">): Line {
  const { x, shift } = curve.fitLine;
  const pixels = Math.max(1, Math.round(scales.width));
  const pitch = brief && pointsIn(curve, scales.x) > MANY * pixels ? COARSE : 1;
  return {
    ...style,
    x: x.values,
    shift,
    kept: thinToPixels(x, shift, y, scales.x, pixels / pitch),
    pitch,
    hole: holeOf(curve)?.after ?? null,
    color: state.colorOf(curve.run),
    dash: DASHES[placeOfTag(data, curve.series.tag) % DASHES.length]!,
  };
}

/** About how many points lie in sight. */
function pointsIn({ x, shift }: Curve, { from, to }: Axis): number {
  return nearest(x, to + shift) - nearest(x, from + shift);
}
