/** What each file of a payload is: told once, as long as the payload is there. */
import type { Payload } from "../store/media-series";
import { formatCount } from "../ui/format";
import { sniff, type Refused, type Sniffed } from "./sniff";

const known = new WeakMap<Uint8Array, Sniffed | Refused>();

/** @param part which of its pictures */
export function foundIn(payload: Payload, part: number): Sniffed | Refused {
  if (payload.error !== null) return { refused: payload.error };
  const bytes = payload.parts[part];
  if (bytes === undefined) return { refused: "this step has no picture" };
  let found = known.get(bytes);
  if (found === undefined) {
    found = sniff(bytes);
    known.set(bytes, found);
  }
  return found;
}

/** `28 × 28`; `256 × 256 · saved as 64 × 64`; of one that lost only what the eye misses `96 × 96 · saved smaller`; `64 × 64 · 24 frames`. */
export function factsOf({ width, height, frames }: Sniffed, payload: Pick<Payload, "width" | "height" | "scaled">): string {
  const { scaled } = payload;
  const facts = [scaled ? `${payload.width} × ${payload.height}` : `${width} × ${height}`];
  const whole = width === payload.width && height === payload.height;
  if (scaled) facts.push(whole ? "saved smaller" : `saved as ${width} × ${height}`);
  if (frames > 1) facts.push(`${formatCount(frames)} frames`);
  return facts.join(" · ");
}
