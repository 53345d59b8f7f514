import type { JSX } from "preact";
import type { Theme } from "../ui/tokens";
import { hashOf, type Hue, hueColor } from "./colour";
import type { Layout } from "./layout/layout";
import type { Model } from "./model";
import { shownText } from "./text";

interface LegendProps {
  readonly model: Model;
  readonly layout: Layout;
  readonly hues: ReadonlyMap<string, Hue>;
  readonly theme: Theme;
  readonly narrow: boolean;
}

const SHOWN = 6;

/** What the colours in sight stand for, and what the marks mean. */
export function Legend({ model, layout, hues, theme, narrow }: LegendProps): JSX.Element | null {
  const seen = new Map<string, Hue>();
  const see = (id: number): void => {
    const hash = hashOf(model, id) ?? "";
    const hue = hues.get(hash);
    if (hue !== undefined) seen.set(hash, hue);
  };
  for (const { node, style } of layout.nodes) {
    see(node.id);
    if (node.form === "box" && style === "full" && node.repeats === 1) (node.item.children ?? []).slice(0, 40).forEach(see);
  }
  const shown = [...hues].filter(([hash]) => seen.has(hash)).map(([, hue]) => hue);
  const bars = layout.nodes.some(({ node, style }) => node.form === "box" && style === "full" && (node.item.count ?? 0) > 0);
  const marks = layout.nodes.some(({ node }) => node.form === "rows" && node.rows.some((row) => (row.item.params?.length ?? 0) > 0));
  if (shown.length === 0 && !bars && !marks) return null;
  return (
    <ul class="tbn-key">
      {shown.slice(0, SHOWN).map((hue) => (
        <li key={`${hue.colour}:${hue.name}`}>
          <svg width="10" height="8" aria-hidden="true">
            <rect width="10" height="8" rx="2" fill={hueColor(theme, hue)} />
          </svg>
          <span><bdi>{shownText(hue.name).slice(0, 60)}</bdi> × {hue.times}</span>
        </li>
      ))}
      {shown.length > SHOWN && <li>and {shown.length - SHOWN} more structures</li>}
      {bars && !narrow && (
        <li>
          <svg width="26" height="8" aria-hidden="true">
            <rect class="tbn-track" y="2" width="26" height="4" rx="2" />
            <rect class="tbn-share" y="2" width="12" height="4" rx="2" />
          </svg>
          parameters, and their share
        </li>
      )}
      {marks && !narrow && (
        <li>
          <svg width="6" height="8" aria-hidden="true">
            <rect class="tbn-mark" y="1.5" width="5" height="5" rx="1" />
          </svg>
          a parameter tensor
        </li>
      )}
      {!narrow && (
        <li>
          <svg width="22" height="10" aria-hidden="true">
            <path class="tbn-wedge" d="M0 4.5L22 1V9L0 5.5Z" />
          </svg>
          size of the tensor
        </li>
      )}
    </ul>
  );
}
