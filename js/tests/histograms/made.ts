/** Series of histograms as a store has them. */
import type { Layer } from "../../src/figures/layers";
import { MediaSeries } from "../../src/store/media-series";
import type { MediaAddress } from "../../src/wire/media";
import { run } from "../frames";

/** Histograms of these steps, each of the bins [0, 1), [1, 3) and [3, 4) with the counts 1, `step` and 0. */
export function series(steps: readonly number[], more: Partial<MediaAddress> = {}): MediaSeries {
  const address: MediaAddress = { kind: "histograms", run: 0, attempt: 0, tag: "w", gen: 1, ...more };
  const made = new MediaSeries(address);
  const column = (values: readonly number[]) => Float64Array.from(values).buffer;
  made.takePart({ ...address, from: 0, count: steps.length, total: steps.length, step: { k: "f8", o: 0 } }, column(steps));
  for (const [at, step] of steps.entries()) {
    const body = column([0, 1, 3, 1, 3, 4, 1, step, 0]);
    const columns = { left: { k: "f8", o: 0 }, right: { k: "f8", o: 24 }, count: { k: "f8", o: 48 } } as const;
    made.takeBlob({ ...address, at, step, wall: 1000 + step, count: 3, columns, body: [0, body.byteLength] }, body);
  }
  return made;
}

export function layer(steps: readonly number[], id = 0): Layer {
  return { run: run(id, `run ${id}`, { first: 1000 }), series: series(steps, { run: id }), older: false };
}
