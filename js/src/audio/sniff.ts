/** What a sound is, by its first bytes: whatever a file calls it. */

export type SoundFormat = "WAV" | "MP3" | "Ogg Vorbis" | "Ogg Opus" | "FLAC";

export interface SoundFacts {
  format: SoundFormat;
  /** As a blob is labelled. */
  type: string;
  /** As the header tells; null where it does not. */
  rate: number | null;
  channels: number | null;
}

/** Codes of WAV whose samples are numbers: PCM, floats, A-law, μ-law, and those that tell more behind their header. */
const WAV_CODES = [1, 3, 6, 7, 0xfffe];

/** Look at a sound's header; null: it is none of those that are played. */
export function soundFacts(bytes: Uint8Array): SoundFacts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isAt(bytes, 0, "RIFF") && isAt(bytes, 8, "WAVE")) return wavFacts(bytes, view);
  if (isAt(bytes, 0, "fLaC")) return flacFacts(bytes, view);
  if (isAt(bytes, 0, "OggS")) return oggFacts(bytes, view);
  if (isAt(bytes, 0, "ID3") || isMp3Frame(bytes, 0)) return mp3Facts(bytes);
  return null;
}

export function isAt(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Whether what stands here may be the header of an MP3's frame. */
export function isMp3Frame(bytes: Uint8Array, at: number): boolean {
  const [first, second, third] = [bytes[at], bytes[at + 1] ?? 0, bytes[at + 2] ?? 0xff];
  // 11 set bits; then no reserved version, layer, bit rate or sample rate.
  return first === 0xff && second >= 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) !== 0 && third >> 4 !== 15 && (third & 0x0c) !== 0x0c;
}

function wavFacts(bytes: Uint8Array, view: DataView): SoundFacts | null {
  for (let at = 12; at + 24 <= bytes.length; at += 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) % 2)) {
    if (!isAt(bytes, at, "fmt ")) continue;
    if (!WAV_CODES.includes(view.getUint16(at + 8, true))) return null;
    return { format: "WAV", type: "audio/wav", channels: view.getUint16(at + 10, true), rate: view.getUint32(at + 12, true) };
  }
  return null;
}

function flacFacts(bytes: Uint8Array, view: DataView): SoundFacts | null {
  if (bytes.length < 42) return null;
  return { format: "FLAC", type: "audio/flac", rate: view.getUint32(18) >>> 12, channels: ((bytes[20]! >> 1) & 7) + 1 };
}

function oggFacts(bytes: Uint8Array, view: DataView): SoundFacts | null {
  const body = 27 + (bytes[26] ?? 0);
  if (bytes.length < body + 30) return null;
  const type = "audio/ogg";
  if (isAt(bytes, body, "\x01vorbis")) {
    return { format: "Ogg Vorbis", type, channels: bytes[body + 11]!, rate: view.getUint32(body + 12, true) };
  }
  return isAt(bytes, body, "OpusHead") ? { format: "Ogg Opus", type, channels: bytes[body + 9]!, rate: 48_000 } : null;
}

const MP3_RATES = [44_100, 48_000, 32_000];

function mp3Facts(bytes: Uint8Array): SoundFacts {
  let at = 0;
  if (isAt(bytes, 0, "ID3")) {
    const size = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + ((bytes[i] ?? 0) & 0x7f), 0);
    at = 10 + size;
  }
  const facts = { format: "MP3", type: "audio/mpeg" } as const;
  if (!isMp3Frame(bytes, at)) return { ...facts, rate: null, channels: null };
  const version = (bytes[at + 1]! >> 3) & 3;
  const slower = version === 3 ? 1 : version === 2 ? 2 : 4;
  return { ...facts, rate: MP3_RATES[(bytes[at + 2]! >> 2) & 3]! / slower, channels: bytes[at + 3]! >> 6 === 3 ? 1 : 2 };
}
