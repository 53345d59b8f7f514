/** The panels of a view: what they are called, and when there is something for them to show. */
import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { Sounds } from "../audio/panel";
import { Histograms } from "../histograms/panel";
import { HParams } from "../hparams/panel";
import { Images } from "../images/panel";
import { Curves } from "../panels/curves";
import type { CurvesState } from "../panels/state";
import { PrCurves } from "../pr-curves/panel";
import type { Store } from "../store/store";
import { Texts } from "../texts/panel";
import type { PanelName } from "../wire/options";

export interface PanelProps {
  state: CurvesState;
  /** Room for the panel, CSS pixels. */
  width: ReadonlySignal<number>;
}

export interface PanelEntry {
  name: PanelName;
  title: string;
  has: (store: Store) => boolean;
  /** Absent: it stands in the whole width, without the runs. */
  Body?: (props: PanelProps) => JSX.Element;
}

/** In their order. */
export const PANELS: readonly PanelEntry[] = [
  { name: "curves", title: "Curves", has: (store) => store.tags.value.length > 0, Body: Curves },
  { name: "images", title: "Images", has: (store) => store.media.kinds.value.has("images"), Body: Images },
  { name: "histograms", title: "Histograms", has: (store) => store.media.kinds.value.has("histograms"), Body: Histograms },
  { name: "pr_curves", title: "PR curves", has: (store) => store.media.kinds.value.has("pr_curves"), Body: PrCurves },
  { name: "texts", title: "Text", has: (store) => store.media.kinds.value.has("texts"), Body: Texts },
  { name: "audio", title: "Audio", has: (store) => store.media.kinds.value.has("audio"), Body: Sounds },
  { name: "hparams", title: "HParams", has: (store) => store.hparams.told.value, Body: HParams },
  { name: "graph", title: "Graph", has: (store) => store.graphs.value.size > 0 },
];

/** The panels that a view offers; of a folder without any content those that it may come to have. */
export function panelsOf(store: Store, blank: boolean): readonly PanelEntry[] {
  return PANELS.filter(({ name, has }) => (blank ? name === "curves" || name === "graph" : has(store)));
}
