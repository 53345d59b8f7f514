/** Pictures and the like as the first version saved them: `tests/wire/test_golden_snapshot.py` has the same in Python. */
import { expect, it } from "vitest";
import saved from "../../../tests/vectors/snapshot-format-1-media.json";
import { MediaStore } from "../../src/store/media";
import type { Payload } from "../../src/store/media-series";
import type { MediaKind } from "../../src/wire/media";
import { readSnapshot } from "../../src/wire/snapshot";

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

async function read(): Promise<MediaStore> {
  const { frame, buffer } = await readSnapshot(JSON.stringify(saved));
  const media = new MediaStore(() => false);
  media.takeIndex(frame.media ?? [], buffer, true);
  media.takeBlobs(frame.blobs ?? [], buffer);
  return media;
}

function newest(media: MediaStore, kind: MediaKind, tag: string): Payload {
  const [series] = media.tags(kind).value.find((one) => one.tag === tag)?.series ?? [];
  const payload = series?.payload(series.length - 1);
  if (payload === null || payload === undefined) throw new Error(`no ${tag}`);
  return payload;
}

it("format 1 gives the newest of each tag", async () => {
  const media = await read();
  expect([...media.kinds.value].sort()).toEqual(["audio", "histograms", "images", "pr_curves", "texts"]);
  expect(text(newest(media, "texts", "note/text_summary").parts[0])).toBe("**step** 11: grüße");
  expect(newest(media, "histograms", "weights").columns.count?.reduce((a, b) => a + b)).toBe(101);
  expect([...(newest(media, "pr_curves", "classes").columns.tp ?? [])]).toEqual([2, 2, 1, 1, 0]);
  expect(text(newest(media, "audio", "tone").parts[0]?.subarray(0, 4))).toBe("RIFF");
  const [digit, photo] = ["digit", "photo"].map((name) => newest(media, "images", `samples/${name}`));
  expect([digit?.step, digit?.width, digit?.scaled, text(digit?.parts[0]?.subarray(1, 4))]).toEqual([110, 8, false, "PNG"]);
  expect([photo?.step, photo?.width, photo?.scaled, text(photo?.parts[0]?.subarray(8, 12))]).toEqual([110, 64, true, "WEBP"]);
});

it("format 1 tells what was not saved by its step alone", async () => {
  const media = await read();
  const [photos] = media.tags("images").value.find((one) => one.tag === "samples/photo")?.series ?? [];
  if (photos === undefined) throw new Error("no photos");
  expect([...photos.steps]).toEqual(Array.from({ length: 12 }, (_, at) => 10 * at));
  expect(Array.from({ length: 12 }, (_, at) => media.state(photos, at)).filter((state) => state === "absent")).toHaveLength(8);
});
