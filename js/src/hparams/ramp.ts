/** One calm ramp of the accent: the colour of a row by a number in it. Pure. */
import type { Theme } from "../ui/tokens";

type Rgb = readonly [number, number, number];

/** From the least to the greatest; the ends are told from the ground and from each other on either theme. */
const ENDS: Readonly<Record<Theme, readonly [Rgb, Rgb]>> = {
  light: [
    [168, 197, 245],
    [16, 58, 140],
  ],
  dark: [
    [48, 82, 146],
    [176, 206, 255],
  ],
};

/** Of rows that are not chosen: opaque, so that many are no darker than one. */
const REST: Readonly<Record<Theme, string>> = { light: "#dfe2e5", dark: "#33383e" };

export function restColor(theme: Theme): string {
  return REST[theme];
}

/** The colour of a share of the ramp, from 0 to 1. */
export function rampColor(theme: Theme, share: number): string {
  const [low, high] = ENDS[theme];
  const at = Math.min(1, Math.max(0, share));
  return `rgb(${low.map((from, i) => Math.round(from + at * (high[i]! - from))).join(", ")})`;
}
