/** Whose something is: colour, name, and which attempt where there are several. */
import type { JSX } from "preact";
import type { CurvesState } from "../panels/state";
import { Name } from "../ui/name";
import { runLabel } from "../ui/run-name";
import type { Layer } from "./layers";

export function RunMark({ layer: { run, series }, state }: { layer: Layer; state: CurvesState }): JSX.Element {
  return (
    <>
      <i class="tbn-swatch" style={{ background: state.colorOf(run) }} />
      <Name text={runLabel(run, state.store.log.peek().path)} />
      {run.attempts > 1 && <span class="tbn-second">attempt {series.attempt + 1}</span>}
    </>
  );
}
