/** The card of a figure: what it shows, whose it is, what is missing. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { placeOf, type Columns } from "../panels/layout";
import { useInSight } from "../panels/sight";
import type { CurvesState } from "../panels/state";
import { RIGHT } from "../panels/axes";
import { elideMiddle, visible } from "../ui/format";
import { Icon } from "../ui/icons";
import { Menu, MenuItem } from "../ui/menu";
import { Name } from "../ui/name";
import { Plate, type Figure } from "./plate";
import { downloadPicture } from "./surface";
import { Tip } from "./tip";

export interface CardLook<Scene, Spot> {
  /** What the plot shows, for those who do not see it. */
  label: (scene: Scene | null) => string;
  /** Beside the title. */
  aside: ComponentChildren;
  /** Below the plot. */
  foot: (scene: Scene | null) => ComponentChildren;
  /** Between the title and the plot. */
  controls?: ComponentChildren;
  /** What is pointed at. */
  tip: (scene: Scene, spot: Spot) => ComponentChildren;
  legend: () => readonly { color: string; text: string }[];
  /** Tells tests and style sheets what is drawn. */
  hooks: (scene: Scene | null) => Record<string, string | number>;
}

interface FigureCardProps<Scene, Spot> {
  tag: string;
  title: string;
  /** Of the one run that it is for; null: of all. */
  owner: string | null;
  /** By which its size is remembered. */
  id: string;
  state: CurvesState;
  columns: Columns;
  /** Pixels that its plot is higher than that of a card of curves. */
  higher: number;
  figure: Figure<Scene, Spot>;
  look: CardLook<Scene, Spot>;
  onCsv: () => void;
}

export function FigureCard<Scene, Spot>(props: FigureCardProps<Scene, Spot>): JSX.Element {
  const { tag, title, owner, id, state, columns, higher, figure, look, onCsv } = props;
  const card = useRef<HTMLElement>(null);
  const seen = useInSight(card, state.article);
  const scene = useSignal<Scene | null>(null);
  const spot = useSignal<Spot | null>(null);
  const size = state.sizeOf(id);
  const { columns: across, rows: down, height, width } = placeOf(size, columns);
  const plotWidth = useSignal(0);
  plotWidth.value = width + (state.article ? 0 : RIGHT);
  useEffect(() => {
    if (!seen) return undefined;
    state.store.look(tag, true);
    return () => state.store.look(tag, false);
  }, [seen, tag, state]);
  const name = [tag, owner].map((part) => part && visible(elideMiddle(part, 80))).filter(Boolean).join(" · ");
  const setSize = (to: "large" | "full") => state.setSize(id, size === to ? null : to);
  const picture = () => {
    const canvasLook = state.look.peek();
    downloadPicture(name, look.legend(), canvasLook, (context, pixels) => figure.paint(context, figure.scene(pixels)));
  };
  const drawn = scene.value;
  return (
    <section
      class="tbn-card"
      ref={card}
      aria-label={name}
      style={{ gridColumn: `span ${across}`, gridRow: `span ${down}` }}
      data-tag={tag}
      data-drawn={drawn !== null}
      {...look.hooks(drawn)}
    >
      <header class="tbn-card-head">
        <Name class="tbn-card-title" text={title} whole={tag} />
        {look.aside}
        <span class="tbn-anchor">
          <Menu label={`Options of ${name}`} icon={<Icon name="more" />} class="tbn-card-button">
            <MenuItem checked={size === "large"} onSelect={() => setSize("large")}>
              Enlarge
            </MenuItem>
            <MenuItem checked={size === "full"} onSelect={() => setSize("full")}>
              Full width
            </MenuItem>
            <MenuItem checked={state.isPinned(tag)} onSelect={() => state.togglePin(tag)}>
              Pin above the others
            </MenuItem>
            <MenuItem onSelect={picture}>Download PNG</MenuItem>
            <MenuItem onSelect={onCsv}>Download CSV</MenuItem>
          </Menu>
        </span>
      </header>
      {look.controls}
      <div class="tbn-plot-box">
        <Plate
          figure={figure}
          seen={seen}
          width={plotWidth}
          height={height + (size === null ? higher : 2 * higher)}
          label={look.label(drawn)}
          scene={scene}
          spot={spot}
        />
        {drawn !== null && spot.value !== null && <Tip card={card}>{look.tip(drawn, spot.value)}</Tip>}
      </div>
      {look.foot(drawn)}
    </section>
  );
}
