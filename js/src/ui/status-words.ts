/** What the status says: a state and its words. */
import type { LogInfo, RunInfo } from "../wire/frame";
import { formatAge, formatBytesOf, formatMoment, formatStep } from "./format";

export type StatusState = "live" | "ended" | "waiting" | "silent" | "gone" | "saved" | "loading";

export interface StatusFacts {
  log: LogInfo;
  runs: readonly RunInfo[];
  /** When what is shown was saved, or null in a live view. */
  saved: Date | null;
  closed: boolean;
  ended: boolean;
  partial: boolean;
  /** A message of the kernel is overdue. */
  silent: boolean;
  /** Seconds since the kernel was heard; null: not yet. */
  heard: number | null;
  /** Seconds since the newest event was written; null: none. */
  point: number | null;
}

export interface Status {
  state: StatusState;
  words: string;
  /** Share that is read, while a folder loads. */
  progress?: number;
}

/** Older than this the newest point no longer counts as live. */
const QUIET_AFTER_S = 60;
/** Bytes to read below which nobody wants to hear of loading. */
const MUCH = 4_000_000;

export function statusOf(facts: StatusFacts): Status {
  const { log, runs, saved, heard, point } = facts;
  if (saved !== null) return { state: "saved", words: `saved ${formatMoment(saved)}${facts.partial ? " · partial" : ""}` };
  if (facts.closed) return { state: "gone", words: "kernel gone" };
  if (facts.ended) return { state: "gone", words: "view closed" };
  if (heard === null) return { state: "loading", words: "waiting for the kernel" };
  if (facts.silent) return { state: "silent", words: `kernel silent ${formatAge(heard)}` };
  if (log.state === "missing") return { state: "waiting", words: `waiting for ${log.path}` };
  if (log.state !== "ok") return { state: "waiting", words: `no runs yet · looked ${formatAge(heard)} ago` };
  if (log.total - log.read > MUCH) {
    const words = `loading ${formatBytesOf(log.read, log.total)} · ${runs.length} ${runs.length === 1 ? "run" : "runs"}`;
    return { state: "loading", words, progress: log.read / log.total };
  }
  if (runs.length > 0 && runs.every((run) => run.ended)) return { state: "ended", words: endWords(runs) };
  if (point === null) return { state: "waiting", words: "waiting for the first value" };
  if (point > QUIET_AFTER_S) return { state: "waiting", words: `no data for ${formatAge(point)}` };
  return { state: "live", words: `live · ${formatAge(point)} ago` };
}

/** How the run that ended last did end. */
function endWords(runs: readonly RunInfo[]): string {
  const last = runs.reduce((newest, run) => ((run.last ?? 0) > (newest.last ?? 0) ? run : newest));
  if (last.ended_by === null) return last.last === null ? "ended" : `ended ${formatMoment(new Date(last.last * 1000))}`;
  return `ended by ${last.ended_by}${last.last_step === null ? "" : ` at step ${formatStep(last.last_step)}`}`;
}

/** The two ages in full, for whoever asks. */
export function statusDetails({ heard, point, saved, log }: StatusFacts): string[] {
  const lines: string[] = [log.path];
  if (saved === null) lines.push(heard === null ? "Nothing heard from the kernel yet." : `Kernel heard ${formatAge(heard)} ago.`);
  if (point !== null && saved === null) lines.push(`Last point ${formatAge(point)} ago.`);
  if (saved !== null) lines.push(`Saved ${formatMoment(saved)}.`);
  return lines;
}
