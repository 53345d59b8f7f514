/** The Histograms panel: how values are distributed, step after step. */
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { TagGroups } from "../figures/groups";
import { layersOf } from "../figures/layers";
import type { CurvesState } from "../panels/state";
import type { MediaTag } from "../store/media";
import { subscribeTo } from "../store/subscribe";
import type { PanelProps } from "../ui/panel-list";
import { HistogramCard } from "./card";
import { readHistogramSettings } from "./settings";
import { HistogramTools } from "./tools";

/** Below that only the first choice stands in the row, the others behind a button, CSS pixels. */
const NARROW = 640;

export function Histograms({ state, width }: PanelProps): JSX.Element {
  const { media } = state.store;
  const settings = readHistogramSettings(state.panelUi("histograms"));
  const tags = media.tags("histograms").value;
  // Which series are shown; that they go on is for their own cards alone.
  const shape = useComputed(() => JSON.stringify(media.tags("histograms").value.map((data) => seriesOf(data, state)))).value;
  const series = new Map((JSON.parse(shape) as [number, number][][]).map((those, i) => [tags[i]?.tag, those]));
  const of = ({ tag }: MediaTag) => series.get(tag) ?? [];
  const several = [...series.values()].some((those) => those.length > 1);
  const { mode, together } = settings;
  return (
    <div class="tbn-histograms">
      <HistogramTools settings={settings} several={several} narrow={width.value < NARROW} state={state} />
      <TagGroups
        panel="histograms"
        tags={tags}
        state={state}
        width={width}
        cardsOf={(data) => (together ? Math.min(1, of(data).length) : of(data).length)}
        card={(data, title, columns) => {
          const common = { data, title, mode, state, columns };
          if (together) return <HistogramCard key={data.tag} only={null} {...common} />;
          return of(data).map(([run, attempt]) => <HistogramCard key={`${data.tag} ${run} ${attempt}`} only={{ run, attempt }} {...common} />);
        }}
      />
    </div>
  );
}

function seriesOf(data: MediaTag, state: CurvesState): [number, number][] {
  subscribeTo(data.revision.value);
  return layersOf(data, state.runOf.value).map(({ run, series }) => [run.id, series.attempt]);
}
