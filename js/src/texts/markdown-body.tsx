/** Texts laid out as Markdown: one, or a table of them. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { formatCount } from "../ui/format";
import type { TextBody } from "./body";
import { PlainText } from "./plain-text";
import { MARKDOWN_LIMIT, markdown } from "./sanitised";

/** Rows of a table that are laid out at first, and with each press. */
const ROWS_AT_ONCE = 100;

export function MarkdownBody({ body: { rows } }: { body: TextBody }): JSX.Element {
  const only = rows.length === 1 && rows[0]!.length === 1 ? rows[0]![0]! : null;
  return only === null ? <Table rows={rows} /> : <Laid text={only} />;
}

function Laid({ text }: { text: string }): JSX.Element {
  const content = useMemo(() => markdown(text), [text]);
  if (content !== null && content.textContent.trim() === "" && text.trim() !== "") {
    return <p class="tbn-text-note">nothing of it may be shown as a page; its source has all</p>;
  }
  if (content !== null) return <Elements content={content} />;
  return (
    <>
      <p class="tbn-text-note">shown as plain text: {formatCount(text.length)} characters, or elements, are too many to lay out</p>
      <PlainText text={text} />
    </>
  );
}

function Table({ rows }: { rows: TextBody["rows"] }): JSX.Element {
  const count = useSignal(ROWS_AT_ONCE);
  const shown = rows.slice(0, count.value);
  const length = shown.reduce((sum, row) => sum + row.reduce((all, text) => all + text.length, 0), 0);
  const plain = length > MARKDOWN_LIMIT;
  return (
    <>
      {plain && <p class="tbn-text-note">shown as plain text: {formatCount(length)} characters</p>}
      <div class="tbn-md">
        <table>
          <tbody>
            {shown.map((row, i) => (
              <tr key={i}>
                {row.map((text, j) => (
                  <td key={j}>{plain ? <PlainText text={text} /> : <Laid text={text} />}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < rows.length && (
        <p class="tbn-text-note">
          {formatCount(shown.length)} of {formatCount(rows.length)} rows{" "}
          <button type="button" class="tbn-link" onClick={() => (count.value *= 4)}>
            Show more
          </button>
        </p>
      )}
    </>
  );
}

/** Elements that are harmless: `markdown` made them. */
function Elements({ content }: { content: DocumentFragment }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => place.current?.replaceChildren(content.cloneNode(true)), [content]);
  return <div class="tbn-md" dir="auto" ref={place} />;
}
