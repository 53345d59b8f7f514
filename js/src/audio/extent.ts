/** How many samples a sound can have at most: a few bytes may hold hours of silence, and a header may say what it likes. */
import { isAt, isMp3Frame, type SoundFacts } from "./sniff";

const MP3_FRAME = 1152;
const OPUS_PACKET = 5760;

/**
 * Count samples of all channels, never too few.
 *
 * What begins a frame is counted, also where that only looks so.
 */
export function samplesAtMost(bytes: Uint8Array, { format, channels }: SoundFacts): number {
  const lanes = Math.max(1, channels ?? 2);
  switch (format) {
    case "WAV":
      return bytes.length;
    case "MP3":
      return 2 * sum(bytes, (at) => (isMp3Frame(bytes, at) ? MP3_FRAME : 0));
    case "FLAC":
      return lanes * sum(bytes, (at) => flacBlock(bytes, at));
    case "Ogg Opus":
      return lanes * OPUS_PACKET * oggPackets(bytes);
    case "Ogg Vorbis":
      return lanes * 2 ** (bytes[27 + bytes[26]! + 28]! >> 4) * oggPackets(bytes);
  }
}

function sum(bytes: Uint8Array, samples: (at: number) => number): number {
  let total = 0;
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) total += samples(at);
  return total;
}

/** Samples of the frame whose header stands here, if one does. */
function flacBlock(bytes: Uint8Array, at: number): number {
  if (((bytes[at + 1] ?? 0) & 0xfe) !== 0xf8) return 0;
  const code = (bytes[at + 2] ?? 0) >> 4;
  if (code === 1) return 192;
  if (code >= 8) return 256 << (code - 8);
  if (code >= 2 && code <= 5) return 576 << (code - 2);
  return code === 6 ? 256 : 65_536;
}

/** Packets of one stream; infinite where another one begins behind it. */
function oggPackets(bytes: Uint8Array): number {
  let packets = 0;
  for (let at = 0; at + 27 <= bytes.length; at++) {
    if (bytes[at] !== 0x4f || !isAt(bytes, at, "OggS")) continue;
    if (at > 0 && (bytes[at + 5]! & 2) !== 0) return Infinity;
    const segments = bytes.subarray(at + 27, at + 27 + bytes[at + 26]!);
    packets += segments.reduce((count, size) => count + (size < 255 ? 1 : 0), 0);
  }
  return packets;
}
