/** What is selected, marked over a chart: an edge, or two with a fill between them; each moves by pointer and by key. */
import type { JSX } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { movedEnds } from "../maths/selection";
import { share, toX, valueAt, type Scales } from "../maths/scale";
import { formatStep } from "../ui/format";
import type { Selection } from "../wire/options";
import type { Chart } from "./chart";
import { pointsAt, snap } from "./hover";
import { nearLabels } from "./pill";
import type { CurvesState } from "./state";
import { xText } from "./x-text";

/** Share of the axis that an arrow key moves an edge by, and with Shift. */
const KEY = 0.01;
const FAR_KEY = 0.1;
/** Pills nearer to each other than this stand beside their edges, CSS pixels. */
const CLOSE = 56;
/** How far from its edge the middle of a pill beside it is. */
const BESIDE = 18;
/** A press that moves less than this is a click, CSS pixels. */
const CLICK = 4;

interface MarksProps {
  chart: Chart;
  state: CurvesState;
  /** Of the chart. */
  host: { current: HTMLElement | null };
}

export function SelectionMarks({ chart, state, host }: MarksProps): JSX.Element | null {
  const selection = state.selection.value;
  const scales = selection === null ? null : chart.scaled.value;
  const places = selection === null || scales === null ? [] : endsOf(selection).map((x) => toX(scales, x));
  useLayoutEffect(() => {
    const labels = host.current === null ? [] : nearLabels(host.current, pillPlaces(places));
    for (const label of labels) label.style.opacity = "0";
    return () => {
      for (const label of labels) label.style.opacity = "";
    };
  });
  if (selection === null || scales === null) return null;
  const right = scales.left + scales.width;
  const [start, end] = [Math.max(scales.left, places[0]!), Math.min(right, places[1] ?? places[0]!)];
  const close = areClose(places);
  return (
    <div class="tbn-selection" style={{ "--tbn-top": `${scales.top}px`, "--tbn-high": `${scales.height}px` }}>
      {end > start && <i class="tbn-range" style={{ left: `${start}px`, width: `${end - start}px` }} />}
      {places.map((place, i) =>
        !(place >= scales.left - 1 && place <= right + 1) ? null : (
          <Edge key={i} index={i as 0 | 1} place={place} beside={close} selection={selection} scales={scales} state={state} host={host} />
        ),
      )}
    </div>
  );
}

function areClose(places: readonly number[]): boolean {
  return places.length === 2 && places[1]! - places[0]! < CLOSE;
}

/** The middles of the pills. */
function pillPlaces(places: readonly number[]): number[] {
  return places.map((place, i) => (areClose(places) ? place + (i === 0 ? -BESIDE : BESIDE) : place));
}

function endsOf({ from, to }: Selection): number[] {
  return to === null ? [from] : [from, to];
}

interface EdgeProps {
  index: 0 | 1;
  place: number;
  beside: boolean;
  selection: Selection;
  scales: Scales;
  state: CurvesState;
  host: MarksProps["host"];
}

function Edge({ index, place, beside, selection, scales, state, host }: EdgeProps): JSX.Element {
  const ends = endsOf(selection);
  const value = ends[index]!;
  const text = xText(value, state.options.peek("x"));
  const what = ends.length === 1 ? "Selected position" : index === 0 ? "Start of the selected range" : "End of the selected range";
  const move = (to: number) => {
    const inside = Math.max(scales.x.from, Math.min(scales.x.to, to));
    const whole = selection.axis === "step" ? Math.round(inside) : inside;
    if (ends.length === 1) state.select(whole);
    else state.select(...movedEnds([ends[0]!, ends[1]!], index, whole));
  };
  const drag = (event: PointerEvent) => {
    const handle = event.currentTarget as HTMLElement;
    handle.setPointerCapture(event.pointerId);
    const at = (clientX: number) => (clientX - (host.current?.getBoundingClientRect().left ?? 0) - scales.left) / scales.width;
    // The other end as it was when the drag began: across it the ends change places under the pointer.
    const other = ends[1 - index];
    const follow = (moved: PointerEvent) => {
      const to = valueAt(scales.x, Math.max(0, Math.min(1, at(moved.clientX))));
      const whole = selection.axis === "step" ? Math.round(to) : to;
      if (other === undefined) state.select(whole);
      else state.select(Math.min(whole, other), Math.max(whole, other));
    };
    const stop = new AbortController();
    handle.addEventListener("pointermove", follow, { signal: stop.signal });
    for (const last of ["pointerup", "pointercancel"]) handle.addEventListener(last, () => stop.abort(), { signal: stop.signal });
    event.preventDefault();
    event.stopPropagation();
    handle.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const way = event.shiftKey ? FAR_KEY : KEY;
    const least = selection.axis === "step" ? 1 : 0;
    const at = share(scales.x, value);
    if (event.key === "ArrowLeft" || event.key === "ArrowDown") move(Math.min(value - least, valueAt(scales.x, at - way)));
    else if (event.key === "ArrowRight" || event.key === "ArrowUp") move(Math.max(value + least, valueAt(scales.x, at + way)));
    else if (event.key === "Home") move(scales.x.from);
    else if (event.key === "End") move(scales.x.to);
    else if (event.key === "Delete" || event.key === "Escape") state.select(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const side = beside ? (index === 0 ? "tbn-before" : "tbn-behind") : "";
  return (
    <div
      class="tbn-edge"
      role="slider"
      tabIndex={0}
      aria-label={what}
      aria-valuemin={scales.x.from}
      aria-valuemax={scales.x.to}
      aria-valuenow={value}
      aria-valuetext={text}
      style={{ left: `${place}px` }}
      onPointerDown={drag}
      onKeyDown={onKeyDown}
    >
      <span class={`tbn-edge-pill ${side}`}>{selection.axis === "step" ? formatStep(value, true) : text}</span>
    </div>
  );
}

/** A click on the x axis selects the step there; with Shift it makes a range of what is selected and that step. */
export function useAxisClick(host: { current: HTMLElement | null }, chart: Chart | null, state: CurvesState): void {
  useEffect(() => {
    const element = host.current;
    if (element === null || chart === null) return undefined;
    const onPointerDown = (down: PointerEvent) => {
      const { scales } = chart;
      const box = element.getBoundingClientRect();
      if (scales === null || down.button !== 0 || down.clientY - box.top <= scales.top + scales.height) return;
      const onPointerUp = (up: PointerEvent) => {
        if (Math.hypot(up.clientX - down.clientX, up.clientY - down.clientY) >= CLICK) return;
        const position = (up.clientX - box.left - scales.left) / scales.width;
        if (position < 0 || position > 1) return;
        const x = valueAt(scales.x, position);
        const at = snap(pointsAt(chart.curves, x, scales), x);
        const anchor = up.shiftKey ? (state.selection.peek()?.from ?? null) : null;
        if (anchor === null || anchor === at) state.select(at);
        else state.select(Math.min(anchor, at), Math.max(anchor, at));
      };
      element.ownerDocument.addEventListener("pointerup", onPointerUp, { once: true, capture: true });
    };
    element.addEventListener("pointerdown", onPointerDown, { capture: true });
    return () => element.removeEventListener("pointerdown", onPointerDown, { capture: true });
  }, [chart]);
}
