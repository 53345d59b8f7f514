import type { ComponentChildren, JSX } from "preact";
import { countLabel } from "../layout/measure";
import { type Tint, tintStyle } from "../painting";
import { shownText } from "../text";
import type { ViewNode } from "../view";

/** What a person may do with an item; one object for all. */
export interface Actions {
  select: (id: number) => void;
  toggle: (id: number) => void;
}

export interface ItemState {
  readonly selected: number | null;
  /** The one item that the tab key reaches. */
  readonly focus: number;
  readonly actions: Actions;
}

interface ItemProps {
  readonly node: ViewNode;
  readonly state: ItemState;
  readonly x: number;
  readonly y: number;
  readonly class?: string;
  /** Nothing for what cannot be opened. */
  readonly expanded?: boolean | undefined;
  readonly tint?: Tint | undefined;
  readonly children: ComponentChildren;
}

/** A thing that can be selected and perhaps opened: one treeitem. */
export function ItemGroup({ node, state, x, y, expanded, tint, children, ...rest }: ItemProps): JSX.Element {
  const { id, item } = node;
  return (
    <g
      class={`tbn-item ${rest.class ?? ""}`}
      data-key={item.key}
      data-id={id}
      data-kind={item.kind}
      transform={`translate(${x} ${y})`}
      role="treeitem"
      aria-level={node.level}
      aria-selected={state.selected === id}
      {...(node.canOpen ? { "aria-expanded": expanded ?? false } : {})}
      // In lower case: an SVG element knows no other.
      tabindex={state.focus === id ? 0 : -1}
      {...tintStyle(tint)}
      onClick={(event: MouseEvent) => {
        event.stopPropagation();
        state.actions.select(id);
      }}
      onDblClick={(event: MouseEvent) => {
        event.stopPropagation();
        if (node.canOpen) state.actions.toggle(id);
      }}
    >
      {/* Its name for those who hear it, too: a label of its own would have to repeat all that is written in it. */}
      <title>{spoken(node)}</title>
      {children}
      {node.takes.length > 0 && <circle class="tbn-takes" cx={0} cy={12} r={3.5} />}
    </g>
  );
}

function spoken(node: ViewNode): string {
  const parts = [node.name, node.item.cls ?? "", node.repeats > 1 ? `× ${node.repeats}` : "", countText(node), takesText(node)];
  return shownText(parts.filter((part) => part !== "" ).join(" "));
}

function countText(node: ViewNode): string {
  const count = countLabel(node);
  return count === "" ? "" : `${count} parameters`;
}

/** What it takes besides what the lines bring. */
function takesText({ takes }: ViewNode): string {
  return takes.length === 0 ? "" : `(also takes ${takes.slice(0, 4).join(", ")}${takes.length > 4 ? ` and ${takes.length - 4} more` : ""})`;
}

interface ChevronProps {
  readonly node: ViewNode;
  readonly open: boolean;
  readonly x: number;
  readonly y: number;
  readonly actions: Actions;
}

/** Opens and closes; its hit area is larger than the mark. */
export function Chevron({ node, open, x, y, actions }: ChevronProps): JSX.Element {
  const click = (event: MouseEvent): void => {
    event.stopPropagation();
    actions.toggle(node.id);
  };
  return (
    <g class="tbn-chevron" onClick={click} onDblClick={(event: MouseEvent) => event.stopPropagation()} aria-hidden="true">
      <rect x={x - 12} y={y - 12} width={24} height={24} fill="transparent" />
      <path d={open ? `M${x - 4} ${y - 2}l4 4l4 -4` : `M${x - 2} ${y - 4}l4 4l-4 4`} />
    </g>
  );
}

/** The ring around what is selected: 2 px, 2 away from the shape. */
export function Ring({ width, height, radius }: { width: number; height: number; radius: number }): JSX.Element {
  return <rect class="tbn-ring" x={-3} y={-3} width={width + 6} height={height + 6} rx={radius + 3} />;
}
