/** How texts are looked at; kept with the view. */
import type { CurvesState } from "../panels/state";
import type { PanelUi } from "../wire/options";

export type TextView = "markdown" | "source" | "changes";
/** What a text is compared with: the record before it, the first one, or the one at a step. */
export type Base = "before" | "first" | number;

export interface TextsUi {
  view: TextView;
  stacked: boolean;
  base: Base;
}

const VIEWS: readonly TextView[] = ["markdown", "source", "changes"];

export function textsUi(state: CurvesState): TextsUi {
  return readTextsUi(state.panelUi("texts"));
}

export function readTextsUi({ view, stacked, base }: PanelUi): TextsUi {
  return {
    view: VIEWS.find((one) => one === view) ?? "markdown",
    stacked: stacked === true,
    base: base === "first" || (typeof base === "number" && Number.isFinite(base)) ? base : "before",
  };
}

export function setTextsUi(changed: Partial<TextsUi>, state: CurvesState): void {
  state.setPanelUi("texts", changed);
}
