/** One tag: its title, its newest value, its chart. */
import { useComputed, useSignal, type ReadonlySignal } from "@preact/signals";
import type { HTMLAttributes, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { TagData } from "../store/store";
import { subscribeTo } from "../store/subscribe";
import { elideMiddle, formatCount, formatShare, formatValue, visible } from "../ui/format";
import { Name } from "../ui/name";
import { RIGHT } from "./axes";
import { CardMenu, CardTools } from "./card-menu";
import { Chart } from "./chart";
import { dragHandlers, DropMark, dropHandlers } from "./card-drag";
import { tagsOf, titleOf } from "./composed";
import { curvesOf, youngest } from "./curve";
import { isPlain } from "./derive";
import { neighbour, pointsAt, snap } from "./hover";
import { placeOf, type Columns } from "./layout";
import { SelectionMarks, useAxisClick } from "./selection";
import { SelectionHead, SelectionTable } from "./selection-table";
import { useInSight } from "./sight";
import type { CurvesState } from "./state";
import { Tooltip } from "./tooltip";
import { valueAt } from "../maths/scale";

export interface CardProps {
  title: string;
  data: TagData;
  state: CurvesState;
  columns: ReadonlySignal<Columns>;
}

export function Card({ title, data, state, columns }: CardProps): JSX.Element {
  const card = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<Chart | null>(null);
  const seen = useInSight(card);
  const place = useComputed(() => placeOf(state.sizeOf(data.tag), columns.value));
  const plotWidth = useComputed(() => place.value.width + (state.article ? 0 : RIGHT));
  const spans = useComputed(() => `${place.value.columns} ${place.value.rows}`).value.split(" ");
  const height = useComputed(() => place.value.height).value;
  useEffect(() => {
    if (!seen || host.current === null || card.current === null) return undefined;
    const made = new Chart({
      host: host.current,
      data,
      state,
      width: plotWidth,
      height,
      onPainted: (step) => card.current?.setAttribute("data-painted-step", String(step ?? "")),
    });
    setChart(made);
    return () => {
      made.destroy();
      setChart(null);
    };
  }, [seen, data, state, height]);
  useEffect(() => {
    if (!seen) return undefined;
    for (const tag of tagsOf(data)) state.store.look(tag, true);
    return () => {
      for (const tag of tagsOf(data)) state.store.look(tag, false);
    };
  }, [seen, data.tag, state]);
  useAltWheel(host, chart, data.tag, state);
  useAxisClick(host, chart, state);
  const own = () => (state.focused.value = data.tag);
  const dropping = useSignal(false);

  const name = visible(elideMiddle(titleOf(data), 200));
  const points = data.series.reduce((sum, series) => sum + series.total, 0);
  const newest = seen && !state.article && isPlain(state.wanted.value) ? newestOf(data, state) : null;
  return (
    <section
      class={state.combining.value === data ? "tbn-card tbn-dragged" : "tbn-card"}
      ref={card}
      aria-label={name}
      style={{ gridColumn: `span ${spans[0]}`, gridRow: `span ${spans[1]}` }}
      data-tag={data.tag}
      {...dropHandlers(data, state, dropping)}
      data-revision={data.revision.value}
      data-points={points}
      data-last-step={lastStep(data)}
      onPointerDown={own}
      onFocusIn={own}
    >
      <header class="tbn-card-head">
        <span class="tbn-card-handle" draggable={!state.article} {...dragHandlers(data, state)}>
          <Name class="tbn-card-title" text={title} whole={titleOf(data)} />
        </span>
        {chart && <Coarse chart={chart} state={state} />}
        {newest && (
          <span class="tbn-newest">
            <i class="tbn-swatch tbn-small" style={{ background: newest.color }} />
            {newest.text}
          </span>
        )}
        <CardTools data={data} state={state} />
        <CardMenu data={data} state={state} chart={chart} />
      </header>
      <div class="tbn-plot-box">
        <div
          class="tbn-plot"
          ref={host}
          tabIndex={0}
          role="img"
          style={{ height: `${height}px` }}
          aria-label={`${name}: ${data.series.length} lines${newest ? `, newest value ${newest.text}` : ""}`}
          {...hoverHandlers(chart, data.tag, state)}
        />
        {dropping.value && <DropMark state={state} />}
        {chart && <SelectionMarks chart={chart} state={state} host={host} />}
        {chart && <Tooltip data={data} chart={chart} state={state} anchor={card} />}
      </div>
      {state.sizeOf(data.tag) !== null && state.selection.value !== null && (
        <div class="tbn-card-table">
          <SelectionHead data={data} state={state} />
          <SelectionTable data={data} state={state} />
        </div>
      )}
    </section>
  );
}

/** Tells that the lines are drawn of some of the points only. */
function Coarse({ chart, state }: { chart: Chart; state: CurvesState }): JSX.Element | null {
  const held = chart.coarse.value;
  if (held === null) return null;
  const words = `drawn of ${formatCount(held.held)} of ${formatCount(held.total)} points in sight, their extremes among them`;
  const rest = state.store.liveness.saved.value === null ? "" : "; the others are not saved";
  return (
    <span class="tbn-coarse" role="img" aria-label={words} title={`${words}${rest}`}>
      ≈
    </span>
  );
}

/** Colour and smoothed last value of the run that wrote last. */
function newestOf(data: TagData, state: CurvesState): { color: string; text: string } | null {
  subscribeTo(data.revision.value);
  const { options, runOf } = state;
  const curve = youngest(curvesOf(data, runOf.value, options.get("smoothing"), "step"));
  return curve === undefined ? null : { color: state.colorOf(curve.run), text: (state.isShare(data) ? formatShare : formatValue)(curve.lastSmoothed) };
}

function lastStep(data: TagData): number | undefined {
  const steps = data.series.map((series) => series.step.at(-1)).filter((step) => step !== undefined);
  return steps.length === 0 ? undefined : Math.max(...steps);
}

/** Pointer and keys move the cross-hair. */
function hoverHandlers(chart: Chart | null, tag: string, state: CurvesState): HTMLAttributes<HTMLDivElement> {
  const clear = () => {
    if (state.hover.peek()?.tag === tag) state.hover.value = null;
  };
  const at = (x: number, pointer: { x: number; y: number } | null) => {
    const scales = chart?.scales;
    if (chart === null || scales == null) return;
    const snapped = snap(pointsAt(chart.curves, x, scales), x);
    state.hover.value = { tag, x: snapped, pointer };
  };
  return {
    onPointerMove(event) {
      const scales = chart?.scales;
      if (scales == null || event.buttons !== 0) {
        clear();
        return;
      }
      const box = event.currentTarget.getBoundingClientRect();
      const pointer = { x: event.clientX - box.left, y: event.clientY - box.top };
      const position = (pointer.x - scales.left) / scales.width;
      const below = pointer.y > scales.top + scales.height;
      if (position < 0 || position > 1 || below) clear();
      else at(valueAt(scales.x, position), pointer);
    },
    onPointerLeave: clear,
    onPointerDown: clear,
    onBlur: clear,
    onKeyDown(event) {
      const scales = chart?.scales;
      if (chart === null || scales == null) return;
      const hover = state.hover.peek();
      if (event.key === "Escape") clear();
      else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
        const start = hover?.tag === tag ? hover.x : scales.x.to;
        at(neighbour(chart.curves, start, event.key === "ArrowRight" ? 1 : -1), null);
      } else return;
      event.preventDefault();
    },
  };
}

/** With Alt the wheel zooms the x axis about the pointer; without it the page scrolls as ever. */
function useAltWheel(host: { current: HTMLElement | null }, chart: Chart | null, tag: string, state: CurvesState): void {
  useEffect(() => {
    const element = host.current;
    if (element === null || chart === null) return undefined;
    const onWheel = (event: WheelEvent) => {
      const { scales } = chart;
      if (!event.altKey || scales === null) return;
      event.preventDefault();
      const position = (event.clientX - element.getBoundingClientRect().left - scales.left) / scales.width;
      const factor = Math.exp(Math.max(-1, Math.min(1, (event.deltaY || event.deltaX) / 200)));
      const about = Math.max(0, Math.min(1, position));
      const x = [valueAt(scales.x, about - about * factor), valueAt(scales.x, about + (1 - about) * factor)] as const;
      state.setZoom(tag, { x, y: state.zoomOf(tag)?.y ?? null });
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [chart]);
}
