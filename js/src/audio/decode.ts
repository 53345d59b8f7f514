/** Sounds as they are drawn and played. */
import { samplesAtMost } from "./extent";
import { peaksOf, type Peaks } from "./peaks";
import { soundFacts, type SoundFacts } from "./sniff";

export interface Waveform {
  seconds: number;
  /** One for each channel. */
  channels: readonly Peaks[];
}

const BYTES_LIMIT = 32e6;
/** Of all channels: a quarter of a gigabyte while a sound is decoded. */
const SAMPLES_LIMIT = 64e6;
/** More than a screen has columns. */
const PARTS = 4096;
/** What browsers decode at; other rates are resampled, for the picture only. */
const [LEAST_RATE, USUAL_RATE, LARGEST_RATE] = [8000, 44_100, 192_000];

/** What a record holds; a text says why it can't be played. */
export function identify(bytes: Uint8Array): SoundFacts | string {
  if (bytes.length === 0) return "no sound: 0 bytes";
  if (bytes.length > BYTES_LIMIT) return `too large: ${(bytes.length / 1e6).toFixed(0)} MB, at most ${BYTES_LIMIT / 1e6} MB are played`;
  return soundFacts(bytes) ?? "not WAV, MP3, Ogg (Vorbis or Opus) or FLAC";
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Decode a sound, after those that were asked for before: one at a time is in memory.
 *
 * @returns its picture; a text says why there is none
 */
export function waveformOf(bytes: Uint8Array, facts: SoundFacts): Promise<Waveform | string> {
  if (samplesAtMost(bytes, facts) > SAMPLES_LIMIT) return Promise.resolve("too long for a waveform");
  const next = last.then(() => decoded(bytes, facts)).catch((error: unknown) => `cannot be decoded: ${error instanceof Error ? error.message : String(error)}`);
  last = next;
  return next;
}

async function decoded(bytes: Uint8Array, { rate }: SoundFacts): Promise<Waveform> {
  const usable = rate !== null && rate >= LEAST_RATE && rate <= LARGEST_RATE ? rate : USUAL_RATE;
  const context = new OfflineAudioContext(1, 1, usable);
  // What is handed over is gone: the bytes stay the store's.
  const buffer = await context.decodeAudioData(bytes.slice().buffer);
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, i) => peaksOf(buffer.getChannelData(i), PARTS));
  return { seconds: buffer.duration, channels };
}
