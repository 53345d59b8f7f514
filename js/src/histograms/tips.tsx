/** What is pointed at in histograms, in words and numbers. */
import type { JSX } from "preact";
import { clock } from "../panels/x-text";
import type { CurvesState } from "../panels/state";
import { formatAmount, formatDuration, formatShare, formatStep, formatTogether, formatValue } from "../ui/format";
import type { Layer } from "../figures/layers";
import { RunMark } from "../figures/run-mark";
import { BAND_NAMES } from "../maths/percentiles";
import type { Bins } from "../maths/bins";
import type { Scales } from "../maths/scale";
import { pointsNear, type BandScene } from "./bands";
import type { BandSpot } from "./figure";
import { rowOf, rowsOf, timeOf, type Row } from "./rows";
import type { HistogramSettings } from "./settings";
import { binOf, type Spot } from "./spots";

/** Of more layers the nearest are told. */
const ROWS = 12;
const COLUMNS = 4;

interface BinScene {
  scales: Scales;
  settings: HistogramSettings;
  layers: readonly Layer[];
}

export function BinTip({ scene, spot, state }: { scene: BinScene; spot: Spot; state: CurvesState }): JSX.Element | null {
  const own = rowOf(spot.layer, spot.at, scene.settings.x);
  if (own === null) return null;
  const others = scene.layers.filter((layer) => layer.series !== spot.layer.series).flatMap((layer) => nearestRow(layer, own, scene.settings) ?? []);
  const rows = [own, ...others].slice(0, ROWS);
  const bins = rows.map((row) => binOf(row, spot.x, scene.scales));
  return (
    <table>
      <thead>
        <tr>
          <th>run</th>
          <th>step</th>
          <th>values</th>
          <th>count</th>
          <th>share</th>
          <th class="tbn-clock">time</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={i}>
            <td>
              <RunMark layer={row.layer} state={state} />
            </td>
            <td>{formatStep(row.step, true)}</td>
            <td class="tbn-strong">{bins[i]! < 0 ? formatValue(spot.x) : rangeText(row.bins, bins[i]!)}</td>
            <td class="tbn-strong">{bins[i]! < 0 ? "0" : formatAmount(row.bins.count[bins[i]!]!)}</td>
            <td class="tbn-second">{bins[i]! < 0 ? "0" : formatShare(row.bins.count[bins[i]!]! / row.bins.total)}</td>
            <td class="tbn-second tbn-clock">{momentText(row, scene.settings)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Of another layer what stands nearest in time. */
function nearestRow(layer: Layer, { time }: Row, { x }: HistogramSettings): Row | null {
  const rows = rowsOf([layer], x, Infinity);
  return rows.reduce<Row | null>((best, row) => (best === null || Math.abs(row.time - time) < Math.abs(best.time - time) ? row : best), null);
}

function momentText({ layer, step, wall }: Row, { x }: HistogramSettings): string {
  if (Number.isNaN(wall)) return "";
  return x === "relative" ? formatDuration(timeOf(layer, step, wall, x)) : clock(wall);
}

/** The edges of a bin with as many digits as tell them apart. */
export function rangeText({ left, right, count, openLeft, openRight }: Bins, bin: number): string {
  const [low, high] = [left[bin]!, right[bin]!];
  const [below, above] = [openLeft && bin === 0, openRight && bin === count.length - 1];
  if (below && above) return "any value";
  const [from = "", to = ""] = formatTogether([low, high]);
  if (below) return `below ${to}`;
  if (above) return `from ${from}`;
  return low === high ? from : `${from} – ${to}`;
}

export function BandTip({ scene, spot, state }: { scene: BandScene; spot: BandSpot; state: CurvesState }): JSX.Element {
  const all = pointsNear(scene, spot.time);
  const near = all.toSorted((a, b) => Math.abs(a.point.time - spot.time) - Math.abs(b.point.time - spot.time)).slice(0, COLUMNS);
  const columns = all.filter((one) => near.includes(one));
  const texts = columns.map(({ point }) => formatTogether([...point.bands]));
  return (
    <>
      <table class="tbn-band-tip">
        <thead>
          <tr>
            <th>run</th>
            {columns.map(({ layer }, i) => (
              <th key={i}>
                <span class="tbn-whose">
                  <RunMark layer={layer} state={state} />
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th>step</th>
            {columns.map(({ point }, i) => (
              <td key={i}>{formatStep(point.step, true)}</td>
            ))}
          </tr>
          {BAND_NAMES.map((name, k) => (
            <tr key={name}>
              <th>{name}</th>
              {columns.map((_, i) => (
                <td key={i} class={name === "50%" ? "tbn-strong" : ""}>
                  {texts[i]![k]}
                </td>
              ))}
            </tr>
          )).reverse()}
        </tbody>
      </table>
      {all.length > columns.length && <p class="tbn-second">{all.length - columns.length} more runs</p>}
    </>
  );
}
