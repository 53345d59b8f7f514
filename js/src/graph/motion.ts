import type { Camera } from "./camera";
import type { Layout, PlacedNode } from "./layout/layout";

const TIMING: KeyframeAnimationOptions = { duration: 200, easing: "ease-out" };

/** Whether the reader asked for stillness, or the page cannot animate. */
function isStill(element: Element): boolean {
  return typeof element.animate !== "function" || matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Lets what is drawn move from where it was: boxes slide, frames grow, what is new fades in. */
export function moveFrom(svg: SVGSVGElement, before: Layout, after: Layout, cameras: { before: Camera; after: Camera }): void {
  if (isStill(svg)) return;
  const world = svg.querySelector(".tbn-world");
  if (world !== null) world.animate([{ transform: cameraText(cameras.before) }, { transform: cameraText(cameras.after) }], TIMING);
  const was = byElement(before);
  const is = byElement(after);
  for (const element of svg.querySelectorAll<SVGGElement>("[data-id]")) {
    const id = element.dataset.id ?? "";
    const now = is.get(id);
    if (now === undefined) continue;
    const then = was.get(id);
    if (then === undefined) {
      element.animate([{ opacity: 0 }, { opacity: 1 }], TIMING);
      continue;
    }
    if (then.x !== now.x || then.y !== now.y) {
      element.animate([{ transform: moveText(then.x, then.y) }, { transform: moveText(now.x, now.y) }], TIMING);
    }
    if (now.node.form !== "frame" || (then.width === now.width && then.height === now.height)) continue;
    const box = element.querySelector(":scope > .tbn-shape");
    box?.animate([sizeText(then), sizeText(now)], TIMING);
  }
  for (const group of svg.querySelectorAll(".tbn-edges, .tbn-labels")) group.animate([{ opacity: 0 }, { opacity: 1 }], TIMING);
}

/** Placed nodes by the `data-id` of their element. */
function byElement(layout: Layout): Map<string, PlacedNode> {
  return new Map(layout.nodes.map((placed) => [placed.node.form === "rows" ? `chain-${placed.node.id}` : String(placed.node.id), placed]));
}

function moveText(x: number, y: number): string {
  return `translate(${x}px, ${y}px)`;
}

function cameraText({ x, y, k }: Camera): string {
  return `translate(${x}px, ${y}px) scale(${k})`;
}

function sizeText({ width, height }: PlacedNode): Keyframe {
  return { width: `${width}px`, height: `${height}px` };
}
