/** Which runs are one experiment, and how its curve is drawn. */
import type { JSX } from "preact";
import type { Centre, Spread } from "../maths/band";
import { HPARAM } from "../maths/seeds";
import type { CurvesState } from "../panels/state";
import { elideMiddle, visible } from "./format";
import { Icon } from "./icons";
import { Menu, MenuGroup, MenuItem } from "./menu";

const RULES: readonly (readonly [string, string])[] = [
  ["", "Not grouped"],
  ["seeds", "By seed"],
  ["folder", "By folder"],
];
const CENTRES: readonly (readonly [Centre, string])[] = [
  ["mean", "Mean"],
  ["median", "Median"],
];
const SPREADS: readonly (readonly [Spread, string])[] = [
  ["std", "Standard deviation"],
  ["stderr", "Standard error"],
  ["minmax", "Least to greatest"],
  ["none", "No band"],
];

/** Begins a pattern where there was none: what a name has before its last number. */
const FIRST_PATTERN = "^(.*?)[0-9]+$";

function isPattern(rule: string): boolean {
  return !rule.startsWith(HPARAM) && RULES.every(([known]) => known !== rule);
}

function hparamName(rule: string): string {
  return visible(elideMiddle(rule.startsWith(HPARAM) ? rule.slice(HPARAM.length) : rule, 40));
}

/** Absent where grouping has nothing to group: neither is it on, nor are there runs that differ in their seed, or were given the same. */
export function GroupMenu({ state }: { state: CurvesState }): JSX.Element | null {
  const { options } = state;
  const rule = options.get("groups");
  const useful = state.groupings.value;
  const rules = RULES.filter(([wanted]) => wanted === rule || wanted === "" || useful.includes(wanted));
  const hparams = useful.filter((one) => one.startsWith(HPARAM));
  if (rule.startsWith(HPARAM) && !hparams.includes(rule)) hparams.push(rule);
  if (rules.length === 1 && rule === "" && hparams.length === 0) return null;
  const custom = isPattern(rule);
  const word = rule === "" ? "group" : custom ? "by pattern" : `by ${rule === "seeds" ? "seed" : hparamName(rule)}`;
  const icon = (
    <>
      {word} <Icon name="down" />
    </>
  );
  return (
    <Menu label="Group runs" icon={icon} class="tbn-worded tbn-grouping">
      {rules.map(([wanted, text]) => (
        <MenuItem key={wanted} one checked={wanted === rule} onSelect={() => options.set("groups", wanted)}>
          {text}
        </MenuItem>
      ))}
      {hparams.length > 0 && (
        <MenuGroup label="By a hyperparameter">
          {hparams.map((wanted) => (
            <MenuItem key={wanted} one checked={wanted === rule} onSelect={() => options.set("groups", wanted)}>
              <bdi>{hparamName(wanted)}</bdi>
            </MenuItem>
          ))}
        </MenuGroup>
      )}
      <MenuItem one checked={custom} onSelect={() => options.set("groups", custom ? rule : FIRST_PATTERN)}>
        By a pattern
      </MenuItem>
      {rule !== "" && (
        <>
          <MenuGroup label="Curve of a group">
            {CENTRES.map(([name, text]) => (
              <MenuItem key={name} one checked={name === options.get("average")} onSelect={() => options.set("average", name)}>
                {text}
              </MenuItem>
            ))}
          </MenuGroup>
          <MenuGroup label="Band around it">
            {SPREADS.map(([name, text]) => (
              <MenuItem key={name} one checked={name === options.get("band")} onSelect={() => options.set("band", name)}>
                {text}
              </MenuItem>
            ))}
          </MenuGroup>
          <MenuItem checked={options.get("members")} onSelect={() => options.set("members", !options.peek("members"))}>
            Its runs, faintly
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

/** The pattern by which runs are grouped, where it is one that a person wrote. */
export function GroupPattern({ state }: { state: CurvesState }): JSX.Element | null {
  const { options } = state;
  const rule = options.get("groups");
  if (!isPattern(rule)) return null;
  return (
    <label class="tbn-field tbn-pattern">
      <span class="tbn-second">Same</span>
      <input
        type="text"
        aria-label="Regular expression: runs are a group if its groups find the same in their names"
        value={rule}
        spellcheck={false}
        // An empty pattern would take this field away under the hands.
        onInput={(event) => options.set("groups", event.currentTarget.value || "()")}
      />
    </label>
  );
}
