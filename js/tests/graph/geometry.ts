import type { Layout, PlacedEdge, PlacedNode } from "../../src/graph/layout/layout";
import { LABEL_HEIGHT } from "../../src/graph/layout/cell";

interface Box {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const SLACK = 0.5;

export function closedBoxes(layout: Layout): PlacedNode[] {
  return layout.nodes.filter((placed) => placed.node.form !== "frame");
}

function meet(a: Box, b: Box): boolean {
  return a.x + SLACK < b.x + b.width && b.x + SLACK < a.x + a.width && a.y + SLACK < b.y + b.height && b.y + SLACK < a.y + a.height;
}

function boxOf(placed: PlacedNode): Box {
  return { name: placed.node.item.key, x: placed.x, y: placed.y, width: placed.width, height: placed.height };
}

/** Pairs of closed boxes and labels that lie on one another. */
export function overlaps(layout: Layout): string[] {
  const labels = layout.labels.map((label) => ({ name: `“${label.text}”`, x: label.x, y: label.y - LABEL_HEIGHT / 2 + 1, width: label.width, height: LABEL_HEIGHT - 2 }));
  const boxes = [...closedBoxes(layout).map(boxOf), ...labels];
  const found: string[] = [];
  boxes.forEach((box, i) => {
    for (const other of boxes.slice(i + 1)) if (meet(box, other)) found.push(`${box.name} on ${other.name}`);
  });
  return found;
}

/** Boxes that stick out of the frame that holds them. */
export function escapes(layout: Layout): string[] {
  const frames = new Map(layout.nodes.filter((placed) => placed.node.form === "frame").map((placed) => [placed.node.id, placed]));
  return layout.nodes.flatMap((placed) => {
    const frame = frames.get(placed.node.parent);
    if (frame === undefined) return [];
    const inside =
      placed.x >= frame.x && placed.x + placed.width <= frame.x + frame.width && placed.y >= frame.y && placed.y + placed.height <= frame.y + frame.height;
    return inside ? [] : [`${placed.node.item.key} out of ${frame.node.item.key}`];
  });
}

/** Lines that pass through a closed box, or end in its middle. */
export function crossings(layout: Layout): string[] {
  const boxes = closedBoxes(layout).filter((placed) => placed.params.length === 0).map(boxOf);
  return layout.edges.flatMap((edge) =>
    segments(edge).flatMap((segment) => {
      const line: Box = {
        name: edge.key,
        x: Math.min(segment.a.x, segment.b.x) - 0.1,
        y: Math.min(segment.a.y, segment.b.y) - 0.1,
        width: Math.abs(segment.a.x - segment.b.x) + 0.2,
        height: Math.abs(segment.a.y - segment.b.y) + 0.2,
      };
      return boxes.filter((box) => thin(line, box)).map((box) => `${edge.key} through ${box.name}`);
    }),
  );
}

function thin(line: Box, box: Box): boolean {
  const inner = { ...box, x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2 };
  return line.x < inner.x + inner.width && inner.x < line.x + line.width && line.y < inner.y + inner.height && inner.y < line.y + line.height;
}

function segments(edge: PlacedEdge): { a: { x: number; y: number }; b: { x: number; y: number } }[] {
  return edge.points.slice(1).map((b, i) => ({ a: edge.points[i]!, b }));
}

/** Pieces of lines that are neither upright nor level. */
export function slants(layout: Layout): string[] {
  return layout.edges.flatMap((edge) => segments(edge).filter(({ a, b }) => Math.abs(a.x - b.x) > 0.01 && Math.abs(a.y - b.y) > 0.01).map(() => edge.key));
}

/** Arrows whose tip does not touch the border of what they point at. */
export function loose(layout: Layout): string[] {
  const byId = new Map(layout.nodes.map((placed) => [placed.node.id, placed]));
  return layout.edges.flatMap((edge) => {
    if (!edge.arrow) return [];
    const tip = edge.points.at(-1)!;
    const box = byId.get(edge.ends[0]!.target);
    if (box === undefined) return [`${edge.key} to nothing`];
    if (box.params.length > 0) return [];
    const onTop = Math.abs(tip.y - box.y) < SLACK && tip.x > box.x - SLACK && tip.x < box.x + box.width + SLACK;
    const atSide = (Math.abs(tip.x - box.x) < SLACK || Math.abs(tip.x - box.x - box.width) < SLACK) && tip.y > box.y && tip.y < box.y + box.height;
    return onTop || atSide ? [] : [`${edge.key} beside ${box.node.item.key}`];
  });
}

/** Pieces of lines on one another that share neither what they leave nor what they reach. */
export function confusions(layout: Layout): string[] {
  const pieces = layout.edges.flatMap((edge) => segments(edge).map((segment) => ({ edge, ...segment })));
  const found: string[] = [];
  pieces.forEach((one, i) => {
    for (const other of pieces.slice(i + 1)) {
      if (one.edge === other.edge || shares(one.edge, other.edge)) continue;
      for (const [along, across] of [["x", "y"], ["y", "x"]] as const) {
        if (Math.abs(one.a[across] - one.b[across]) > 0.01 || Math.abs(one.a[across] - other.a[across]) > 0.5 || Math.abs(other.a[across] - other.b[across]) > 0.01) continue;
        const low = Math.max(Math.min(one.a[along], one.b[along]), Math.min(other.a[along], other.b[along]));
        const high = Math.min(Math.max(one.a[along], one.b[along]), Math.max(other.a[along], other.b[along]));
        if (high - low > 2) found.push(`${one.edge.key} on ${other.edge.key}`);
      }
    }
  });
  return found;
}

/** Labels that a line runs through. */
export function struck(layout: Layout): string[] {
  return layout.labels.flatMap((label) => {
    const box: Box = { name: label.text, x: label.x, y: label.y - 5, width: label.width, height: 10 };
    return layout.edges
      .filter((edge) =>
        segments(edge).some(({ a, b }) =>
          meet(box, { name: edge.key, x: Math.min(a.x, b.x) - 3, y: Math.min(a.y, b.y) - 3, width: Math.abs(a.x - b.x) + 6, height: Math.abs(a.y - b.y) + 6 }),
        ),
      )
      .map((edge) => `“${label.text}” struck by ${edge.key}`);
  });
}

function shares(a: PlacedEdge, b: PlacedEdge): boolean {
  return a.ends.some((end) => b.ends.some((other) => end.source === other.source || end.target === other.target));
}

export function problems(layout: Layout): string[] {
  return [...overlaps(layout), ...escapes(layout), ...crossings(layout), ...slants(layout), ...loose(layout), ...confusions(layout), ...struck(layout)];
}
