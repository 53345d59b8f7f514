/** A view as a whole. */
import type { JSX } from "preact";
import type { Store } from "../store/store";
import type { Capabilities } from "./mount";

export function View({ id, store }: { id: string; store: Store; capabilities: Capabilities }): JSX.Element {
  return (
    <div class="tbn-view" data-view={id} data-seq={store.seq.value} data-points={store.points.value}>
      {store.tags.value.map(({ tag, series, revision }) => (
        <div class="tbn-card" key={tag} data-tag={tag} data-points={revision.value >= 0 && series.reduce((n, s) => n + s.total, 0)}>
          {tag}
        </div>
      ))}
    </div>
  );
}
