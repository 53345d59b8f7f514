/** What the status says: a state and its words. */
import type { LeftOut, LogInfo, RunInfo } from "../wire/frame";
import { formatAge, formatBytesOf, formatCount, formatMoment, formatStep, formatValue } from "./format";

export type StatusState = "live" | "ended" | "waiting" | "silent" | "gone" | "saved" | "loading";

export interface StatusFacts {
  log: LogInfo;
  runs: readonly RunInfo[];
  /** When what is shown was saved, or null in a live view. */
  saved: Date | null;
  closed: boolean;
  ended: boolean;
  partial: boolean;
  /** Points that are here, and points that are on their way. */
  held: number;
  coming: number;
  /** What did not fit into what was saved. */
  leftOut: LeftOut;
  /** A message of the kernel is overdue. */
  silent: boolean;
  /** Seconds since the kernel was heard; null: not yet. */
  heard: number | null;
  /** Seconds since the folder was looked at; null: not yet. */
  looked: number | null;
  /** Seconds since the newest event was written; null: none, or nothing heard. */
  point: number | null;
  /** When the newest event was written, on the writer's clock; null: none. */
  lastPoint: Date | null;
}

export interface Status {
  state: StatusState;
  words: string;
  /** Share that is read, or that is here, while a folder loads. */
  progress?: number;
}

/** Older than this the newest point no longer counts as live. */
const QUIET_AFTER_S = 60;
/** Bytes to read below which nobody wants to hear of loading. */
const MUCH = 4_000_000;
/** Points on their way of which nobody wants to hear. */
const FEW_POINTS = 100_000;

export function statusOf(facts: StatusFacts): Status {
  const { log, runs, saved, heard, point } = facts;
  if (saved !== null) return { state: "saved", words: `saved ${formatMoment(saved)}${lackWords(facts)}` };
  if (facts.closed) return { state: "gone", words: heard === null ? "kernel gone" : `kernel gone · last heard ${momentOf(heard)}` };
  if (facts.ended) return { state: "gone", words: "view closed" };
  if (heard === null) return { state: "loading", words: "waiting for the kernel" };
  if (facts.silent) return { state: "silent", words: `kernel silent ${formatAge(heard)}` };
  if (log.state === "missing") return { state: "waiting", words: `waiting for ${log.path}` };
  if (log.state !== "ok") return { state: "waiting", words: `no runs yet · looked ${formatAge(facts.looked ?? heard)} ago` };
  if (log.total - log.read > MUCH) {
    const words = `loading ${formatBytesOf(log.read, log.total)} · ${runs.length} ${runs.length === 1 ? "run" : "runs"}`;
    return { state: "loading", words, progress: log.read / log.total };
  }
  const live = point !== null && point <= QUIET_AFTER_S && !runs.every((run) => run.ended);
  const loading = pointsWords(facts);
  if (live) return { state: "live", words: `live · ${formatAge(point)} ago${loading === "" ? "" : ` · ${loading}`}` };
  if (loading !== "") return { state: "loading", words: loading, progress: facts.held / (facts.held + facts.coming) };
  if (runs.length > 0 && runs.every((run) => run.ended)) return { state: "ended", words: endWords(runs) };
  if (point === null) return { state: "waiting", words: "waiting for the first value" };
  return { state: "waiting", words: `no data for ${formatAge(point)}` };
}

/** "3.2M of 8M points" while many are on their way; empty if not. */
function pointsWords({ held, coming }: StatusFacts): string {
  return coming < FEW_POINTS ? "" : `${formatValue(held)} of ${formatValue(held + coming)} points`;
}

/** How the run that ended last did end. */
function endWords(runs: readonly RunInfo[]): string {
  const last = runs.reduce((newest, run) => ((run.last ?? 0) > (newest.last ?? 0) ? run : newest));
  if (last.ended_by === null) return last.last === null ? "ended" : `ended ${formatMoment(new Date(last.last * 1000))}`;
  return `ended by ${last.ended_by}${last.last_step === null ? "" : ` at step ${formatStep(last.last_step)}`}`;
}

/** What a saved view lacks. */
function lackWords({ partial, leftOut }: StatusFacts): string {
  const lacking = counted(leftOut);
  if (lacking !== "") return ` · ${lacking} left out`;
  return partial && leftOut.hparams === undefined ? " · partial" : "";
}

/** "12 runs, 1 tag"; empty if nothing was left out. */
function counted({ runs = 0, tags = 0, graphs = 0, series = {} }: LeftOut): string {
  const ofMedia = Object.values(series).reduce((sum, count) => sum + count, 0);
  const counts = [[runs, "run", "runs"], [tags, "tag", "tags"], [graphs, "graph", "graphs"], [ofMedia, "series", "series"]] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, one, several]) => `${formatCount(count)} ${count === 1 ? one : several}`)
    .join(", ");
}

function momentOf(age: number): string {
  return formatMoment(new Date(Date.now() - age * 1000));
}

/** The two ages in full, for whoever asks. */
export function statusDetails(facts: StatusFacts): string[] {
  return [facts.log.path, ...(facts.saved === null ? liveDetails(facts) : savedDetails(facts, facts.saved))];
}

function liveDetails({ heard, closed, ended, point }: StatusFacts): string[] {
  const heardLine = heard === null ? "Nothing heard from the kernel yet." : `Kernel heard ${formatAge(heard)} ago, at ${momentOf(heard)}.`;
  const lines = [heardLine, point === null ? "No point so far." : `Last point ${formatAge(point)} ago.`];
  if (closed) lines.push("The kernel is gone: what is shown stays as it was then.");
  else if (ended) lines.push("The view was closed in Python: what is shown stays as it was then.");
  return lines;
}

function savedDetails({ lastPoint, partial, leftOut }: StatusFacts, saved: Date): string[] {
  const lines = [`Saved ${formatMoment(saved)}.`, lastPoint === null ? "No point so far." : `Last point ${formatMoment(lastPoint)}.`];
  const lacking = counted(leftOut);
  if (lacking !== "") lines.push(`${lacking} did not fit into what was saved.`);
  const { media = 0, hparams = 0 } = leftOut;
  if (media > 0) lines.push(`${formatCount(media)} older or larger pictures, texts and the like did not fit.`);
  if (hparams > 0) lines.push(`The hyperparameters of ${formatCount(hparams)} ${hparams === 1 ? "run" : "runs"} did not fit.`);
  if (lacking === "" && hparams === 0 && partial) lines.push("The cell ended before its log was read to the end: the last points may be missing.");
  return lines;
}
