/** Curves of precision over recall, and the areas below them. */

export interface PrCurve {
  /** By threshold, from 0 to 1; what follows the last threshold above which anything was found is left out. */
  threshold: Float64Array;
  precision: Float64Array;
  recall: Float64Array;
  tp: Float64Array;
  fp: Float64Array;
  tn: Float64Array;
  fn: Float64Array;
}

/**
 * A curve as it was written, without the thresholds at its end above which nothing was found: there is no precision
 * there. Its thresholds are as far apart from 0 to 1, as TensorBoard takes them to be.
 *
 * @returns null where there is no point
 */
export function prCurveOf(columns: Readonly<Record<string, Float64Array>>): PrCurve | null {
  const { tp, fp, tn, fn, precision, recall } = columns;
  if (!tp || !fp || !tn || !fn || !precision || !recall || precision.length === 0) return null;
  const whole = precision.length;
  let length = whole;
  const found = (i: number) => tp[i]! + fp[i]!;
  while (length > 1 && found(length - 1) === 0) length -= 1;
  const threshold = Float64Array.from({ length }, (_, i) => (whole === 1 ? 0 : i / (whole - 1)));
  const cut = (column: Float64Array) => column.subarray(0, length);
  return { threshold, precision: cut(precision), recall: cut(recall), tp: cut(tp), fp: cut(fp), tn: cut(tn), fn: cut(fn) };
}

/** Area below the line through the points; from its least recall down to 0 the line is level. */
export function areaUnder({ precision, recall }: Pick<PrCurve, "precision" | "recall">): number {
  const points = finitePoints(precision, recall);
  let area = 0;
  let [r, p] = [0, points[0]?.[1] ?? NaN];
  if (Number.isNaN(p)) return NaN;
  for (const [recallHere, precisionHere] of points) {
    area += ((recallHere - r) * (precisionHere + p)) / 2;
    [r, p] = [recallHere, precisionHere];
  }
  return area;
}

/** Mean of the precisions, each weighted with the recall that its threshold adds (as scikit-learn has it). */
export function averagePrecision({ precision, recall }: Pick<PrCurve, "precision" | "recall">): number {
  const points = finitePoints(precision, recall);
  if (points.length === 0) return NaN;
  let [sum, r] = [0, 0];
  for (const [recallHere, precisionHere] of points) {
    sum += (recallHere - r) * precisionHere;
    r = recallHere;
  }
  return sum;
}

/** (recall, precision) from the highest threshold down, so that recall does not fall. */
function finitePoints(precision: Float64Array, recall: Float64Array): [number, number][] {
  const points: [number, number][] = [];
  for (let i = recall.length - 1; i >= 0; i--) {
    if (Number.isFinite(recall[i]) && Number.isFinite(precision[i])) points.push([recall[i]!, precision[i]!]);
  }
  return points;
}
