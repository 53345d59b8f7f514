/** A name that came from a file: plain text, isolated from the text around it, elided in its middle. */
import type { JSX } from "preact";
import { elideMiddle, visible } from "./format";

/** What of a name reaches the page: a tag can be 10 MB. */
const LIMIT = 300;
/** Characters at the end that stay when there is little room: the end tells names apart. */
const TAIL = 10;

interface NameProps {
  text: string;
  /** What the title says, if more than `text`. */
  whole?: string;
  class?: string;
}

export function Name({ text, whole = text, class: extra = "" }: NameProps): JSX.Element {
  const shown = visible(elideMiddle(text, LIMIT));
  const cut = splitPoint(shown);
  return (
    <bdi class={`tbn-elide ${extra}`} title={visible(elideMiddle(whole, 1000))}>
      {cut > 0 && <span class="tbn-elide-head">{shown.slice(0, cut)}</span>}
      <span class="tbn-elide-tail">{shown.slice(cut)}</span>
    </bdi>
  );
}

/** Where the elastic part ends; 0 for a short name. Never inside a surrogate pair. */
function splitPoint(text: string): number {
  if (text.length <= 2 * TAIL) return 0;
  const cut = text.length - TAIL;
  return /[\udc00-\udfff]/.test(text[cut] ?? "") ? cut - 1 : cut;
}
