import type { JSX } from "preact";
import { ARM, blockPlaces, CELL, type ParamBlock, paramSides, pillWidth } from "../layout/measure";
import type { PlacedNode } from "../layout/layout";
import type { Tint } from "../painting";
import { elide } from "../text";
import { operator } from "../view";
import { ItemGroup, type ItemState, Ring } from "./item";

/** An operation: small and quiet. Parameters that it uses stand at its sides. */
export function Operation({ placed, state, tint }: { placed: PlacedNode; state: ItemState; tint: Tint | undefined }): JSX.Element {
  const { node, params } = placed;
  const sides = paramSides(params);
  const width = pillWidth(node.name, 11.5, 40);
  const x = placed.anchor - width / 2;
  const top = placed.height / 2 - 12;
  return (
    <ItemGroup node={node} state={state} x={x} y={placed.y + top} class="tbn-op" tint={tint}>
      <ParamSide blocks={sides.left} edge={0} direction={-1} />
      <ParamSide blocks={sides.right} edge={width} direction={1} />
      <rect class={tint === undefined ? "tbn-white" : "tbn-shape"} width={width} height={24} rx={12} />
      {state.selected === node.id && <Ring width={width} height={24} radius={12} />}
      <text x={width / 2} y={16} text-anchor="middle">
        {elide(node.name, width - 20, 11.5)}
      </text>
    </ItemGroup>
  );
}

/** Blocks of name, shape and cells, each joined to the operation by a line. */
function ParamSide({ blocks, edge, direction }: { blocks: readonly ParamBlock[]; edge: number; direction: 1 | -1 }): JSX.Element {
  const places = blockPlaces(blocks);
  return (
    <g class="tbn-param">
      {blocks.map((block, b) => {
        const { top, joint } = places[b]!;
        const { rows, columns } = block.grid;
        const x = direction > 0 ? edge + ARM : edge - ARM - block.width;
        const lineEnd = direction > 0 ? x - 4 : x + (rows > 0 ? columns * CELL + 2 : block.width + 4);
        return (
          <g key={block.name}>
            <path class="tbn-arm" d={`M${edge} 12H${edge + direction * 12}V${12 + joint}H${lineEnd}`} />
            <text x={x} y={12 + top + 11}>
              <tspan class="tbn-strong">{block.name}</tspan>
              <tspan class="tbn-quiet" dx={6}>
                {block.shape}
              </tspan>
            </text>
            {Array.from({ length: rows * columns }, (_, i) => (
              <rect
                key={i}
                class="tbn-mark"
                x={x + (i % columns) * CELL}
                y={12 + top + block.height - rows * CELL + Math.floor(i / columns) * CELL}
                width={6.5}
                height={6.5}
                rx={1.5}
              />
            ))}
          </g>
        );
      })}
    </g>
  );
}

const GLYPHS: Readonly<Partial<Record<string, string>>> = { add: "M5 10H15M10 5V15", mul: "M6.5 6.5L13.5 13.5M13.5 6.5L6.5 13.5" };

/** Where tensors are added or multiplied: a circle. */
export function Sum({ placed, state }: { placed: PlacedNode; state: ItemState }): JSX.Element {
  return (
    <ItemGroup node={placed.node} state={state} x={placed.x} y={placed.y} class="tbn-sum">
      <circle class="tbn-white" cx={10} cy={10} r={10} />
      {state.selected === placed.node.id && <Ring width={20} height={20} radius={10} />}
      <path class="tbn-glyph" d={GLYPHS[operator(placed.node.item)] ?? ""} />
    </ItemGroup>
  );
}

/** An input or output of the whole network. */
export function Terminal({ placed, state }: { placed: PlacedNode; state: ItemState }): JSX.Element {
  const { node, width, height } = placed;
  return (
    <ItemGroup node={node} state={state} x={placed.x} y={placed.y} class="tbn-terminal">
      <rect class="tbn-white" width={width} height={height} rx={14} />
      {state.selected === node.id && <Ring width={width} height={height} radius={14} />}
      <text x={width / 2} y={18} text-anchor="middle">
        {elide(node.name, width - 20, 12)}
      </text>
    </ItemGroup>
  );
}
