import { describe, expect, test } from "vitest";
import { samplesAtMost } from "../../src/audio/extent";
import { soundFacts } from "../../src/audio/sniff";
import { flac, joined, mp3, oggPage, vorbisHead, wav } from "./sounds";

describe("soundFacts", () => {
  test("each format is known by its bytes, its rate and channels by its header", () => {
    expect(soundFacts(wav())).toEqual({ format: "WAV", type: "audio/wav", rate: 16_000, channels: 1 });
    expect(soundFacts(flac(1))).toEqual({ format: "FLAC", type: "audio/flac", rate: 44_100, channels: 2 });
    expect(soundFacts(mp3(2))).toEqual({ format: "MP3", type: "audio/mpeg", rate: 44_100, channels: 2 });
    expect(soundFacts(mp3(2, true))?.channels).toBe(1);
    expect(soundFacts(oggPage([30], vorbisHead(), 2))).toEqual({ format: "Ogg Vorbis", type: "audio/ogg", rate: 22_050, channels: 2 });
    const opus = joined("OpusHead", [1, 2, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0]);
    expect(soundFacts(oggPage([30], [...opus], 2))).toEqual({ format: "Ogg Opus", type: "audio/ogg", rate: 48_000, channels: 2 });
  });

  test("what stands before an MP3's frames is passed over", () => {
    expect(soundFacts(joined("ID3", [4, 0, 0, 0, 0, 1, 2], new Array<number>(130).fill(0), [...mp3(1)]))?.rate).toBe(44_100);
    expect(soundFacts(joined("ID3", [4, 0, 0, 0, 0, 1, 2]))).toEqual({ format: "MP3", type: "audio/mpeg", rate: null, channels: null });
  });

  test("a WAV's header is found behind other chunks", () => {
    const bytes = wav();
    const [head, rest] = [[...bytes.subarray(0, 12)], [...bytes.subarray(12)]];
    expect(soundFacts(joined(head, "LIST", [3, 0, 0, 0], "abc\0", rest))?.rate).toBe(16_000);
  });

  test.each([
    ["nothing", joined("")],
    ["a page", joined("<!doctype html><script>alert(1)</script>")],
    ["a playlist", joined("#EXTM3U\nhttp://e.example/a.ts")],
    ["a WAV without a header", joined("RIFF", [4, 0, 0, 0], "WAVE")],
    ["a WAV that holds an MP3", wav({ code: 0x55 })],
    ["an Ogg with a film", oggPage([40], "\x80theora", 2)],
    ["AAC", joined([0xff, 0xf1, 0x50, 0x80, 0, 0, 0, 0])],
    ["an Ogg that ends early", joined("OggS")],
  ])("%s is no sound", (_, bytes) => {
    expect(soundFacts(bytes)).toBeNull();
  });
});

describe("samplesAtMost", () => {
  const most = (bytes: Uint8Array) => samplesAtMost(bytes, soundFacts(bytes)!);

  test("frames are counted whatever a header says", () => {
    expect(most(flac(10))).toBe(10 * 4096 * 2);
    expect(most(flac(10, 7))).toBe(10 * 65_536 * 2);
    expect(most(mp3(10))).toBe(10 * 1152 * 2);
    expect(most(wav({ samples: new Array<number>(500).fill(0) }))).toBeGreaterThanOrEqual(500);
  });

  test("of Ogg the packets are counted, where one goes on over segments once", () => {
    const head = oggPage([30], vorbisHead(), 2);
    expect(most(joined([...head], [...oggPage([255, 20, 7])]))).toBe(3 * 2048 * 2);
  });

  test("a stream behind another one is not trusted", () => {
    const head = oggPage([30], vorbisHead(), 2);
    expect(most(joined([...head], [...oggPage([30], vorbisHead(), 2)]))).toBe(Infinity);
  });
});
