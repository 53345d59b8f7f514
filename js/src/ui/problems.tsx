/** The badge of damaged, unreadable and foreign files and of lost events. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Store } from "../store/store";
import type { Problem, RunInfo } from "../wire/frame";
import { elideMiddle, formatCount, visible } from "./format";
import { Icon } from "./icons";
import { Overlay } from "./overlay";

const SHOWN = 20;
/** Characters of a reason that the badge has room for; a longer one is told when it is opened. */
const BRIEF = 24;

export function ProblemsBadge({ store }: { store: Store }): JSX.Element | null {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const { count, items } = store.problems.value;
  const losses = store.runs.value.filter((run) => run.lost !== null);
  if (count === 0 && losses.length === 0) return null;
  const words = badgeWords(count, items, losses);
  return (
    <>
      <button
        type="button"
        class="tbn-problems"
        data-grave={losses.length > 0}
        ref={anchor}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="warning" />
        <span>{words}</span>
      </button>
      {open && (
        <Overlay anchor={anchor} side="right" onClose={() => setOpen(false)} class="tbn-note" label={words}>
          <h3>{words}</h3>
          <ul>
            {losses.map((run) => (
              <li key={run.id}>
                <bdi class="tbn-mono">{visible(elideMiddle(run.name, 60))}</bdi>
                <p>{lossWords(run)}</p>
              </li>
            ))}
            {items.slice(0, SHOWN).map((problem) => (
              <li key={`${problem.path}:${problem.offset}:${problem.reason}`}>
                <bdi class="tbn-mono">{visible(elideMiddle(problem.path, 48))}</bdi>
                <p>{problemWords(problem)}</p>
              </li>
            ))}
          </ul>
          {count > SHOWN && <p class="tbn-second">and {formatCount(count - Math.min(SHOWN, items.length))} more</p>}
          <p class="tbn-foot">Everything else is shown.</p>
        </Overlay>
      )}
    </>
  );
}

/** `1 record skipped`, `3 problems`, `12 000 events dropped (disk full)`. */
export function badgeWords(count: number, items: readonly Problem[], losses: readonly RunInfo[]): string {
  const dropped = losses.reduce((sum, run) => sum + (run.lost?.count ?? 0), 0);
  if (dropped > 0) {
    const reason = losses[0]?.lost?.reason ?? "";
    const brief = reason !== "" && reason.length <= BRIEF;
    return `${formatCount(dropped)} events dropped${brief ? ` (${visible(reason)})` : ""}`;
  }
  const kinds = new Set(items.map((item) => item.kind));
  const kind = kinds.size === 1 ? [...kinds][0] : undefined;
  const plural = count === 1 ? "" : "s";
  if (kind === "damaged") return `${formatCount(count)} record${plural} skipped`;
  if (kind === "unreadable") return `${formatCount(count)} file${plural} not readable`;
  if (kind === "foreign") return `${formatCount(count)} file${plural} not understood`;
  return `${formatCount(count)} problem${plural}`;
}

function problemWords({ reason, offset }: Problem): string {
  const text = visible(elideMiddle(reason, 300));
  return offset === null ? text : `at byte ${formatCount(offset)}: ${text}`;
}

function lossWords({ lost }: RunInfo): string {
  if (lost === null) return "";
  const steps = lost.steps === null ? "" : `, steps ${formatCount(lost.steps[0])} to ${formatCount(lost.steps[1])}`;
  return `${formatCount(lost.count)} events dropped${steps}: ${visible(elideMiddle(lost.reason, 200))}`;
}
