/** What has changed from one record of a text to another. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Payload } from "../store/media-series";
import { formatCount } from "../ui/format";
import { bodyOf, sourceOf } from "./body";
import { difference, folded, type DiffLine } from "./diff";
import { Folding } from "./folding";

/** Lines that are shown of a difference: more are told of, and are in the source. */
const MOST_LINES = 1000;

export function DiffView({ before, after }: { before: Payload; after: Payload }): JSX.Element {
  const lines = useMemo(() => difference(textOf(before), textOf(after)), [before, after]);
  if (lines === null) return <p class="tbn-text-note">These texts are too long to compare.</p>;
  if (before.at === after.at) return <p class="tbn-text-note">There is nothing before it to compare with.</p>;
  if (lines.every(({ mark }) => mark === "same")) return <p class="tbn-text-note">Nothing has changed.</p>;
  const rows = folded(lines);
  return (
    <Folding>
      <div class="tbn-diff" role="list" aria-label="Changes">
        {rows.slice(0, MOST_LINES).map((row, i) =>
          "skipped" in row ? (
            <div key={i} class="tbn-diff-skipped" role="listitem">
              {row.skipped === 1 ? "1 line alike" : `${formatCount(row.skipped)} lines alike`}
            </div>
          ) : (
            <Line key={i} line={row} />
          ),
        )}
      </div>
      {rows.length > MOST_LINES && <p class="tbn-text-note">{formatCount(rows.length - MOST_LINES)} more lines are not shown</p>}
    </Folding>
  );
}

function textOf(payload: Payload): string {
  return payload.error ?? sourceOf(bodyOf(payload));
}

const SIGNS = { same: "", inserted: "+", deleted: "−" } as const;
const SPOKEN = { same: null, inserted: "inserted", deleted: "deleted" } as const;

function Line({ line: { mark, pieces } }: { line: DiffLine }): JSX.Element {
  return (
    <div class="tbn-diff-line" role="listitem" data-mark={mark} data-whole={pieces.length === 1}>
      <span class="tbn-diff-sign" role="img" aria-label={SPOKEN[mark] ?? "alike"}>
        {SIGNS[mark]}
      </span>
      <span dir="auto">
        {pieces.map(({ mark, text }, i) =>
          mark === "inserted" ? <ins key={i}>{text}</ins> : mark === "deleted" ? <del key={i}>{text}</del> : text,
        )}
      </span>
    </div>
  );
}
