import type { JSX } from "preact";
import { classText, HEADER, PAD, repeatText } from "../layout/measure";
import type { PlacedNode } from "../layout/layout";
import { countText, parametersText, shapeText } from "../facts";
import type { Tint } from "../painting";
import { elide, textWidth } from "../text";
import { Chevron, ItemGroup, type ItemState, Ring } from "./item";

interface FrameProps {
  readonly placed: PlacedNode;
  readonly state: ItemState;
  readonly tint: Tint | undefined;
}

const INDENT = PAD + 14;

/** An open group: a header over the ground on which its parts stand. */
export function Frame({ placed, state, tint }: FrameProps): JSX.Element {
  const { node, width, height, params } = placed;
  const leftRoom = placed.anchor - placed.x - INDENT - 12;
  const name = elide(node.name, Math.max(leftRoom, 60), 13, true);
  const nameWidth = textWidth(name, 13, true);
  const times = repeatText(node);
  const kind = elide(classText(node), Math.max(0, leftRoom - nameWidth - 8 - (times === "" ? 0 : textWidth(times, 12) + 8)), 12);
  const rightRoom = width - (placed.anchor - placed.x) - placed.entries - PAD - 16;
  const total = node.item.count ?? 0;
  const each = node.sample >= 0 ? Math.round(total / node.repeats) : total;
  const long = parametersText(each);
  const count = each === 0 ? "" : textWidth(long, 12) <= rightRoom ? long : countText(each);
  const strip = params.map((param) => `${param.name} ${shapeText(param.shape)}`).join(" · ");
  return (
    <ItemGroup node={node} state={state} x={placed.x} y={placed.y} expanded={true} class={`tbn-frame ${node.item.kind === "fold" ? "tbn-dashed" : ""}`} tint={tint}>
      <rect class="tbn-shape" width={width} height={height} rx={8} />
      {state.selected === node.id && <Ring width={width} height={height} radius={8} />}
      <Chevron node={node} open={true} x={PAD + 3} y={HEADER / 2} actions={state.actions} />
      <text x={INDENT} y={HEADER / 2 + 4.5}>
        <tspan class="tbn-name">{name}</tspan>
        <tspan class="tbn-class" dx={8}>
          {kind}
        </tspan>
        {times !== "" && (
          <tspan class="tbn-class" dx={8}>
            {times}
          </tspan>
        )}
      </text>
      <text class="tbn-count" x={width - PAD} y={HEADER / 2 + 4.5}>
        {count}
      </text>
      {strip !== "" && (
        <text class="tbn-row-class" x={INDENT} y={HEADER + 10}>
          {elide(strip, Math.max(80, leftRoom), 11)}
        </text>
      )}
    </ItemGroup>
  );
}
