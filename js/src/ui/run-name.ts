/** What a run is called on the page. */
import type { RunInfo } from "../wire/frame";

/** The last part of a path; the path itself if it has no parts. */
export function baseName(path: string): string {
  return /([^/\\]+)[/\\]*$/.exec(path)?.[1] ?? path;
}

/** A run's name; the run that is the folder itself (".") is called after the folder. */
export function runLabel(run: RunInfo, folder: string): string {
  return run.name === "." ? baseName(folder) : run.name;
}
