/** Below the cards of a saved view: of how many others it has nothing, not even that they are there. */
import type { JSX } from "preact";
import type { Store } from "../store/store";
import type { PanelName } from "../wire/options";
import { formatCount } from "./format";

export function Untold({ panel, store }: { panel: PanelName; store: Store }): JSX.Element | null {
  const count = new Map(Object.entries(store.leftOut.value.series ?? {})).get(panel) ?? 0;
  if (count === 0) return null;
  return <p class="tbn-untold">{`${formatCount(count)} more series, each a tag of a run, ${count === 1 ? "is" : "are"} not in this saved view: there was no room.`}</p>;
}
