/** Words side by side of which one is chosen. */
import type { JSX } from "preact";

interface Segment {
  text: string;
  on: boolean;
  hook?: Record<string, string>;
  select: () => void;
}

export function Segments({ label, items }: { label: string; items: readonly Segment[] }): JSX.Element {
  return (
    <div class="tbn-segments" role="group" aria-label={label}>
      {items.map(({ text, on, hook, select }) => (
        <button key={text} type="button" class="tbn-segment" aria-pressed={on} onClick={select} {...hook}>
          {text}
        </button>
      ))}
    </div>
  );
}
