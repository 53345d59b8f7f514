/** What is done with one picture. */
import type { JSX } from "preact";
import { downloadBlob, fileName } from "../panels/download";
import type { MediaSeries } from "../store/media-series";
import { Icon } from "../ui/icons";
import { Menu, MenuGroup, MenuItem } from "../ui/menu";
import type { Cell } from "./cells";
import type { Sniffed } from "./sniff";
import type { ImagesState } from "./state";
import type { PictureChoice, StepChoice } from "./ui";

interface TileMenuProps {
  tag: string;
  cell: Cell<MediaSeries>;
  images: ImagesState;
  /** null: there is no picture to be seen. */
  found: Sniffed | null;
  label: string;
}

export function TileMenu({ tag, cell, images, found, label }: TileMenuProps): JSX.Element {
  const { series, at, part } = cell;
  const choice: PictureChoice = { run: images.runName(series), step: cell.step, part };
  const picking = images.picking.value;
  const first = picking?.tag === tag ? picking.choice : null;
  const to = (step: StepChoice) => images.setPair(tag, [choice, { ...choice, step }]);
  const save = () => {
    const bytes = series.payload(at)?.parts[part];
    if (bytes === undefined || found === null) return;
    downloadBlob(new Blob([bytes], { type: found.type }), nameOf(tag, cell, images, found));
  };
  return (
    <Menu label={`Options of ${label}`} icon={<Icon name="more" />} class="tbn-card-button tbn-tile-menu">
      {found !== null && <MenuItem onSelect={save}>Download {found.name}</MenuItem>}
      <MenuGroup label="Difference">
        {first === null || same(first, choice) ? (
          <MenuItem checked={first !== null} onSelect={() => (images.picking.value = first === null ? { tag, choice } : null)}>
            with another picture…
          </MenuItem>
        ) : (
          <MenuItem onSelect={() => images.setPair(tag, [first, choice])}>of the chosen picture and this one</MenuItem>
        )}
        <MenuItem onSelect={() => to("before")}>with the step before</MenuItem>
        <MenuItem onSelect={() => to("first")}>with the first step</MenuItem>
      </MenuGroup>
    </Menu>
  );
}

function same(a: PictureChoice, b: PictureChoice): boolean {
  return a.run === b.run && a.step === b.step && a.part === b.part;
}

/** `samples_run_step40.png` */
function nameOf(tag: string, { series, at, part, parts }: Cell<MediaSeries>, images: ImagesState, { ending }: Sniffed): string {
  const words = [tag, images.runLabel(series), `step${series.steps[at]}`, ...(parts > 1 ? [String(part + 1)] : [])];
  return `${words.map(fileName).join("_")}.${ending}`;
}
