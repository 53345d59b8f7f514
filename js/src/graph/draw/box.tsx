import type { JSX } from "preact";
import { classText, countLabel, PAD, PLATE, ROW } from "../layout/measure";
import type { PlacedNode } from "../layout/layout";
import type { Painting, Tint } from "../painting";
import { elide, textWidth } from "../text";
import type { ViewNode } from "../view";
import { Chevron, ItemGroup, type ItemState, Ring } from "./item";

interface BoxProps {
  readonly placed: PlacedNode;
  readonly state: ItemState;
  readonly tint: Tint | undefined;
  /** Colours of its children in order, for the chips. */
  readonly chips: readonly (string | undefined)[];
  /** Names of its first children and the number of all, for what has no class. */
  readonly contents: readonly string[];
  readonly count: number;
  /** Its share of all parameters, 0 to 1. */
  readonly share: number;
}

const CHEVRON = 16;
const BAR = 56;

/** A closed group: name, class, what is in it, how much of all parameters. */
export function Box({ placed, state, tint, chips, contents, count: children, share }: BoxProps): JSX.Element {
  const { node, width, style } = placed;
  const { item } = node;
  const height = placed.height - (node.repeats > 1 ? 2 * PLATE : 0);
  const indent = PAD + (node.canOpen ? CHEVRON - 4 : 0);
  const count = countLabel(node);
  const inner = width - indent - PAD;
  const countWidth = count === "" ? 0 : textWidth(count, 12) + 12;
  const times = node.repeats > 1 ? `× ${node.repeats}` : "";
  const timesWidth = times === "" ? 0 : textWidth(times, 12, true) + 10;
  const name = elide(node.name, inner - countWidth - timesWidth, 13, true);
  const oneLine = style === "line";
  const nameWidth = textWidth(name, 13, true);
  const bar = style === "full" && count !== "";
  const classRoom = oneLine ? inner - countWidth - nameWidth - timesWidth - 8 : inner - (bar ? BAR + 12 : 0);
  const told = item.kind !== "fold" && (classText(node) !== "" || (style === "full" && chips.some((colour) => colour !== undefined)));
  const kind = told ? elide(classText(node), classRoom, 12) : contentsText(contents, children, classRoom);
  return (
    <ItemGroup node={node} state={state} x={placed.x} y={placed.y} expanded={false} class={`tbn-box ${item.kind === "fold" ? "tbn-dashed" : ""}`} tint={tint}>
      {node.repeats > 1 &&
        [2, 1].map((plate) => (
          <rect key={plate} class="tbn-shape" x={7 * plate} y={PLATE * plate} width={width - 14 * plate} height={height} rx={6} opacity={1 - plate * 0.3} />
        ))}
      <rect class="tbn-shape" width={width} height={height} rx={6} />
      {state.selected === node.id && <Ring width={width} height={height} radius={6} />}
      {node.canOpen && <Chevron node={node} open={false} x={PAD - 3} y={oneLine ? height / 2 : 15.5} actions={state.actions} />}
      <text x={indent} y={oneLine ? height / 2 + 4.5 : 20}>
        <tspan class="tbn-name">{name}</tspan>
        {times !== "" && (
          <tspan class="tbn-times" dx={8}>
            {times}
          </tspan>
        )}
        {oneLine && (
          <tspan class="tbn-class" dx={8}>
            {kind}
          </tspan>
        )}
      </text>
      {!oneLine && (
        <text class="tbn-class" x={indent} y={37.5}>
          {kind}
        </text>
      )}
      {!oneLine && style === "full" && <Chips colours={chips} x={indent + textWidth(kind, 12) + (kind === "" ? 0 : 10)} y={29.5} most={width - PAD - BAR - 20} />}
      {count !== "" && (
        <text class="tbn-count" x={width - PAD} y={oneLine ? height / 2 + 4.5 : 20}>
          {count}
        </text>
      )}
      {bar && (
        <g class="tbn-fine" transform={`translate(${width - PAD - BAR} 31.5)`}>
          <rect class="tbn-track" width={BAR} height={4} rx={2} />
          <rect class="tbn-share" width={Math.max(2, BAR * Math.min(1, share))} height={4} rx={2} />
        </g>
      )}
    </ItemGroup>
  );
}

