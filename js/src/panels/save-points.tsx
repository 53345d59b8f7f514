/** The entries of a menu that save points as a file. */
import type { JSX } from "preact";
import type { TagData } from "../store/store";
import { formatCount } from "../ui/format";
import { MenuItem } from "../ui/menu";
import { downloadText, fileName } from "./download";
import { csvOf, heldOf, jsonOf, shownSeries } from "./point-file";
import type { CurvesState } from "./state";

interface SaveProps {
  tags: readonly TagData[];
  /** Of the file, without its ending. */
  name: string;
  state: CurvesState;
  /** What stands behind the format: empty, or which cards. */
  what: string;
}

/** What is shown, with all points that the page holds; how many those are is said where they are not all. */
export function SavePoints({ tags, name, state, what }: SaveProps): JSX.Element {
  const { held, total } = heldOf(shownSeries(tags, state.runOf.value));
  const part = held < total ? ` (${formatCount(held)} of ${formatCount(total)} points)` : "";
  const save = (ending: "csv" | "json") => {
    const all = shownSeries(tags, state.runOf.peek());
    const [pieces, type] = ending === "csv" ? [csvOf(all), "text/csv"] : [jsonOf(all), "application/json"];
    downloadText(pieces, type, `${fileName(name)}.${ending}`);
  };
  return (
    <>
      <MenuItem onSelect={() => save("csv")}>{`Download CSV${what}${part}`}</MenuItem>
      <MenuItem onSelect={() => save("json")}>{`Download JSON${what}${part}`}</MenuItem>
    </>
  );
}
