import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { GraphPayload } from "../wire/graph";
import { type Camera, canvasHeight, fit, home, pan, reveal, settle, type Size, zoomAt } from "./camera";
import { Canvas } from "./canvas";
import { Caption } from "./caption";
import { structureHues } from "./colour";
import { Details } from "./details";
import { Diagram } from "./draw/diagram";
import { download, standalone } from "./export";
import { command, readingOrder } from "./keys";
import type { PlacedNode } from "./layout/layout";
import { Legend } from "./legend";
import { indexGraph, type Model } from "./model";
import { Minimap } from "./minimap";
import { moveFrom } from "./motion";
import { drawPicture, lookKeys, NARROW, type Picture, scaleFor } from "./picture";
import { keysToShow } from "./search";
import { trail } from "./trail";
import { allKey } from "./view";

export interface GraphPanelProps {
  graph: GraphPayload;
  /** Keys of the open groups; null: the first look of the graph. */
  open: readonly string[] | null;
  onOpen: (keys: string[]) => void;
  theme: "light" | "dark";
  /** Width of the cell in CSS pixels. */
  width: number;
  /** Shown at the right of the caption. */
  status?: ComponentChildren;
}

/** The diagram of a network: what is open is the host's to keep, where one looks is the panel's own. */
export function GraphPanel({ graph, open, onOpen, theme, width, status }: GraphPanelProps): JSX.Element {
  const model = useMemo(() => indexGraph(graph), [graph]);
  const hues = useMemo(() => structureHues(model), [model]);
  const scale = useMemo(() => scaleFor(model, width), [model, width < NARROW ? width : NARROW]);
  const keys = useMemo(() => new Set(open ?? lookKeys(model)), [open, model]);
  const picture = useMemo(() => drawPicture(model, keys, scale), [model, keys, scale]);
  const { view, layout } = picture;
  const size = { width, height: canvasHeight(layout) };

  const svg = useRef<SVGSVGElement>(null);
  const [selected, setSelected] = useState<number | null>(null);
  const [focused, setFocused] = useState(-1);
  const { camera, setCamera, keepPlace } = useCamera(svg, picture, size, model);
  const order = useMemo(() => readingOrder(view.roots), [view]);
  const focus = order.some((node) => node.id === focused) ? focused : (order[0]?.id ?? -1);
  const wanted = useRef<number | null>(null);
  const lit = useMemo(() => (selected === null || !view.nodes.has(selected) ? null : trail(view, selected)), [view, selected]);

  const toggleKey = (id: number, key: string): void => {
    keepPlace(id);
    const next = new Set(keys);
    if (!next.delete(key)) next.add(key);
    onOpen([...next]);
  };
  const actions = {
    select: setSelected,
    toggle: (id: number): void => {
      const node = view.nodes.get(id);
      if (node?.canOpen === true) toggleKey(id, node.item.key);
    },
  };
  const goTo = (id: number): void => {
    wanted.current = id;
    setFocused(id);
    setSelected(id);
    onOpen([...new Set([...keys, ...keysToShow(model, id)])]);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") setSelected(null);
    else if (event.key === "+" || event.key === "=") setCamera(zoomAt(camera, 1.25, width / 2, size.height / 2));
    else if (event.key === "-") setCamera(zoomAt(camera, 1 / 1.25, width / 2, size.height / 2));
    else if (event.key === "0") setCamera(fit(layout, size));
    else {
      const todo = command(event.key, order, focus);
      if (todo === null) return;
      if ("focus" in todo) {
        wanted.current = todo.focus;
        setFocused(todo.focus);
      } else {
        const id = "toggle" in todo ? todo.toggle : todo.select;
        wanted.current = id;
        setSelected(id);
        if ("toggle" in todo) actions.toggle(id);
      }
    }
    event.preventDefault();
  };

  useLayoutEffect(() => {
    const id = wanted.current;
    const placed = id === null ? undefined : boxOf(picture, id);
    if (id === null || placed === undefined) return;
    wanted.current = null;
    svg.current?.querySelector<SVGGElement>(`.tbn-item[data-id="${id}"]`)?.focus({ preventScroll: true });
    setCamera(reveal(camera, placed, size));
  });

  const node = selected === null ? undefined : view.nodes.get(selected);
  const exportSvg = (): void => {
    if (svg.current === null) return;
    const ground = getComputedStyle(svg.current).getPropertyValue("--tbn-ground").trim();
    download(`${(graph.cls || graph.name).replace(/[^\w.-]+/g, "_") || "graph"}.svg`, standalone(svg.current, layout, ground), "image/svg+xml");
  };
  return (
    <div class={`tbn-graph ${width < NARROW ? "tbn-narrow" : ""} ${camera.k < 0.6 ? "tbn-far" : camera.k < 0.9 ? "tbn-mid" : ""}`}>
      <Caption
        model={model}
        narrow={width < NARROW}
        status={status}
        onFind={goTo}
        onFit={() => setCamera(fit(layout, size))}
        onZoom={(factor) => setCamera(zoomAt(camera, factor, width / 2, size.height / 2))}
        onExport={exportSvg}
      />
      <div class="tbn-canvas">
        <Canvas
          svg={svg}
          label={`Network ${graph.cls}`}
          size={size}
          camera={camera}
          onPan={(dx, dy) => setCamera((now) => pan(now, dx, dy, layout, size))}
          onZoom={(factor, x, y) => setCamera((now) => zoomAt(now, factor, x, y))}
          onKey={onKey}
          onFocus={setFocused}
          onGround={() => setSelected(null)}
        >
          <Diagram model={model} layout={layout} hues={hues} most={scale.most} theme={theme} state={{ selected, focus, actions }} lit={lit} />
        </Canvas>
        <Minimap
          model={model}
          layout={layout}
          hues={hues}
          theme={theme}
          camera={camera}
          size={size}
          onCentre={(x, y) => setCamera((now) => pan(now, width / 2 - now.x - x * now.k, size.height / 2 - now.y - y * now.k, layout, size))}
        />
        {node !== undefined && (
          <Details
            model={model}
            id={node.id}
            name={node.name}
            open={node.canOpen ? node.form === "frame" : null}
            onToggle={() => actions.toggle(node.id)}
            all={
              node.form === "frame" && node.repeats > 1
                ? { shown: keys.has(allKey(node.item)), toggle: () => toggleKey(node.id, allKey(node.item)) }
                : null
            }
            onClose={() => setSelected(null)}
          />
        )}
      </div>
      <Legend model={model} layout={layout} hues={hues} theme={theme} narrow={width < NARROW} />
    </div>
  );
}

/** The camera of a panel: at home for a new graph or width, held to what a person opens or closes. */
function useCamera(
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
function boxOf(picture: Picture, id: number): PlacedNode | undefined {
  const { layout, view } = picture;
  const holder = view.holder.get(id);
  const placed = layout.nodes.find((other) => other.node.id === (holder ?? id));
  if (placed === undefined || holder === undefined || placed.node.rows.length === 0) return placed;
  const row = placed.node.rows.findIndex((other) => other.id === id);
  const height = placed.height / placed.node.rows.length;
  return { ...placed, y: placed.y + row * height, height };
}
