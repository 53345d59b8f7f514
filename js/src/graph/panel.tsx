import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { type AnyGraph, itemCount } from "../wire/graph";
import type { GraphUi } from "../wire/options";
import { exactText } from "./facts";
import { Figure } from "./figure";
import { useReady } from "./ready";
import { splitOf } from "./split";

export interface GraphPanelProps {
  graph: AnyGraph;
  /** Keys of the open groups; null: the first look of the graph. */
  open: readonly string[] | null;
  onOpen: (keys: string[]) => void;
  /** How it is looked at, kept by the host as well; nothing: as it is by itself, and kept nowhere. */
  ui?: GraphUi;
  onUi?: (ui: GraphUi) => void;
  theme: "light" | "dark";
  /** Width of the cell in CSS pixels. */
  width: number;
  /** Shown at the right of the caption. */
  status?: ComponentChildren;
}

const AS_IS: GraphUi = { run: null, name: "", colour: "structure", table: null };

/** The diagram of a network: what is open is the host's to keep, where one looks is the panel's own. */
export function GraphPanel({ graph, ui: kept, onUi, status, ...rest }: GraphPanelProps): JSX.Element {
  const [own, setOwn] = useState(AS_IS);
  const ui = kept ?? own;
  const ready = useReady(graph, splitOf(rest.width, ui.table).diagram);
  if (ready !== null) return <Figure ready={ready} ui={ui} onUi={onUi ?? setOwn} status={status} {...rest} />;
  return (
    <div class="tbn-graph" role="status">
      <p class="tbn-quiet">Reading a network of {exactText(itemCount(graph))} items …</p>
    </div>
  );
}
