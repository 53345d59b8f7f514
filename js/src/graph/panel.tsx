import type { ComponentChildren, JSX } from "preact";
import type { GraphPayload } from "../wire/graph";

export interface GraphPanelProps {
  graph: GraphPayload;
  /** Keys of the open groups; null: the first look of the graph. */
  open: readonly string[] | null;
  onOpen(keys: string[]): void;
  theme: "light" | "dark";
  /** Width of the cell in CSS pixels. */
  width: number;
  /** Shown at the right of the caption. */
  status?: ComponentChildren;
}

/** The diagram of a network. */
export function GraphPanel({ graph, status }: GraphPanelProps): JSX.Element {
  return (
    <div class="tbn-graph">
      {graph.cls}
      {status}
    </div>
  );
}
