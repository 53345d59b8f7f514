/** How long sounds are, and how their samples follow each other, in words. */
import { formatValue } from "../ui/format";
import type { SoundFacts } from "./sniff";

/** A place in a sound: `0:02.5`, `12:05.0`. */
export function formatClock(seconds: number): string {
  const tenths = Math.max(0, Math.round(seconds * 10));
  return `${Math.floor(tenths / 600)}:${(Math.floor(tenths / 10) % 60).toString().padStart(2, "0")}.${tenths % 10}`;
}

const CHANNELS = ["no channel", "mono", "stereo"];

/** `WAV · 16 kHz · mono`. */
export function describe({ format, rate, channels }: SoundFacts): string {
  const words = [
    format,
    rate === null ? null : rate < 1000 ? `${rate} Hz` : `${formatValue(rate / 1000, 4)} kHz`,
    channels === null ? null : (CHANNELS[channels] ?? `${channels} channels`),
  ];
  return words.filter((word) => word !== null).join(" · ");
}
