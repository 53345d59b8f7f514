/** Why two pictures cannot be compared, yet or at all. */
import type { MediaStore } from "../store/media";
import type { MediaSeries } from "../store/media-series";
import type { Cell } from "./cells";
import { foundIn } from "./found";

/**
 * The words for it; null where both are here.
 *
 * @param pair called A and B
 */
export function lackOf(pair: readonly [Cell<MediaSeries>, Cell<MediaSeries>], media: Pick<MediaStore, "state">): string | null {
  const states = pair.map(({ series, at }) => media.state(series, at));
  const absent = names(states.map((state) => state === "absent"));
  if (absent !== null) return `${absent} not in this saved view`;
  if (states.includes("coming")) return "coming";
  const refused = names(pair.map(({ series, at, part }) => "refused" in foundIn(series.payload(at)!, part)));
  return refused === null ? null : `${refused} not shown, so there is nothing to compare`;
}

function names([first, second]: readonly boolean[]): string | null {
  if (first && second) return "A and B are";
  return first ? "A is" : second ? "B is" : null;
}
