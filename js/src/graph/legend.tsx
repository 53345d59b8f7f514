import type { JSX } from "preact";
import type { Theme } from "../ui/tokens";
import { type Hue, hueColor } from "./colour";
import type { Layout } from "./layout/layout";
import { type Painting, RAMP_WORDS } from "./painting";
import { shownText } from "./text";

interface LegendProps {
  readonly layout: Layout;
  readonly painting: Painting;
  readonly theme: Theme;
  readonly narrow: boolean;
}

const SHOWN = 6;

/** What the colours in sight stand for, and what the marks mean. */
export function Legend({ layout, painting, theme, narrow }: LegendProps): JSX.Element | null {
  const seen = new Set<Hue>();
  const see = (id: number): void => {
    const hue = painting.hueOf(id);
    if (hue !== undefined) seen.add(hue);
  };
  for (const { node, style } of layout.nodes) {
    see(node.id);
    for (const row of node.rows) see(row.id);
    if (node.form === "box" && style === "full" && node.repeats === 1) (node.item.children ?? []).slice(0, 40).forEach(see);
  }
  const shown = painting.hues.filter((hue) => seen.has(hue));
  const { by } = painting;
  const bars = layout.nodes.some(({ node, style }) => node.form === "box" && style === "full" && (node.item.count ?? 0) > 0);
  const marks = layout.nodes.some(({ node }) => node.form === "rows" && node.rows.some((row) => (row.item.params?.length ?? 0) > 0));
  const ramp = by === "structure" || by === "class" ? null : RAMP_WORDS[by];
  const takes = layout.nodes.some(({ node }) => node.takes.length > 0);
  const waits = layout.edges.some(({ flows }) => flows.length === 0);
  if (shown.length === 0 && ramp === null && !bars && !marks && !takes && !waits) return null;
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
      {ramp !== null && (
        <li>
          <span class="tbn-quiet">0</span>
          <span class="tbn-ramp" aria-hidden="true" />
          <span>{ramp}</span>
        </li>
      )}
      {shown.length > SHOWN && <li>and {shown.length - SHOWN} more {by === "class" ? "classes" : "structures"}</li>}
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
      {takes && (
        <li>
          <svg width="9" height="9" aria-hidden="true">
            <circle class="tbn-takes" cx="4.5" cy="4.5" r="3.5" />
          </svg>
          also takes what is drawn aside
        </li>
      )}
      {waits && (
        <li>
          <svg width="26" height="8" class="tbn-waits" aria-hidden="true">
            <path class="tbn-line" stroke="currentColor" stroke-width="1.25" d="M0 4H26" />
          </svg>
          control edge, no tensor
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
