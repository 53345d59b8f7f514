import { expect, it } from "vitest";
import type { Cell } from "../../src/images/cells";
import { lackOf } from "../../src/images/lack";
import { Store } from "../../src/store/store";
import type { MediaSeries } from "../../src/store/media-series";
import { SAVED_STREAM } from "../../src/wire/snapshot";
import { FakeSource, frame } from "../frames";
import { blob, blobs, index } from "../media";
import { png } from "./files";

/** Four records, the last three of which are here, one no picture; said of the pair at two places. */
function saying(saved: boolean): (first: number, second: number) => string | null {
  const source = new FakeSource();
  if (saved) source.saved = { created: "2026-11-30T12:00:00Z" };
  const store = new Store(source);
  const stream = saved ? SAVED_STREAM : "s";
  source.send(frame("key", 1, [], { stream, media: [index(4)] }));
  const svg = new TextEncoder().encode("<svg/>");
  source.send(blobs([blob(1, [...png(2, 2)]), blob(2, [...png(2, 2)]), blob(3, [...svg])], { stream }));
  const series = store.media.tags("images").value[0]!.series[0]!;
  const cell = (at: number): Cell<MediaSeries> => ({ key: `${at}`, series, at, wanted: at, part: 0, parts: 1, step: 10 * at });
  return (first, second) => lackOf([cell(first), cell(second)], store.media);
}

it("a difference says of which picture it waits, of which none comes any more, and which is none", () => {
  expect([saying(false)(1, 2), saying(false)(0, 1)]).toEqual([null, "coming"]);
  expect(saying(true)(0, 1)).toBe("A is not in this saved view");
  expect(saying(true)(3, 0)).toBe("B is not in this saved view");
  expect(saying(true)(0, 0)).toBe("A and B are not in this saved view");
  expect(saying(true)(2, 3)).toBe("B is not shown, so there is nothing to compare");
});
