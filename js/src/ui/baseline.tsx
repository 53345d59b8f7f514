/** Says that what is drawn is no value but a comparison with a run, and ends it. */
import type { JSX } from "preact";
import type { Comparison } from "../maths/against";
import type { CurvesState } from "../panels/state";
import { Icon } from "./icons";
import { Name } from "./name";

const WAYS: readonly (readonly [Comparison, string])[] = [
  ["difference", "difference from"],
  ["ratio", "multiple of"],
];

export function BaselineChip({ state }: { state: CurvesState }): JSX.Element | null {
  const { options } = state;
  const baseline = options.get("baseline");
  if (baseline === "") return null;
  const how = options.get("compare");
  const other = WAYS.find(([way]) => way !== how)!;
  return (
    <span class="tbn-run-item tbn-baseline">
      <button type="button" class="tbn-link" title={`Draw the ${other[1]} it instead`} onClick={() => options.set("compare", other[0])}>
        {WAYS.find(([way]) => way === how)![1]}
      </button>
      <Name text={baseline} />
      <button type="button" class="tbn-button" aria-label="Compare no more" title="Compare no more" onClick={() => options.set("baseline", "")}>
        <Icon name="close" />
      </button>
    </span>
  );
}
