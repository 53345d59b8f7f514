import type { JSX } from "preact";
import type { Param } from "../../wire/graph";
import { ARM, CELL, paramBlock, pillWidth, splitParams } from "../layout/measure";
import type { PlacedNode } from "../layout/layout";
import { elide } from "../text";
import { operator } from "../view";
import { ItemGroup, type ItemState, Ring } from "./item";

/** An operation: small and quiet. Parameters that it uses stand at its sides. */
export function Operation({ placed, state }: { placed: PlacedNode; state: ItemState }): JSX.Element {
  const { node, params } = placed;
  const sides = splitParams(params);
  const width = pillWidth(node.name, 11.5, 40);
  const x = placed.anchor - width / 2;
  const top = placed.height / 2 - 12;
  return (
    <ItemGroup node={node} state={state} x={x} y={placed.y + top} class="tbn-op">
      <ParamSide params={sides.left} edge={0} direction={-1} />
      <ParamSide params={sides.right} edge={width} direction={1} />
      <rect class="tbn-white" width={width} height={24} rx={12} />
      {state.selected === node.id && <Ring width={width} height={24} radius={12} />}
      <text x={width / 2} y={16} text-anchor="middle">
        {elide(node.name, width - 20, 11.5)}
      </text>
    </ItemGroup>
  );
}

/** Blocks of name, shape and cells, each joined to the operation by a line. */
function ParamSide({ params, edge, direction }: { params: readonly Param[]; edge: number; direction: 1 | -1 }): JSX.Element {
  const blocks = params.map(paramBlock);
  // A lone block's first row of cells lies level with the operation.
  const total = blocks.reduce((sum, block) => sum + block.height + 8, -8);
  let y = blocks.length === 1 ? 12 - 18 - CELL / 2 + 0.75 : 12 - total / 2;
  return (
    <g class="tbn-param">
      {blocks.map((block) => {
        const x = direction > 0 ? edge + ARM : edge - ARM - block.width;
        const cells = y + 18;
        const middle = cells + CELL / 2 - 0.75;
        const lineEnd = direction > 0 ? x - 4 : x + Math.min(block.width, block.grid.columns * CELL) + 4;
        const at = y;
        y += block.height + 8;
        return (
          <g key={block.param.name}>
            <path class="tbn-arm" d={`M${edge} 12H${edge + direction * 10}V${middle}H${lineEnd}`} />
            <text x={x} y={at + 11}>
              <tspan class="tbn-strong">{block.name}</tspan>
              <tspan class="tbn-quiet" dx={6}>{block.shape}</tspan>
            </text>
            {Array.from({ length: block.grid.rows * block.grid.columns }, (_, i) => (
              <rect
                key={i}
                class="tbn-mark"
                x={x + (i % block.grid.columns) * CELL}
                y={cells + Math.floor(i / block.grid.columns) * CELL}
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
