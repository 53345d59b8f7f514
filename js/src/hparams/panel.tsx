/** The panel of hyperparameters: what the runs were given beside how they ended, as a table and in two plots. */
import { effect, type ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { CurvesState } from "../panels/state";
import { Grid } from "./grid";
import { HParamsModel } from "./model";
import { Parallel } from "./parallel";
import { Scatter } from "./scatter";
import { Tools } from "./tools";

/** With this width both plots stand side by side. */
const BESIDE = 720;
/** Below this the controls have little room. */
const NARROW = 520;
const GAP = 24;
const PLOTS = 232;
/** Share of the width that the scatter plot has beside the other. */
const SCATTER = 0.32;
const WIDEST_SCATTER = 460;
/** Of the rows of the table, CSS pixels. */
const ROWS = 224;
/** In an article so many rows are all shown. */
const ARTICLE = 60;

interface PanelProps {
  state: CurvesState;
  width: ReadonlySignal<number>;
}

export function HParams({ state, width }: PanelProps): JSX.Element {
  const model = useMemo(() => new HParamsModel(state), [state]);
  useEffect(() => effect(() => model.keepUp()), [model]);
  const room = width.value;
  const rows = model.rows.value.length;
  const columns = model.columns.value.length;
  const beside = room >= BESIDE;
  const scatter = beside ? Math.min(WIDEST_SCATTER, Math.round(room * SCATTER)) : room;
  const parallel = beside ? room - scatter - GAP : room;
  if (rows === 0) return <p class="tbn-nothing">No run matches the filter.</p>;
  return (
    <div class={room < NARROW ? "tbn-hp tbn-hp-narrow" : "tbn-hp"}>
      <Tools model={model} />
      {rows > 1 && columns > 1 && (
        <div class="tbn-hp-plots">
          <Parallel model={model} width={parallel} height={PLOTS} />
          <Scatter model={model} width={scatter} height={PLOTS} />
        </div>
      )}
      <Grid model={model} width={room} height={state.article && rows <= ARTICLE ? null : ROWS} />
    </div>
  );
}
