import type { JSX } from "preact";
import type { Theme } from "../ui/tokens";
import type { Camera, Size } from "./camera";
import { hueColor } from "./colour";
import type { Layout } from "./layout/layout";
import type { Painting } from "./painting";

interface MinimapProps {
  readonly layout: Layout;
  readonly painting: Painting;
  readonly theme: Theme;
  readonly selected: number | null;
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
export function Minimap({ layout, painting, theme, selected, camera, size, onCentre }: MinimapProps): JSX.Element | null {
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
          style={{ fill: node.id === selected ? "var(--tbn-accent)" : (painting.tint(node.id)?.hue ?? hueColor(theme, undefined)) }}
          fill-opacity={node.id === selected ? 1 : (node.form === "frame" ? 0.16 : 0.4) * (painting.tint(node.id)?.strength ?? 1)}
        />
      ))}
      <rect class="tbn-sight" x={left} y={top} width={Math.max(4, right - left)} height={Math.max(4, foot - top)} rx={2} />
    </svg>
  );
}
