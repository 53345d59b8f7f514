/** The table of what lies under the cross-hair, and the step at its foot. */
import type { JSX, RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { toX } from "../maths/scale";
import type { TagData } from "../store/store";
import { formatDuration, formatShare, formatStep, formatTogether, formatValue } from "../ui/format";
import { Name } from "../ui/name";
import { placeBeside, showOnTop } from "../ui/overlay";
import type { Chart } from "./chart";
import { chosen, pointsAt, type HoverPoint } from "./hover";
import type { CurvesState } from "./state";
import { clock, xText } from "./x-text";

const ROWS = 12;

interface TooltipProps {
  data: TagData;
  chart: Chart;
  state: CurvesState;
  /** The card. */
  anchor: RefObject<HTMLElement | null>;
}

export function Tooltip(props: TooltipProps): JSX.Element | null {
  return props.state.hover.value?.tag === props.data.tag ? <Shown {...props} /> : null;
}

function Shown({ data, chart, state, anchor }: TooltipProps): JSX.Element | null {
  const box = useRef<HTMLDivElement>(null);
  const hover = state.hover.value;
  const { scales } = chart;
  useLayoutEffect(() => {
    if (box.current !== null) showOnTop(box.current);
  }, []);
  useLayoutEffect(() => {
    if (box.current !== null && anchor.current !== null) placeBeside(box.current, anchor.current, flushSide(anchor.current));
  });
  if (hover === null || scales === null) return null;
  const all = pointsAt(chart.curves, hover.x, scales);
  const sort = state.options.get("tooltip_sort");
  const rows = chosen(all, ROWS, sort, hover.pointer?.y ?? null, scales);
  const percent = state.isShare(data);
  const smoothing = state.options.get("smoothing") > 0;
  const smoothed = formatTogether(rows.map((row) => row.smoothed), percent);
  const values = formatTogether(rows.map(({ curve, index }) => curve.raw[index]!), percent);
  const spread = spreadOf(rows, state, percent);
  const byValue = sort === "value" ? "descending" : undefined;
  return (
    <>
      <span class="tbn-pill" style={{ "--tbn-at": `${toX(scales, hover.x)}px` }} aria-hidden="true">
        {xText(hover.x, state.options.get("x"))}
      </span>
      <div class="tbn-tooltip tbn-overlay" popover="manual" ref={box} role="status">
        <table>
          <thead>
            <tr>
              <th aria-sort={sort === "name" ? "ascending" : undefined}>run{sort === "name" && " ↑"}</th>
              {smoothing && <th aria-sort={byValue}>smoothed{sort === "value" && " ↓"}</th>}
              <th aria-sort={smoothing ? undefined : byValue}>value{!smoothing && sort === "value" && " ↓"}</th>
              {spread !== null && <th>{spread.head}</th>}
              <th>step</th>
              <th class="tbn-clock">time</th>
              <th>relative</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={i}>
                <td>
                  <i class="tbn-swatch" style={{ background: state.colorOf(row.curve.run) }} />
                  <Name text={state.nameOf(row.curve, data)} />
                  {row.curve.run.attempts > 1 && <span class="tbn-second">attempt {row.curve.series.attempt + 1}</span>}
                </td>
                {smoothing && <td class="tbn-strong">{smoothed[i]}</td>}
                <td class={smoothing ? "" : "tbn-strong"}>{values[i]}</td>
                {spread !== null && <td class="tbn-second">{spread.texts[i]}</td>}
                <td class="tbn-second">{formatStep(row.curve.series.step[row.index]!, true)}</td>
                <td class="tbn-second tbn-clock">{clock(row.curve.series.wall[row.index]!)}</td>
                <td class="tbn-second">{formatDuration(row.curve.series.wall[row.index]! - row.curve.series.wall[0]!)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {all.length > rows.length && (
          <p class="tbn-second">
            {all.length - rows.length} more{sort !== "nearest" && hover.pointer !== null && ", farther from the pointer"}
          </p>
        )}
      </div>
    </>
  );
}

const SPREADS = { std: "± std", stderr: "± std error", minmax: "min – max", none: "" } as const;

/** How far the runs of groups, or the bounds of lines, lie apart; null where nothing under the cross-hair has a band. */
function spreadOf(rows: readonly HoverPoint[], state: CurvesState, percent: boolean): { head: string; texts: string[] } | null {
  if (rows.every(({ curve }) => curve.band === null)) return null;
  const { groups, band } = state.wanted.value;
  const [lows, highs] = (["low", "high"] as const).map((edge) => rows.map(({ curve, index }) => curve.band?.[edge].at(index) ?? NaN));
  const kind = groups.length === 0 ? "minmax" : band;
  const given = (text: (i: number) => string) => rows.map(({ curve }, i) => (curve.band === null ? "" : text(i)));
  if (kind === "minmax") {
    const [low, high] = [formatTogether(lows!, percent), formatTogether(highs!, percent)];
    return { head: groups.length === 0 ? "between" : SPREADS.minmax, texts: given((i) => `${low[i]!} – ${high[i]!}`) };
  }
  const format = (value: number) => (percent ? formatShare(value) : formatValue(value, 3, false));
  return { head: SPREADS[kind], texts: given((i) => format((highs![i]! - lows![i]!) / 2)) };
}

/** Of a card in the last of several columns the right edge, so that the table does not leave the view. */
function flushSide(card: HTMLElement): "left" | "right" {
  const cards = card.parentElement;
  if (cards === null) return "left";
  const [own, all] = [card.getBoundingClientRect(), cards.getBoundingClientRect()];
  return own.left > all.left + 1 && own.right > all.right - 2 ? "right" : "left";
}
