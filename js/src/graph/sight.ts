import type { Camera, Size } from "./camera";
import type { Point } from "./layout/cell";
import type { Layout } from "./layout/layout";

/** A part of the diagram, in its own pixels. */
export interface Sight {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A diagram of fewer nodes is drawn as a whole. */
const FEW = 150;

/**
 * The part of a large diagram that is drawn: what the camera sees and as much around it at each side.
 * `before` is kept while it still holds what is seen, so that a moving camera seldom draws anew.
 */
export function sightOf(layout: Layout, camera: Camera, size: Size, before: Sight | null): Sight | null {
  if (layout.nodes.length <= FEW) return null;
  const seen = { x: -camera.x / camera.k, y: -camera.y / camera.k, width: size.width / camera.k, height: size.height / camera.k };
  if (before !== null && holds(before, seen) && before.width <= 4 * seen.width) return before;
  return { x: seen.x - seen.width / 2, y: seen.y - seen.height / 2, width: 2 * seen.width, height: 2 * seen.height };
}

function holds(outer: Sight, inner: Sight): boolean {
  const inX = outer.x <= inner.x && inner.x + inner.width <= outer.x + outer.width;
  return inX && outer.y <= inner.y && inner.y + inner.height <= outer.y + outer.height;
}

/** Whether some of a box lies in the part that is drawn. */
export function isSeen(sight: Sight, box: Sight): boolean {
  const inX = box.x <= sight.x + sight.width && sight.x <= box.x + box.width;
  return inX && box.y <= sight.y + sight.height && sight.y <= box.y + box.height;
}

/** The box around a line. */
export function boundsOf(points: readonly Point[]): Sight {
  let [left, right, top, foot] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    foot = Math.max(foot, y);
  }
  return { x: left, y: top, width: right - left, height: foot - top };
}
