/** A place on the x axis as a person reads it. */
import { formatDuration, formatMoment, formatStep } from "../ui/format";
import type { XAxis } from "../wire/options";

export function xText(x: number, axis: XAxis): string {
  if (axis === "step") return formatStep(x, true);
  return axis === "relative" ? formatDuration(x) : clock(x);
}

/** Time of day with its seconds. */
export function clock(wall: number): string {
  const when = new Date(wall * 1000);
  return `${formatMoment(when)}:${String(when.getSeconds()).padStart(2, "0")}`;
}
