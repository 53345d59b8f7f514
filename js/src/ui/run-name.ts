/** What a run is called on the page. */
import { clock } from "../panels/x-text";
import type { RunInfo } from "../wire/frame";

/** The last part of a path; the path itself if it has no parts. */
export function baseName(path: string): string {
  return /([^/\\]+)[/\\]*$/.exec(path)?.[1] ?? path;
}

/** `str(time.time())`, by which `add_hparams` names what it was given no name for. */
const MOMENT = /^\d{9,11}\.(\d{1,9})$/;
/** Of a second: two calls may lie that close together. */
const DIGITS = 4;

/** What a part of a run is called beside it: one that is named by a moment, the time of day. */
export function partLabel(name: string): string {
  const [, fraction] = MOMENT.exec(name) ?? [];
  return fraction === undefined ? name : `${clock(Number(name))}.${fraction.slice(0, DIGITS).padEnd(DIGITS, "0")}`;
}

/** A run's name; the run that is the folder itself (".") is called after the folder. */
export function runLabel(run: RunInfo, folder: string): string {
  return run.name === "." ? baseName(folder) : run.name;
}
