import type { JSX } from "preact";
import type { Theme } from "../ui/tokens";
import type { Camera, Size } from "./camera";
import { hashOf, type Hue, hueColor } from "./colour";
import type { Layout } from "./layout/layout";
import type { Model } from "./model";

interface MinimapProps {
  readonly model: Model;
  readonly layout: Layout;
  readonly hues: ReadonlyMap<string, Hue>;
  readonly theme: Theme;
  readonly camera: Camera;
  readonly size: Size;
  /** Brings a point of the diagram to the middle of the canvas. */
  readonly onCentre: (x: number, y: number) => void;
}

const WIDTH = 92;
const TALLEST = 160;
/** More boxes than this are not told apart at this size. */
const MOST = 400;

/** The whole figure, small, with what is in sight: only where the canvas cuts the figure. */
export function Minimap({ model, layout, hues, theme, camera, size, onCentre }: MinimapProps): JSX.Element | null {
  const width = layout.right - layout.left;
  const cut = width * camera.k > size.width || layout.height * camera.k > size.height;
  if (!cut) return null;
  const k = Math.min(WIDTH / width, TALLEST / layout.height);
  const x = (at: number): number => (at - layout.left) * k;
  const point = (event: MouseEvent): void => {
    const box = (event.currentTarget as SVGSVGElement).getBoundingClientRect();
    onCentre(layout.left + (event.clientX - box.left) / k, (event.clientY - box.top) / k);
  };
  const left = Math.max(0, x(-camera.x / camera.k));
  const right = Math.min(width * k, x((size.width - camera.x) / camera.k));
  const top = Math.max(0, (-camera.y / camera.k) * k);
  const foot = Math.min(layout.height * k, ((size.height - camera.y) / camera.k) * k);
  return (
    // A picture of what the keyboard reaches in the diagram itself.
    <svg class="tbn-map" width={width * k + 2} height={layout.height * k + 2} viewBox={`-1 -1 ${width * k + 2} ${layout.height * k + 2}`} aria-hidden="true" onClick={point}>
      {layout.nodes.slice(0, MOST).map(({ node, ...box }) => (
        <rect
          key={node.item.key}
          x={x(box.x)}
          y={box.y * k}
          width={Math.max(1, box.width * k)}
          height={Math.max(1, box.height * k)}
          rx={1}
          fill={hueColor(theme, hues.get(hashOf(model, node.id) ?? ""))}
          fill-opacity={node.form === "frame" ? 0.16 : 0.4}
        />
      ))}
      <rect class="tbn-sight" x={left} y={top} width={Math.max(4, right - left)} height={Math.max(4, foot - top)} rx={2} />
    </svg>
  );
}
