/** The Histograms panel: how values are distributed, step after step. */
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { layersOf } from "../figures/layers";
import { MediaGroups } from "../media/groups";
import type { CurvesState } from "../panels/state";
import type { MediaTag } from "../store/media";
import { subscribeTo } from "../store/subscribe";
import type { PanelProps } from "../ui/panel-list";
import { HistogramCard } from "./card";
import { readHistogramSettings } from "./settings";
import { HistogramTools } from "./tools";

/** What there is a card of: a tag, of one run and attempt or of all (null). */
interface Item {
  tag: string;
  data: MediaTag;
  only: { run: number; attempt: number } | null;
}

export function Histograms({ state, width }: PanelProps): JSX.Element {
  const tags = state.store.media.tags("histograms");
  const settings = readHistogramSettings(state.panelUi("histograms"));
  // Which series are shown; that they go on is for their own cards alone.
  const shape = useComputed(() => JSON.stringify(tags.value.map((data) => seriesOf(data, state)))).value;
  const series = JSON.parse(shape) as [run: number, attempt: number][][];
  const items = tags.value.flatMap((data, i): Item[] => {
    const own = series[i] ?? [];
    if (settings.together) return own.length === 0 ? [] : [{ tag: data.tag, data, only: null }];
    return own.map(([run, attempt]) => ({ tag: data.tag, data, only: { run, attempt } }));
  });
  const several = series.some((own) => own.length > 1);
  return (
    <div class="tbn-histograms">
      <HistogramTools settings={settings} several={several} width={width.value} state={state} />
      {items.length === 0 && <p class="tbn-nothing">The runs that show have no histograms.</p>}
      <MediaGroups
        panel="histograms"
        items={items}
        state={state}
        width={width}
        card={({ data, only }, title, columns) => (
          <HistogramCard key={`${data.tag} ${only?.run} ${only?.attempt}`} data={data} title={title} only={only} mode={settings.mode} state={state} columns={columns} />
        )}
      />
    </div>
  );
}

function seriesOf(data: MediaTag, state: CurvesState): [run: number, attempt: number][] {
  subscribeTo(data.revision.value);
  return layersOf(data, state.runOf.value).map(({ run, series }) => [run.id, series.attempt]);
}
