import type { Layout } from "./layout/layout";

/** Where the diagram's origin lies in the canvas, and its scale. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const MARGIN = 16;
const TALLEST = 872;
/** A diagram that is a little too tall is not cut. */
const SLACK = 90;
const LEAST = 120;
const NEAREST = 3;
const FARTHEST = 0.05;

/** Height of the canvas: that of the diagram, up to a limit. */
export function canvasHeight(layout: Layout): number {
  const whole = Math.max(layout.height + 2 * MARGIN, LEAST);
  return whole <= TALLEST + SLACK ? whole : TALLEST;
}

/** The first look: full size, boxes in the middle, labels hanging at their right; the main line where not all has room. */
export function home(layout: Layout, size: Size): Camera {
  if (layout.right - layout.left > size.width) return settle({ x: size.width / 2, y: MARGIN, k: 1 }, layout, size);
  const boxes = layout.nodes;
  const left = boxes.reduce((least, box) => Math.min(least, box.x), 0);
  const right = boxes.reduce((most, box) => Math.max(most, box.x + box.width), 0);
  const camera = { x: size.width / 2 - (left + right) / 2, y: MARGIN, k: 1 };
  return settle(camera, layout, size);
}

/** All of it in the canvas, never larger than it is. */
export function fit(layout: Layout, size: Size): Camera {
  const width = layout.right - layout.left;
  const k = Math.min(1, (size.width - 2 * MARGIN) / width, (size.height - 2 * MARGIN) / layout.height);
  const scale = Number.isFinite(k) ? Math.max(k, FARTHEST) : 1;
  return {
    x: size.width / 2 - (scale * (layout.left + layout.right)) / 2,
    y: (size.height - scale * layout.height) / 2,
    k: scale,
  };
}

/** Moves a camera no farther than needed to have what fits in sight and no empty canvas. */
export function settle(camera: Camera, layout: Layout, size: Size): Camera {
  return {
    k: camera.k,
    x: along(camera.x, layout.left * camera.k, layout.right * camera.k, size.width, 4, false),
    y: along(camera.y, 0, layout.height * camera.k, size.height, MARGIN, true),
  };
}

function along(offset: number, low: number, high: number, room: number, margin: number, tight: boolean): number {
  const least = margin - low;
  const most = room - margin - high;
  if (least <= most) return tight ? least : Math.min(Math.max(offset, least), most);
  return Math.min(Math.max(offset, most), least);
}

/** Zooms by `factor` about a point of the canvas, which stays where it is. */
export function zoomAt(camera: Camera, factor: number, x: number, y: number): Camera {
  const k = Math.min(Math.max(camera.k * factor, FARTHEST), NEAREST);
  return { k, x: x - ((x - camera.x) * k) / camera.k, y: y - ((y - camera.y) * k) / camera.k };
}

const REMAINS = 48;

/** Moves by pixels; some of the diagram always stays in sight. */
export function pan(camera: Camera, dx: number, dy: number, layout: Layout, size: Size): Camera {
  const hold = (value: number, low: number, high: number, room: number): number =>
    Math.min(Math.max(value, REMAINS - high), room - REMAINS - low);
  return {
    k: camera.k,
    x: hold(camera.x + dx, layout.left * camera.k, layout.right * camera.k, size.width),
    y: hold(camera.y + dy, 0, layout.height * camera.k, size.height),
  };
}

/** The least move that brings a box of the diagram into sight. */
export function reveal(camera: Camera, box: { x: number; y: number; width: number; height: number }, size: Size): Camera {
  const move = (offset: number, low: number, high: number, room: number): number => {
    if (low + offset < MARGIN) return MARGIN - low;
    if (high + offset > room - MARGIN) return Math.max(room - MARGIN - high, MARGIN - low);
    return offset;
  };
  return {
    k: camera.k,
    x: move(camera.x, box.x * camera.k, (box.x + box.width) * camera.k, size.width),
    y: move(camera.y, box.y * camera.k, (box.y + box.height) * camera.k, size.height),
  };
}
