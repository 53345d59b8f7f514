/** A canvas as large as it is on the page, painted anew when what its painter reads changes. */
import { effect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface CanvasProps {
  width: number;
  height: number;
  /** Reads signals; another function paints anew as well. */
  paint: (context: CanvasRenderingContext2D) => void;
}

export function Canvas({ width, height, paint }: CanvasProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d") ?? null;
    if (element === null || context === null) return undefined;
    return effect(() => {
      const ratio = element.ownerDocument.defaultView?.devicePixelRatio ?? 1;
      element.width = Math.round(width * ratio);
      element.height = Math.round(height * ratio);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      paint(context);
    });
  }, [width, height, paint]);
  return <canvas class="tbn-hp-canvas" ref={canvas} style={{ width: `${width}px`, height: `${height}px` }} aria-hidden="true" />;
}
