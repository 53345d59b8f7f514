/** What each file of a payload is: told once, as long as the payload is there. */
import type { Payload } from "../store/media-series";
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
