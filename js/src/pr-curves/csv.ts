/** Curves of classifiers as CSV: a line for each threshold. */
import type { Layer } from "../figures/layers";
import { prCurveOf } from "../maths/pr-curve";
import { csvCell } from "../panels/point-file";

/** All that is here of some layers. */
export function* prCsv(layers: readonly Layer[]): Generator<string> {
  yield "run,attempt,tag,step,wall_time,threshold,tp,fp,tn,fn,precision,recall\n";
  for (const { run, series } of layers) {
    const whose = `${csvCell(run.name)},${series.attempt},${csvCell(series.tag)}`;
    for (const at of [...series.here].sort((a, b) => a - b)) {
      const payload = series.payload(at);
      const curve = payload && prCurveOf(payload.columns);
      if (payload === null || curve === null) continue;
      const { threshold, tp, fp, tn, fn, precision, recall } = curve;
      let text = "";
      for (let i = 0; i < threshold.length; i++) {
        const numbers = [threshold, tp, fp, tn, fn, precision, recall].map((column) => column[i]!);
        text += `${whose},${payload.step},${payload.wall},${numbers.join(",")}\n`;
      }
      yield text;
    }
  }
}
