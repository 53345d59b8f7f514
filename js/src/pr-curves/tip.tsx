/** What lies at a threshold, in numbers. */
import type { JSX } from "preact";
import { RunMark } from "../figures/run-mark";
import type { CurvesState } from "../panels/state";
import { formatAmount, formatStep, formatTogether } from "../ui/format";
import { pointsOf, type PrScene, type PrSpot } from "./scene";

/** Of more curves the nearest in the list are told. */
const ROWS = 12;

export function PrTip({ scene, spot, state }: { scene: PrScene; spot: PrSpot; state: CurvesState }): JSX.Element {
  const all = pointsOf(scene, spot);
  const own = all.findIndex((one) => one.own);
  const start = Math.max(0, Math.min(all.length - ROWS, own - (ROWS >> 1)));
  const rows = all.slice(start, start + ROWS);
  const texts = (of: (row: (typeof rows)[number]) => number) => formatTogether(rows.map(of));
  const threshold = texts(({ curve, index }) => curve.threshold[index]!);
  const precision = texts(({ curve, index }) => curve.precision[index]!);
  const recall = texts(({ curve, index }) => curve.recall[index]!);
  return (
    <>
      <table class="tbn-pr-tip">
        <thead>
          <tr>
            <th>run</th>
            <th>threshold</th>
            <th>precision</th>
            <th>recall</th>
            <th title="true positives">TP</th>
            <th title="false positives">FP</th>
            <th title="true negatives">TN</th>
            <th title="false negatives">FN</th>
            <th class="tbn-clock">step</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ curve, index, own }, i) => (
            <tr key={i} data-own={own}>
              <td>
                <RunMark layer={curve.layer} state={state} />
              </td>
              <td class={own ? "tbn-strong" : ""}>{threshold[i]}</td>
              <td class={own ? "tbn-strong" : ""}>{precision[i]}</td>
              <td class={own ? "tbn-strong" : ""}>{recall[i]}</td>
              {[curve.tp, curve.fp, curve.tn, curve.fn].map((counts, k) => (
                <td key={k}>{formatAmount(counts[index]!)}</td>
              ))}
              <td class="tbn-second tbn-clock">{formatStep(curve.step, true)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {all.length > rows.length && <p class="tbn-second">{all.length - rows.length} more runs</p>}
    </>
  );
}
