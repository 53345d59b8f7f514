import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { canvasHeight, fit, pan, reveal, zoomAt } from "./camera";
import { Canvas } from "./canvas";
import { Caption } from "./caption";
import { Details } from "./details";
import { Diagram } from "./draw/diagram";
import type { Actions } from "./draw/item";
import { type ExportFormat, saveDiagram } from "./export";
import { command, readingOrder } from "./keys";
import { Legend } from "./legend";
import { ancestry } from "./model";
import { Minimap } from "./minimap";
import { paint } from "./painting";
import type { GraphPanelProps } from "./panel";
import { NARROW } from "./picture";
import { type Ready, usePicture } from "./ready";
import { keysToShow } from "./search";
import { type Sight, sightOf } from "./sight";
import { splitOf } from "./split";
import { LayerTable } from "./table";
import { trail } from "./trail";
import { boxOf, useCamera } from "./use-camera";
import { allKey } from "./view";


/** Height of a table below the diagram. */
const TABLE_BELOW = 420;

type FigureProps = Required<Omit<GraphPanelProps, "graph" | "status">> & { ready: Ready; status: ComponentChildren };

/** The caption, the diagram with what floats over it, and the legend. */
export function Figure({ ready, open, onOpen, ui, onUi, theme, width: room, status }: FigureProps): JSX.Element {
  const { model, look } = ready;
  const graph = model.payload;
  const { colour } = ui;
  const split = splitOf(room, ui.table);
  const { tabled, beside, diagram: width } = split;
  const painting = useMemo(() => paint(model, colour, theme), [model, colour, theme]);
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
  const wanted = useRef<{ readonly id: number; readonly focus: boolean } | null>(null);
  // What is chosen in the table or by a crumb may lie in something closed.
  const ringed = useMemo(() => (selected === null ? null : (ancestry(model.items, selected).findLast((id) => view.nodes.has(id)) ?? null)), [model, view, selected]);
  const lit = useMemo(() => (ringed === null ? null : trail(view, ringed)), [view, ringed]);

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
    wanted.current = { id, focus: true };
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
        wanted.current = { id: todo.focus, focus: true };
        setFocused(todo.focus);
      } else {
        const id = "toggle" in todo ? todo.toggle : todo.select;
        wanted.current = { id, focus: true };
        setSelected(id);
        if ("toggle" in todo) actions.toggle(id);
      }
    }
    event.preventDefault();
  };

  useLayoutEffect(() => {
    const want = wanted.current;
    const placed = want === null ? undefined : boxOf(picture, want.id);
    if (want === null || placed === undefined) return;
    const { id, focus } = want;
    wanted.current = null;
    const item = (): SVGGElement | null | undefined => svg.current?.querySelector<SVGGElement>(`.tbn-item[data-id="${id}"]`);
    if (focus) item()?.focus({ preventScroll: true });
    setCamera(reveal(camera, placed, size));
    // The canvas may reach below what is seen of the page.
    if (focus) requestAnimationFrame(() => item()?.scrollIntoView({ block: "nearest", inline: "nearest" }));
  });

  const sight = useRef<Sight | null>(null);
  sight.current = exporting !== null ? null : sightOf(layout, camera, size, sight.current);
  // The same element is not gone through again: a camera that moves costs no more than its own attribute.
  const diagram = useMemo(
    () => <Diagram model={model} layout={layout} painting={painting} most={scale.most} theme={theme} state={{ selected: ringed, focus, actions: steady }} lit={lit} sight={sight.current} />,
    [model, layout, painting, scale, theme, ringed, focus, lit, sight.current],
  );

  const node = selected === null ? undefined : view.nodes.get(selected);
  const chosen = selected === null ? undefined : model.items[selected];
  const choose = (id: number): void => {
    setSelected(id);
    const seen = ancestry(model.items, id).findLast((one) => view.nodes.has(one));
    if (seen !== undefined) wanted.current = { id: seen, focus: false };
  };
  useLayoutEffect(() => {
    if (exporting === null || svg.current === null) return;
    void saveDiagram(svg.current, layout, (graph.cls || graph.name).replace(/[^\w.-]+/g, "_") || "graph", exporting);
    setExporting(null);
  }, [exporting]);
  const details = selected !== null && chosen !== undefined && (
    <Details
      model={model}
      id={selected}
      name={node?.name ?? chosen.name}
      open={node?.canOpen === true ? node.form === "frame" : null}
      onToggle={() => actions.toggle(selected)}
      all={
        node?.form === "frame" && node.repeats > 1
          ? { shown: keys.has(allKey(node.item)), toggle: () => toggleKey(node.id, allKey(node.item)) }
          : null
      }
      onShow={node === undefined && selected > 0 ? () => goTo(selected) : null}
      onClose={() => setSelected(null)}
    />
  );
  const narrow = room < NARROW;
  return (
    <div class={`tbn-graph ${narrow ? "tbn-narrow" : ""} ${camera.k < 0.6 ? "tbn-far" : camera.k < 0.9 ? "tbn-mid" : ""}`}>
      <Caption
        model={model}
        narrow={narrow}
        selected={selected}
        status={status}
        colour={colour}
        table={tabled}
        onFind={goTo}
        onLeave={() => setSelected(null)}
        onFit={() => setCamera(fit(layout, size))}
        onZoom={(factor) => setCamera(zoomAt(camera, factor, width / 2, size.height / 2))}
        onColour={(to) => onUi({ ...ui, colour: to })}
        onTable={(shown) => onUi({ ...ui, table: shown })}
        onExport={setExporting}
      />
      <div class={beside ? "tbn-sides" : "tbn-sides tbn-below"}>
        <div class="tbn-canvas" style={{ width: `${width}px` }}>
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
            layout={layout}
            painting={painting}
            theme={theme}
            selected={ringed}
            camera={camera}
            size={size}
            onCentre={(x, y) => setCamera((now) => pan(now, width / 2 - now.x - x * now.k, size.height / 2 - now.y - y * now.k, layout, size))}
          />
          {!beside && details}
        </div>
        {tabled && (
          <div class="tbn-right">
            <LayerTable
              model={model}
              painting={painting}
              theme={theme}
              selected={selected}
              width={split.table}
              height={beside ? Math.max(TABLE_BELOW, size.height - 240) : TABLE_BELOW}
              onSelect={choose}
            />
            {beside && details}
          </div>
        )}
      </div>
      <Legend layout={layout} painting={painting} theme={theme} narrow={narrow} />
    </div>
  );
}
