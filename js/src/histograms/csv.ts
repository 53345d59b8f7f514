/** Histograms as CSV: a line for each bin. */
import type { Layer } from "../figures/layers";
import { csvCell } from "../panels/point-file";

/** All that is here of some layers, as it was written. */
export function* histogramCsv(layers: readonly Layer[]): Generator<string> {
  yield "run,attempt,tag,step,wall_time,left,right,count\n";
  for (const { run, series } of layers) {
    const whose = `${csvCell(run.name)},${series.attempt},${csvCell(series.tag)}`;
    for (const at of [...series.here].sort((a, b) => a - b)) {
      const payload = series.payload(at);
      const { left, right, count } = payload?.columns ?? {};
      if (!payload || !left || !right || !count) continue;
      let text = "";
      for (let i = 0; i < count.length; i++) text += `${whose},${payload.step},${payload.wall},${left[i]!},${right[i]!},${count[i]!}\n`;
      yield text;
    }
  }
}
