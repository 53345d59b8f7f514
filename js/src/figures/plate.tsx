/** A figure that we draw ourselves: painted while its card is in sight, asked by pointer and keys what lies where. */
import { effect, type ReadonlySignal, type Signal } from "@preact/signals";
import type { JSX, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { cancel, schedule } from "../panels/schedule";
import { subscribeTo } from "../store/subscribe";
import type { Size } from "./axes";
import { cleared } from "./surface";

/** What a kind of figure does. A scene is what is drawn and where; a spot is what a person points at in it. */
export interface Figure<Scene, Spot> {
  /** Reads all that scenes depend on: an effect follows it. */
  follow: () => void;
  scene: (size: Size) => Scene;
  paint: (context: CanvasRenderingContext2D, scene: Scene) => void;
  /** Reads what `paintOver` depends on besides the scene and the spot. */
  followOver: () => void;
  /** What lies over the painting and moves often: what is pointed at, and the step that all panels look at. */
  paintOver: (context: CanvasRenderingContext2D, scene: Scene, spot: Spot | null) => void;
  spotAt: (scene: Scene, x: number, y: number) => Spot | null;
  /** Where an arrow key leads from a spot, or from none. */
  neighbour: (scene: Scene, spot: Spot | null, key: ArrowKey) => Spot | null;
  press: (spot: Spot) => void;
}

export type ArrowKey = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";
const ARROWS: readonly string[] = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"] satisfies ArrowKey[];

interface PlateProps<Scene, Spot> {
  figure: Figure<Scene, Spot>;
  /** Whether the card is in sight. */
  seen: boolean;
  width: ReadonlySignal<number>;
  height: number;
  label: string;
  /** Null until it has been drawn. */
  scene: Signal<Scene | null>;
  spot: Signal<Spot | null>;
}

export function Plate<Scene, Spot>({ figure, seen, width, height, label, scene, spot }: PlateProps<Scene, Spot>): JSX.Element {
  const base = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  usePainting({ figure, seen, width, height, scene, spot }, base, over);
  const point = (event: PointerEvent) => {
    const drawn = scene.peek();
    if (drawn === null || event.buttons !== 0) return;
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    spot.value = figure.spotAt(drawn, event.clientX - box.left, event.clientY - box.top);
  };
  const clear = () => (spot.value = null);
  const onKeyDown = (event: KeyboardEvent) => {
    const drawn = scene.peek();
    const at = spot.peek();
    if (drawn === null) return;
    if (event.key === "Escape") clear();
    else if (event.key === "Enter" && at !== null) figure.press(at);
    else if (ARROWS.includes(event.key)) spot.value = figure.neighbour(drawn, at, event.key as ArrowKey);
    else return;
    event.preventDefault();
  };
  const press = () => {
    const at = spot.peek();
    if (at !== null) figure.press(at);
  };
  return (
    <div
      class="tbn-plot tbn-plate"
      tabIndex={0}
      role="img"
      aria-label={label}
      style={{ height: `${height}px` }}
      onPointerMove={point}
      onPointerLeave={clear}
      onBlur={clear}
      onClick={press}
      onKeyDown={onKeyDown}
    >
      {seen && <canvas class="tbn-layer" ref={base} />}
      {seen && <canvas class="tbn-layer" ref={over} />}
    </div>
  );
}

type Painting<Scene, Spot> = Omit<PlateProps<Scene, Spot>, "label">;

function usePainting<Scene, Spot>(
  { figure, seen, width, height, scene, spot }: Painting<Scene, Spot>,
  base: RefObject<HTMLCanvasElement | null>,
  over: RefObject<HTMLCanvasElement | null>,
): void {
  useEffect(() => {
    if (!seen) return undefined;
    const [whole, above] = [{}, {}];
    const draw = () => {
      const size = { width: width.peek(), height };
      const context = base.current && cleared(base.current, size);
      if (context === null) return;
      const drawn = figure.scene(size);
      figure.paint(context, drawn);
      scene.value = drawn;
    };
    const drawOver = () => {
      const context = over.current && cleared(over.current, { width: width.peek(), height });
      const drawn = scene.peek();
      if (context !== null && drawn !== null) figure.paintOver(context, drawn, spot.peek());
    };
    const stops = [
      effect(() => {
        figure.follow();
        subscribeTo(width.value);
        schedule(whole, draw);
      }),
      effect(() => {
        figure.followOver();
        subscribeTo(scene.value, spot.value);
        schedule(above, drawOver, 0);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      cancel(whole);
      cancel(above);
      scene.value = null;
      spot.value = null;
    };
  }, [figure, seen, height]);
}
