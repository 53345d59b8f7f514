import type { JSX } from "preact";
import type { Theme } from "../../ui/tokens";
import type { Layout, PlacedNode } from "../layout/layout";
import type { Model } from "../model";
import { LABEL_HEIGHT } from "../layout/cell";
import type { Painting } from "../painting";
import { boundsOf, isSeen, type Sight } from "../sight";
import { shownText } from "../text";
import { Box, Rows } from "./box";
import { EdgeLabel, EdgeLine } from "./edge";
import { Frame } from "./frame";
import type { ItemState } from "./item";
import { Operation, Sum, Terminal } from "./leaf";

interface DiagramProps {
  readonly model: Model;
  readonly layout: Layout;
  readonly painting: Painting;
  readonly most: number;
  readonly theme: Theme;
  readonly state: ItemState;
  /** Nodes on the way of what is selected; null for none. */
  readonly lit: ReadonlySet<number> | null;
  /** The part of the diagram that is drawn; null for all of it. */
  readonly sight: Sight | null;
}

/** All that is drawn: frames, lines over them, closed things over the lines, labels on top. */
export function Diagram({ model, layout, painting, most, theme, state, lit, sight }: DiagramProps): JSX.Element {
  const nodes = sight === null ? layout.nodes : layout.nodes.filter((placed) => isSeen(sight, placed) || isHeld(placed, state));
  const edges = sight === null ? layout.edges : layout.edges.filter((edge) => isSeen(sight, boundsOf(edge.points)));
  const labels = sight === null ? layout.labels : layout.labels.filter((label) => isSeen(sight, { ...label, height: LABEL_HEIGHT }));
  const frames = nodes.filter((placed) => placed.node.form === "frame");
  const closed = nodes.filter((placed) => placed.node.form !== "frame");
  return (
    <>
      {frames.map((placed) => (
        <Frame key={placed.node.item.key} placed={placed} state={state} tint={painting.tint(placed.node.id)} />
      ))}
      <g class="tbn-edges" aria-hidden="true">
        {edges.map((edge) => (
          <EdgeLine key={edge.key} edge={edge} most={most} theme={theme} lit={lit !== null && edge.flows.length > 0 && edge.ends.some((end) => lit.has(end.source) && lit.has(end.target))} />
        ))}
      </g>
      {closed.map((placed) => (
        <Closed key={placed.node.item.key} placed={placed} model={model} state={state} painting={painting} />
      ))}
      <g class="tbn-labels" aria-hidden="true">
        {labels.map((label) => (
          <EdgeLabel key={label.key} label={label} tint={label.ground < 0 ? undefined : painting.tint(label.ground)} />
        ))}
      </g>
    </>
  );
}

/** What has the focus stays in the page wherever it is: the keyboard would lose it. */
function isHeld({ node }: PlacedNode, { focus }: ItemState): boolean {
  return node.id === focus || node.rows.some((row) => row.id === focus);
}

interface ClosedProps {
  readonly placed: PlacedNode;
  readonly model: Model;
  readonly state: ItemState;
  readonly painting: Painting;
}

function Closed({ placed, model, state, painting }: ClosedProps): JSX.Element {
  const { node } = placed;
  switch (node.form) {
    case "rows":
      return <Rows placed={placed} state={state} painting={painting} />;
    case "op":
      return <Operation placed={placed} state={state} tint={painting.tint(node.id)} />;
    case "sum":
      return <Sum placed={placed} state={state} />;
    case "terminal":
      return <Terminal placed={placed} state={state} />;
    default: {
      const children = model.items[node.id]?.children ?? [];
      const chip = (child: number): string | undefined => (painting.hueOf(child) === undefined ? undefined : painting.tint(child)?.hue);
      const total = model.payload.totals.params;
      const within = node.item.kind === "stack" ? (model.items[children[0] ?? -1]?.children ?? []) : children;
      const held = within.filter((child) => model.items[child]?.kind !== "const");
      const names = held.slice(0, 8).map((child) => shownText(model.items[child]?.name ?? "").slice(0, 60));
      return (
        <Box
          placed={placed}
          state={state}
          tint={painting.tint(node.id)}
          chips={node.item.kind === "stack" ? [] : children.slice(0, 40).map(chip)}
          contents={names}
          count={held.length}
          share={total > 0 ? (node.item.count ?? 0) / total : 0}
        />
      );
    }
  }
}
