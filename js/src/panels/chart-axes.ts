/** The axes of a chart: where a person zoomed to, else fitted to its curves; and the ticks of x. Pure. */
import { fitX, fitY } from "../maths/range";
import type { Axis } from "../maths/scale";
import { logXTicks, relativeTicks, stepTicks, valueTicks, wallTicks, type Ticks } from "../maths/ticks";
import type { Range, XAxis, Zoom } from "../wire/options";
import type { Curve } from "./curve";
import { stopsAt } from "./marks";

export interface AxesWanted {
  zoom: Zoom | null;
  logX: boolean;
  logY: boolean;
  /** Leave outliers out of the y range. */
  outliers: boolean;
}

export function axesOf(curves: readonly Curve[], { zoom, logX, logY, outliers }: AxesWanted): { x: Axis; y: Axis } {
  const lines = curves.flatMap(({ fitLine, band }) => (band === null ? [fitLine] : [band.low, band.high].map((y) => ({ ...fitLine, y }))));
  const x = zoomedX(zoom?.x ?? null, fitX(lines, stopsAt(curves), logX), logX);
  const zoomed = zoom?.y ?? null;
  const y = zoomed !== null && (!logY || zoomed[0] > 0) ? zoomed : fitY(lines, x, { log: logY, outliers });
  return { x: axis(x, logX), y: axis(y, logY) };
}

/** @param count about so many */
export function xTicks(kind: XAxis, x: Axis, count: number): Ticks {
  if (x.log) return logXTicks(x, count * 0.6, kind === "relative");
  if (kind === "step") return stepTicks(x, count);
  if (kind === "relative") return relativeTicks(x, count * 0.9);
  return kind === "wall" ? wallTicks(x, count * 0.9) : valueTicks(x, count * 0.9);
}

function axis([from, to]: Range, log: boolean): Axis {
  return { from, to, log };
}

/** Where a person zoomed to, as far as the axis has it. */
function zoomedX(zoom: Range | null, fitted: Range, log: boolean): Range {
  if (zoom === null || !log || zoom[0] > 0) return zoom ?? fitted;
  return zoom[1] > fitted[0] ? [fitted[0], zoom[1]] : fitted;
}
