/** Sounds of a few bytes, as their formats' headers are laid out. */

export function joined(...parts: readonly (string | readonly number[])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? part.split("").map((char) => char.charCodeAt(0)) : part)));
}

const little = (value: number, bytes: number) => Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256);
const zeros = (count: number) => new Array<number>(count).fill(0);

export function wav({ code = 1, rate = 16_000, channels = 1, samples = [0, 0.5, -1] as readonly number[] } = {}): Uint8Array<ArrayBuffer> {
  const data = samples.flatMap((sample) => little(Math.round(sample * 32_767) + (sample < 0 ? 65_536 : 0), 2));
  const format = [...little(code, 2), ...little(channels, 2), ...little(rate, 4), ...little(rate * 2 * channels, 4), ...little(2 * channels, 2), ...little(16, 2)];
  return joined("RIFF", little(36 + data.length, 4), "WAVEfmt ", little(16, 4), format, "data", little(data.length, 4), data);
}

/** Headers of frames alone: 44.1 kHz, two channels, `code` for how many samples each has. */
export function flac(frames: number, code = 12): Uint8Array<ArrayBuffer> {
  const info = [0x10, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 0x0a, 0xc4, 0x42, 0xf0, ...zeros(20)];
  const frame = [0xff, 0xf8, code * 16 + 9, 0x18, 0, 0];
  return joined("fLaC", [0x80, 0, 0, 34], info, ...new Array<number[]>(frames).fill(frame));
}

/** A page of a stream with the sizes of its packets, and what the first of them begins with. */
export function oggPage(sizes: readonly number[], body: string | readonly number[] = "", flags = 0): Uint8Array<ArrayBuffer> {
  const bytes = joined(body);
  const rest = sizes.reduce((sum, size) => sum + size, 0) - bytes.length;
  return joined("OggS", [0, flags], zeros(20), [sizes.length], sizes, [...bytes], zeros(rest));
}

export function vorbisHead(rate = 22_050, channels = 2, largest = 11): readonly number[] {
  return [...joined("\x01vorbis", zeros(4), [channels], little(rate, 4), zeros(12), [largest * 16 + 8, 1])];
}

/** Frames of MPEG-1 layer III, 128 kbit/s at 44.1 kHz, without a sound in them. */
export function mp3(frames: number, mono = false): Uint8Array<ArrayBuffer> {
  return joined(...new Array<number[]>(frames).fill([0xff, 0xfb, 0x90, mono ? 0xc4 : 0x64, ...zeros(413)]));
}
