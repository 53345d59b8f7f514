/** The dot and its words: how old is what one sees. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Store } from "../store/store";
import { clock } from "./clock";
import { elideMiddle, visible } from "./format";
import { Overlay } from "./overlay";
import { statusDetails, statusOf, type StatusFacts } from "./status-words";

export function factsOf(store: Store, now: number): StatusFacts {
  const { liveness } = store;
  const lastPoint = liveness.lastPoint.value;
  return {
    log: store.log.value,
    runs: store.runs.value,
    saved: liveness.saved.value === null ? null : new Date(liveness.saved.value.created),
    closed: liveness.closed.value,
    ended: liveness.ended.value,
    partial: store.partial.value,
    held: store.held.value,
    coming: store.coming.value,
    leftOut: store.leftOut.value,
    silent: liveness.silent(now),
    heard: liveness.heardAge(now),
    looked: liveness.lookAge(now),
    point: liveness.pointAge(now),
    lastPoint: lastPoint === null ? null : new Date(lastPoint * 1000),
  };
}

export function Status({ store }: { store: Store }): JSX.Element {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  // A message may be younger than the last tick of the clock.
  const now = Math.max(clock.value, store.liveness.heard.value?.at ?? 0);
  const facts = factsOf(store, now);
  const { state, words, progress } = statusOf(facts);
  const shown = visible(elideMiddle(words, 60));
  return (
    <>
      <button type="button" class="tbn-status" data-state={state} ref={anchor} aria-expanded={open} onClick={() => setOpen(!open)}>
        {progress === undefined ? (
          <i class="tbn-dot" />
        ) : (
          <progress class="tbn-progress" value={progress} max={1} aria-label="loaded so far" />
        )}
        <span>{shown}</span>
      </button>
      {open && (
        <Overlay anchor={anchor} side="right" onClose={() => setOpen(false)} class="tbn-note" label="How old this is">
          {statusDetails(facts).map((line) => (
            <p key={line}>{visible(elideMiddle(line, 300))}</p>
          ))}
        </Overlay>
      )}
    </>
  );
}
