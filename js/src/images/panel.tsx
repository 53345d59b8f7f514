/** The Images panel: a card a tag, with the pictures of all runs that show. */
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { MediaGroups } from "../media/groups";
import { matcher } from "../panels/groups";
import { subscribeTo } from "../store/subscribe";
import type { PanelProps } from "../ui/panel-list";
import { ImageCard } from "./card";
import { ImageControls } from "./controls";
import { ImagesState } from "./state";
import { pictureColumns } from "./tiles";

export function Images({ state, width }: PanelProps): JSX.Element {
  const images = useMemo(() => new ImagesState(state), [state]);
  const { media } = state.store;
  // Of how many series each tag has that show, so that what comes of them renders only their own card.
  const counts = useComputed(() => {
    const all = media.tags("images").value;
    for (const { revision } of all) subscribeTo(revision.value);
    return JSON.stringify(all.map((data) => images.shown(data).length));
  });
  const numbers = JSON.parse(counts.value) as number[];
  const shown = media.tags("images").value.filter((_, i) => numbers[i]! > 0);
  const matches = matcher(state.options.get("tags"));
  const cards = shown.filter(({ tag }) => matches(tag) || state.isPinned(tag));
  const most = Math.max(1, ...numbers);
  if (shown.length === 0) return <p class="tbn-nothing">The runs that show have no pictures.</p>;
  return (
    <div class="tbn-images" style={{ "--tbn-light": images.light.value }}>
      <ImageControls images={images} shown={cards} />
      <MediaGroups
        panel="images"
        items={shown}
        state={state}
        width={width}
        columns={(room, count, least) => pictureColumns(room, count, most, least)}
        card={(data, title, columns) => <ImageCard key={data.tag} title={title} data={data} images={images} columns={columns} />}
      />
    </div>
  );
}
