import type { JSX } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { canvasHeight, fit, pan, reveal, zoomAt } from "./camera";
import { Canvas } from "./canvas";
import { Caption } from "./caption";
import { structureHues } from "./colour";
import { Details } from "./details";
import { Diagram } from "./draw/diagram";
import type { Actions } from "./draw/item";
import { type ExportFormat, saveDiagram } from "./export";
import { command, readingOrder } from "./keys";
import { Legend } from "./legend";
import type { Model } from "./model";
import { Minimap } from "./minimap";
import type { GraphPanelProps } from "./panel";
import { firstLook, NARROW } from "./picture";
import { usePicture } from "./ready";
import { keysToShow } from "./search";
import { type Sight, sightOf } from "./sight";
import { trail } from "./trail";
import { boxOf, useCamera } from "./use-camera";
import { allKey } from "./view";


type FigureProps = Omit<GraphPanelProps, "graph"> & { model: Model };

/** The caption, the diagram with what floats over it, and the legend. */
export function Figure({ model, open, onOpen, theme, width, status }: FigureProps): JSX.Element {
  const graph = model.payload;
  const hues = useMemo(() => structureHues(model), [model]);
  const look = useMemo(() => firstLook(model, width), [model, width < NARROW ? width : NARROW]);
  const { scale } = look;
  const keys = useMemo(() => new Set(open ?? look.keys), [open, look]);
  const picture = usePicture(model, keys, look);
  const { view, layout } = picture;
  const size = { width, height: canvasHeight(layout) };

  const svg = useRef<SVGSVGElement>(null);
  const [selected, setSelected] = useState<number | null>(null);
  const [focused, setFocused] = useState(-1);
  // What is exported is drawn as a whole first.
  const [exporting, setExporting] = useState<ExportFormat | null>(null);
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
  // The diagram keeps this; it does what is right by then.
  const latest = useRef(actions);
  latest.current = actions;
  const steady = useMemo((): Actions => ({ select: (id) => latest.current.select(id), toggle: (id) => latest.current.toggle(id) }), []);
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

  const sight = useRef<Sight | null>(null);
  sight.current = exporting !== null ? null : sightOf(layout, camera, size, sight.current);
  // The same element is not gone through again: a camera that moves costs no more than its own attribute.
  const diagram = useMemo(
    () => <Diagram model={model} layout={layout} hues={hues} most={scale.most} theme={theme} state={{ selected, focus, actions: steady }} lit={lit} sight={sight.current} />,
    [model, layout, hues, scale, theme, selected, focus, lit, sight.current],
  );

  const node = selected === null ? undefined : view.nodes.get(selected);
  useLayoutEffect(() => {
    if (exporting === null || svg.current === null) return;
    void saveDiagram(svg.current, layout, (graph.cls || graph.name).replace(/[^\w.-]+/g, "_") || "graph", exporting);
    setExporting(null);
  }, [exporting]);
  return (
    <div class={`tbn-graph ${width < NARROW ? "tbn-narrow" : ""} ${camera.k < 0.6 ? "tbn-far" : camera.k < 0.9 ? "tbn-mid" : ""}`}>
      <Caption
        model={model}
        narrow={width < NARROW}
        status={status}
        onFind={goTo}
        onFit={() => setCamera(fit(layout, size))}
        onZoom={(factor) => setCamera(zoomAt(camera, factor, width / 2, size.height / 2))}
        onExport={setExporting}
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
          {diagram}
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
