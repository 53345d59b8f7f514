/** Line icons, 16 × 16, in the colour of the text around them. */
import type { JSX } from "preact";

const PATHS = {
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M10.3 10.3 14 14",
  down: "M4 6.2 8 10l4-3.8",
  right: "M6.2 4 10 8l-3.8 4",
  fold: "M8 4 4 8l4 4M12.5 4l-4 4 4 4",
  sliders: "M2 5h7M12.5 5H14M2 11h1.5M7 11h7M10.8 3.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6M5.2 9.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6",
  warning: "M8 2.5 14.2 13H1.8ZM8 6.5v3M8 11.3h.01",
  check: "M3 8.5 6.5 12 13 4.5",
  close: "M4 4l8 8M12 4l-8 8",
  log: "M3 2.5v11h10.5M3 11h10.5M3 9h10.5M3 6.3h10.5M3 2.5h10.5",
  pin: "M5.7 2.5h4.6M6.4 2.5v4L4.5 9.2h7L9.6 6.5v-4M8 9.2v4.6",
  enlarge: "M9.7 2.7h3.6v3.6M13.3 2.7 9.5 6.5M6.3 13.3H2.7V9.7M2.7 13.3l3.8-3.8",
  shrink: "M13.5 2.5 9.7 6.3M9.7 2.9v3.4h3.4M2.5 13.5l3.8-3.8M6.3 13.1V9.7H2.9",
  play: "M5 3.2v9.6L12.8 8Z",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  list: "M5.5 4H14M5.5 8H14M5.5 12H14M2.2 4h.01M2.2 8h.01M2.2 12h.01",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="tbn-sign" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