function Chips({ colours, x, y, most }: { colours: readonly (string | undefined)[]; x: number; y: number; most: number }): JSX.Element | null {
  const room = Math.floor((most - x) / 13);
  if (colours.every((colour) => colour === undefined) || room < 1) return null;
  return (
    <g class="tbn-fine">
      {colours.slice(0, room).map((colour, i) => (
        <rect key={i} x={x + 13 * i} y={y} width={10} height={8} rx={2} class={colour === undefined ? "tbn-share" : ""} {...(colour === undefined ? {} : { fill: colour })} />
      ))}
    </g>
  );
}

/** A run of leaf modules: one white box, a row each. */
export function Rows({ placed, state, painting }: { placed: PlacedNode; state: ItemState; painting: Painting }): JSX.Element {
  const { node, width, height, style } = placed;
  const stacked = style === "compact" && node.rows.length === 1;
  return (
    <g class="tbn-chain" data-id={`chain-${node.id}`} transform={`translate(${placed.x} ${placed.y})`} role="none">
      <rect class="tbn-white" width={width} height={height} rx={6} />
      {node.rows.slice(1).map((row, i) => (
        <line key={row.id} class="tbn-rule" x1={0} x2={width} y1={ROW * (i + 1)} y2={ROW * (i + 1)} />
      ))}
      {node.rows.map((row, i) => (
        <Row key={row.item.key} node={row} state={state} tint={painting.tint(row.id)} y={ROW * i} width={width} height={stacked ? height : ROW} stacked={stacked} />
      ))}
    </g>
  );
}

interface RowProps {
  readonly node: ViewNode;
  readonly state: ItemState;
  readonly tint: Tint | undefined;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly stacked: boolean;
}

function Row({ node, state, tint, y, width, height, stacked }: RowProps): JSX.Element {
  const count = countLabel(node);
  const marks = Math.min(node.item.params?.length ?? 0, 6);
  const countWidth = count === "" ? 0 : textWidth(count, 11) + 5 + marks * 7;
  const inner = width - 2 * PAD;
  const name = elide(node.name, stacked ? inner : inner - countWidth - 4, 12, count !== "");
  const nameWidth = textWidth(name, 12, count !== "");
  const kind = elide(classText(node), stacked ? inner - countWidth - 8 : inner - nameWidth - countWidth - 20, 11);
  const base = stacked ? height - 13 : height / 2 + 4;
  return (
    <ItemGroup node={node} state={state} x={0} y={y} expanded={false} class="tbn-row" tint={tint}>
      {tint !== undefined && <rect class="tbn-shape tbn-within" x={1} y={1} width={width - 2} height={height - 2} rx={5} />}
      <rect class="tbn-hit" width={width} height={height} rx={6} />
      {state.selected === node.id && <rect class="tbn-ring tbn-ring-row" x={-1} y={-1} width={width + 2} height={height + 2} rx={6} />}
      {node.canOpen && <Chevron node={node} open={false} x={7} y={stacked ? 16 : height / 2} actions={state.actions} />}
      <text x={PAD} y={stacked ? 20 : base}>
        <tspan class={count === "" ? "tbn-row-name" : "tbn-row-name tbn-strong"}>{name}</tspan>
        {!stacked && (
          <tspan class="tbn-row-class" dx={8}>
            {kind}
          </tspan>
        )}
      </text>
      {stacked && (
        <text class="tbn-row-class" x={PAD} y={base}>
          {kind}
        </text>
      )}
      {count !== "" && (
        <g class="tbn-fine">
          {Array.from({ length: marks }, (_, i) => (
            <rect key={i} class="tbn-mark" x={width - PAD - textWidth(count, 11) - 4 - 7 * (marks - i)} y={base - 6.5} width={5} height={5} rx={1} />
          ))}
          <text class="tbn-row-count" x={width - PAD} y={base}>
            {count}
          </text>
        </g>
      )}
    </ItemGroup>
  );
}

/** Names of children as a fold shows them: `conv1 · bn1 · relu`, as many as there is room for, and how many more. */
function contentsText(names: readonly string[], count: number, room: number): string {
  for (let shown = names.length; shown > 0; shown--) {
    const rest = count > shown ? ` + ${count - shown}` : "";
    const text = names.slice(0, shown).join(" · ") + rest;
    if (textWidth(text, 12) <= room) return text;
  }
  return elide(names[0] ?? "", room, 12);
}
