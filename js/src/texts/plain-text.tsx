/** A text as it stands in the file. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { formatCount } from "../ui/format";

/** As much as is shown at first, and with each press: a page with all of a log would be slow. */
const AT_ONCE = 20_000;

export function PlainText({ text }: { text: string }): JSX.Element {
  const shown = useSignal(AT_ONCE);
  const cut = wholeStart(text, shown.value);
  return (
    <>
      <pre class="tbn-plain" dir="auto">
        {text.slice(0, cut)}
      </pre>
      {cut < text.length && (
        <p class="tbn-text-note">
          {formatCount(cut)} of {formatCount(text.length)} characters{" "}
          <button type="button" class="tbn-link" onClick={() => (shown.value *= 4)}>
            Show more
          </button>
        </p>
      )}
    </>
  );
}

/** A place no further than `at` that is not within a character. */
function wholeStart(text: string, at: number): number {
  if (at >= text.length) return text.length;
  return /[\ud800-\udbff]/.test(text[at - 1] ?? "") ? at - 1 : at;
}
