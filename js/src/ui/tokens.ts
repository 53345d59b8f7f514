/** Colours and fonts of a view: the CSS variables that all style sheets use, and the palette of the painters. */

export type Theme = "light" | "dark";

/** Run colours; the index travels with the run. Told apart also by the colour-blind (see the tests). */
export const RUN_COLORS: Readonly<Record<Theme, readonly string[]>> = {
  light: [
    "#1b53b9", "#df6e18", "#2ca079", "#a31b59", "#9a6ce5", "#7b5c00", "#03708d", "#9b674b", "#737c8e", "#d45eb1",
  ],
  dark: [
    "#4575ef", "#fea469", "#78cdb7", "#dc4f78", "#c49bfc", "#ad8820", "#469ab4", "#ad6d49", "#b2bbcf", "#ee6ccc",
  ],
};

export function runColor(theme: Theme, index: number): string {
  const colors = RUN_COLORS[theme];
  return colors[index % colors.length] ?? "#737c8e";
}

export const TOKENS = `
.tbn-view {
  --tbn-text: #1f2328;
  --tbn-second: #59636e;
  --tbn-hairline: rgba(31, 35, 40, .12);
  --tbn-grid: rgba(31, 35, 40, .08);
  --tbn-baseline: rgba(31, 35, 40, .28);
  --tbn-accent: #2f6fde;
  --tbn-accent-fill: #2f6fde;
  --tbn-quiet: rgba(31, 35, 40, .06);
  --tbn-track: rgba(31, 35, 40, .18);
  --tbn-overlay: #ffffff;
  --tbn-overlay-line: rgba(31, 35, 40, .14);
  --tbn-ground: var(--jp-layout-color0, var(--vscode-editor-background, #ffffff));
  --tbn-live: #1a9a3c;
  --tbn-waiting: #737c8e;
  --tbn-loading: #1b53b9;
  --tbn-silent: #7b5c00;
  --tbn-gone: #a31b59;
  --tbn-raw: .24;
  --tbn-older: .38;
  --tbn-font: var(--jp-ui-font-family, var(--vscode-font-family, system-ui)), system-ui, sans-serif;
  --tbn-mono: var(--jp-code-font-family, var(--vscode-editor-font-family, ui-monospace)), ui-monospace, monospace;
  color-scheme: light;
}
@media not print { .tbn-view[data-theme="dark"] {
  --tbn-text: #e6e8eb;
  --tbn-second: #9aa4af;
  --tbn-hairline: rgba(230, 232, 235, .14);
  --tbn-grid: rgba(230, 232, 235, .09);
  --tbn-baseline: rgba(230, 232, 235, .30);
  --tbn-accent: #6ea2ff;
  --tbn-accent-fill: #2f6fde;
  --tbn-quiet: rgba(230, 232, 235, .09);
  --tbn-track: rgba(230, 232, 235, .26);
  --tbn-overlay: #1a1e24;
  --tbn-overlay-line: rgba(230, 232, 235, .16);
  --tbn-ground: var(--jp-layout-color0, var(--vscode-editor-background, #111418));
  --tbn-live: #3fb950;
  --tbn-waiting: #b2bbcf;
  --tbn-loading: #4575ef;
  --tbn-silent: #ad8820;
  --tbn-gone: #dc4f78;
  --tbn-raw: .36;
  --tbn-older: .55;
  color-scheme: dark;
} }`;
