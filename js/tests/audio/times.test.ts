import { expect, test } from "vitest";
import { describe, formatClock } from "../../src/audio/times";

test.each([
  [0, "0:00.0"],
  [2.46, "0:02.5"],
  [59.96, "1:00.0"],
  [725.04, "12:05.0"],
  [-1, "0:00.0"],
])("%s seconds are %s", (seconds, text) => {
  expect(formatClock(seconds)).toBe(text);
});

test("what a header does not tell is left out", () => {
  expect(describe({ format: "WAV", type: "", rate: 22_050, channels: 2 })).toBe("WAV · 22.05 kHz · stereo");
  expect(describe({ format: "FLAC", type: "", rate: 500, channels: 6 })).toBe("FLAC · 500 Hz · 6 channels");
  expect(describe({ format: "MP3", type: "", rate: null, channels: null })).toBe("MP3");
});
