import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Camera, home, settle, type Size } from "./camera";
import type { PlacedNode } from "./layout/layout";
import type { Model } from "./model";
import { moveFrom } from "./motion";
import type { Picture } from "./picture";

/** The camera of a panel: at home for a new graph or width, held to what a person opens or closes. */
export function useCamera(
  svg: { current: SVGSVGElement | null },
  picture: Picture,
  size: Size,
  model: Model,
): { camera: Camera; setCamera: (next: Camera | ((now: Camera) => Camera)) => void; keepPlace: (id: number) => void } {
  const { layout } = picture;
  const [held, setHeld] = useState(() => ({ model, width: size.width, picture, camera: home(layout, size) }));
  const anchor = useRef<number | null>(null);
  let { camera } = held;
  if (held.model !== model || held.width !== size.width) camera = home(layout, size);
  else if (held.picture !== picture) {
    const before = anchor.current === null ? undefined : boxOf(held.picture, anchor.current);
    const after = anchor.current === null ? undefined : boxOf(picture, anchor.current);
    if (before !== undefined && after !== undefined) {
      camera = { k: camera.k, x: camera.x + (before.anchor - after.anchor) * camera.k, y: camera.y + (before.y - after.y) * camera.k };
    }
    camera = settle(camera, layout, size);
  }
  useLayoutEffect(() => {
    if (held.picture === picture && held.model === model && held.width === size.width) return;
    if (svg.current !== null && held.model === model && held.width === size.width) {
      moveFrom(svg.current, held.picture.layout, layout, { before: held.camera, after: camera });
    }
    anchor.current = null;
    setHeld({ model, width: size.width, picture, camera });
  });
  return {
    camera,
    setCamera: (next) => setHeld((now) => ({ ...now, camera: typeof next === "function" ? next(now.camera) : next })),
    keepPlace: (id) => {
      anchor.current = id;
    },
  };
}

/** Where an item is drawn; a row's place is within its box. */
export function boxOf(picture: Picture, id: number): PlacedNode | undefined {
  const { layout, view } = picture;
  const holder = view.holder.get(id);
  const placed = layout.nodes.find((other) => other.node.id === (holder ?? id));
  if (placed === undefined || holder === undefined || placed.node.rows.length === 0) return placed;
  const row = placed.node.rows.findIndex((other) => other.id === id);
  const height = placed.height / placed.node.rows.length;
  return { ...placed, y: placed.y + row * height, height };
}
