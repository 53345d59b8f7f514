/** Styles of the shell: line of controls, runs, status, overlays, blank states. Measures on a grid of 4 px. */
export const SHELL_CSS = `
.tbn-view {
  position: relative;
  box-sizing: border-box;
  /* At the right there is room for the head of a line that ends at the edge. */
  padding: 4px 10px 14px 2px;
  min-height: 80px;
  color: var(--tbn-text);
  font: 12px/16px var(--tbn-font);
  font-variant-numeric: tabular-nums;
  text-align: start;
}
.tbn-view *, .tbn-view *::before { box-sizing: border-box; }
.tbn-view button, .tbn-view input, .tbn-view select {
  font: inherit; font-variant-numeric: inherit; color: inherit; margin: 0; letter-spacing: inherit;
}
.tbn-view button { border: 0; padding: 0; background: none; border-radius: 6px; cursor: pointer; text-align: start; }
.tbn-view p, .tbn-view h2, .tbn-view h3, .tbn-view ul, .tbn-view li { margin: 0; padding: 0; list-style: none; font: inherit; color: inherit; }
.tbn-view :is(button, input, select, .tbn-plot, .tbn-scroll):focus-visible { outline: 2px solid var(--tbn-accent); outline-offset: 1px; }
.tbn-view .tbn-scroll:focus-visible { outline-offset: -2px; }
.tbn-second { color: var(--tbn-second); }
.tbn-mono, .tbn-view code { font-family: var(--tbn-mono); font-size: 12px; color: inherit; background: none; padding: 0; }
.tbn-sign { display: block; flex: none; fill: none; stroke: currentColor; stroke-width: 1.4; stroke-linecap: round; stroke-linejoin: round; }
.tbn-button .tbn-sign path[d^="M3.5 8h"] { stroke-width: 1.8; }

.tbn-elide { display: inline-flex; min-width: 0; max-width: 100%; white-space: pre; }
.tbn-elide-head { overflow: hidden; text-overflow: ellipsis; min-width: 1.2em; flex: 0 1 auto; }
.tbn-elide-tail { flex: none; max-width: 100%; overflow: hidden; text-overflow: ellipsis; }

.tbn-controls { display: flex; align-items: center; gap: 12px; height: 33px; padding-bottom: 9px; border-bottom: 1px solid var(--tbn-hairline); }
.tbn-gap { flex: 1; min-width: 0; }
.tbn-tabs { display: flex; gap: 18px; align-self: stretch; }
.tbn-view .tbn-tab { position: relative; height: 24px; white-space: nowrap; color: var(--tbn-second); border-radius: 4px; }
.tbn-view .tbn-tab[aria-selected="true"], .tbn-view .tbn-tab-menu { color: var(--tbn-text); font-weight: 600; }
.tbn-tab[aria-selected="true"]::after, .tbn-tab-menu::after {
  content: ""; position: absolute; inset: auto 0 -10px; height: 2px; background: var(--tbn-text);
}
.tbn-view .tbn-button.tbn-tab { display: flex; align-items: center; gap: 4px; width: auto; padding: 0; }
.tbn-view .tbn-tab:hover { color: var(--tbn-text); background: none; }

.tbn-smoothing, .tbn-slider { display: flex; align-items: center; gap: 10px; }
.tbn-smoothing output { min-width: 28px; font-weight: 500; }
.tbn-view :is(.tbn-smoothing, .tbn-slider) input {
  appearance: none; -webkit-appearance: none; width: 84px; height: 16px; background: none; cursor: pointer; border-radius: 4px;
}
:is(.tbn-smoothing, .tbn-slider) input::-webkit-slider-runnable-track {
  height: 2px; border-radius: 1px;
  background: linear-gradient(to right, var(--tbn-text) var(--tbn-share), var(--tbn-track) var(--tbn-share));
}
:is(.tbn-smoothing, .tbn-slider) input::-webkit-slider-thumb {
  appearance: none; -webkit-appearance: none; width: 10px; height: 10px; margin-top: -4px; border: 0; border-radius: 50%; background: var(--tbn-text);
}
:is(.tbn-smoothing, .tbn-slider) input::-moz-range-track { height: 2px; border-radius: 1px; background: var(--tbn-track); }
:is(.tbn-smoothing, .tbn-slider) input::-moz-range-progress { height: 2px; border-radius: 1px; background: var(--tbn-text); }
:is(.tbn-smoothing, .tbn-slider) input::-moz-range-thumb { width: 10px; height: 10px; border: 0; border-radius: 50%; background: var(--tbn-text); }

.tbn-segments { display: flex; }
.tbn-view .tbn-segment { height: 24px; padding: 0 7px; color: var(--tbn-second); }
.tbn-view .tbn-segment:hover { color: var(--tbn-text); }
.tbn-view .tbn-segment[aria-pressed="true"] { color: var(--tbn-text); font-weight: 500; background: var(--tbn-quiet); }

.tbn-field {
  display: flex; align-items: center; gap: 6px; height: 24px; padding: 0 8px;
  border-radius: 6px; color: var(--tbn-second); box-shadow: inset 0 0 0 1px var(--tbn-hairline);
}
.tbn-field:focus-within { box-shadow: inset 0 0 0 2px var(--tbn-accent); }
.tbn-field .tbn-sign { width: 13px; height: 13px; }
.tbn-view .tbn-field input {
  width: 100%; min-width: 0; height: 22px; padding: 0; border: 0; outline: 0; background: none; color: var(--tbn-text); box-shadow: none;
}
.tbn-view .tbn-field input:focus-visible { outline: 0; }
.tbn-field input::placeholder { color: var(--tbn-second); opacity: 1; }
.tbn-field input::-webkit-search-cancel-button { display: none; }
.tbn-filter { width: 112px; }

.tbn-view .tbn-button { display: flex; align-items: center; justify-content: center; flex: none; width: 24px; height: 24px; color: var(--tbn-second); }
.tbn-view .tbn-button:hover, .tbn-view .tbn-button[aria-expanded="true"] { color: var(--tbn-text); background: var(--tbn-quiet); }
.tbn-view .tbn-button[data-on="true"] { color: var(--tbn-accent); }
.tbn-view .tbn-worded { width: auto; gap: 2px; padding: 0 4px 0 7px; color: var(--tbn-text); }

/* The status floats, so that chips that need a second line have the whole of it. */
.tbn-runs { display: flow-root; padding-top: 8px; min-height: 32px; }
.tbn-runs > .tbn-state { float: right; margin-left: 18px; }
.tbn-chips { display: inline; }
.tbn-view .tbn-chips > :is(.tbn-grouping, .tbn-field) { display: inline-flex; vertical-align: top; }
.tbn-view .tbn-chips > .tbn-grouping { margin-left: -7px; }
.tbn-run-item { display: inline-flex; align-items: center; gap: 4px; height: 24px; min-width: 0; max-width: 100%; }
.tbn-chips .tbn-run-item { margin-right: 18px; vertical-align: top; }
.tbn-view .tbn-swatch-button { display: flex; align-items: center; flex: none; width: 22px; height: 24px; padding: 0 4px; margin-left: -4px; border-radius: 4px; }
.tbn-view .tbn-swatch-button:is(:hover, [aria-expanded="true"]) { background: var(--tbn-quiet); }
.tbn-palette { display: grid; grid-template-columns: repeat(5, 28px); gap: 4px; padding-bottom: 8px; }
.tbn-view .tbn-color { width: 28px; height: 28px; border-radius: 4px; }
.tbn-view .tbn-color[aria-pressed="true"] { box-shadow: inset 0 0 0 2px var(--tbn-overlay), 0 0 0 2px var(--tbn-text); }
.tbn-palette-foot { display: flex; align-items: center; justify-content: space-between; gap: 16px; min-height: 24px; }
.tbn-palette-foot label { display: flex; align-items: center; gap: 6px; }
.tbn-view .tbn-palette-foot input { width: 28px; height: 24px; padding: 0; border: 0; background: none; cursor: pointer; }
.tbn-folder { color: var(--tbn-second); line-height: 24px; max-width: 24ch; vertical-align: top; margin-right: 18px; }
.tbn-summary { display: flex; align-items: center; gap: 10px; min-width: 0; height: 24px; }
.tbn-summary .tbn-folder { margin-right: 0; }
.tbn-view .tbn-run { display: inline-flex; align-items: center; gap: 8px; height: 24px; min-width: 0; max-width: 100%; }
.tbn-run .tbn-elide { max-width: 32ch; }
.tbn-run:focus-visible .tbn-elide { max-width: none; }
.tbn-run[aria-pressed="false"] { color: var(--tbn-second); }
.tbn-run:hover .tbn-elide { text-decoration: underline; text-decoration-color: var(--tbn-hairline); text-underline-offset: 3px; }
.tbn-swatch { display: inline-block; flex: none; width: 14px; height: 3px; border-radius: 1.5px; }
.tbn-run-item[data-shown="false"] .tbn-swatch { height: 5px; border-radius: 2.5px; }
.tbn-small { width: 8px; }

.tbn-state { display: flex; align-items: center; gap: 12px; flex: none; max-width: 100%; margin-inline-start: auto; }
.tbn-view .tbn-status { display: flex; align-items: center; gap: 7px; height: 24px; color: var(--tbn-second); white-space: nowrap; }
/* In the line of a narrow view there may be less room than what a saved view lacks takes to say. */
.tbn-controls > .tbn-state { flex: 0 1 auto; min-width: 0; }
.tbn-controls > .tbn-state .tbn-status { min-width: 0; }
.tbn-status > span { min-width: 0; overflow: hidden; text-overflow: ellipsis; }
.tbn-dot { flex: none; width: 7px; height: 7px; border-radius: 50%; background: var(--tbn-waiting); }
.tbn-status[data-state="live"] .tbn-dot { background: var(--tbn-live); }
.tbn-status:is([data-state="loading"], [data-state="saved"]) .tbn-dot { background: var(--tbn-loading); }
.tbn-status[data-state="silent"] .tbn-dot { background: var(--tbn-silent); }
.tbn-status[data-state="gone"] .tbn-dot { background: var(--tbn-gone); }
.tbn-progress { appearance: none; -webkit-appearance: none; width: 64px; height: 3px; border: 0; border-radius: 2px; background: var(--tbn-track); overflow: hidden; }
.tbn-progress::-webkit-progress-bar { background: var(--tbn-track); }
.tbn-progress::-webkit-progress-value { background: var(--tbn-loading); }
.tbn-progress::-moz-progress-bar { background: var(--tbn-loading); }
.tbn-view .tbn-problems { display: flex; align-items: center; gap: 6px; height: 20px; padding: 0 9px 0 7px; border-radius: 10px; background: var(--tbn-quiet); white-space: nowrap; }
.tbn-problems .tbn-sign { width: 13px; height: 13px; color: var(--tbn-silent); }
.tbn-problems[data-grave="true"] .tbn-sign { color: var(--tbn-gone); }

.tbn-overlay {
  position: fixed; inset: auto; margin: 0; padding: 12px; border: 1px solid var(--tbn-overlay-line); border-radius: 6px;
  width: max-content; max-width: min(420px, calc(100vw - 16px)); max-height: 80vh; overflow: auto; z-index: 100;
  background: var(--tbn-overlay); color: var(--tbn-text); box-shadow: 0 4px 16px rgba(0, 0, 0, .12); font: 12px/16px var(--tbn-font);
}
.tbn-menu { padding: 4px; }
.tbn-view .tbn-menu-item { display: flex; align-items: center; gap: 6px; width: 100%; min-height: 28px; padding: 0 12px 0 4px; border-radius: 4px; }
.tbn-view .tbn-menu-item:is(:hover, :focus-visible) { background: var(--tbn-quiet); }
.tbn-check { width: 16px; flex: none; }
.tbn-menu-group { margin-top: 4px; padding-top: 4px; border-top: 1px solid var(--tbn-hairline); }
.tbn-menu-group:first-child { margin-top: 0; padding-top: 0; border-top: 0; }
.tbn-view .tbn-menu-title { padding: 4px 12px 2px 26px; font-size: 11px; color: var(--tbn-second); }
.tbn-note h3 { font-weight: 600; padding-bottom: 4px; }
.tbn-note li { padding: 4px 0; overflow-wrap: anywhere; }
.tbn-note p { color: var(--tbn-second); overflow-wrap: anywhere; }
.tbn-note .tbn-foot { margin-top: 6px; padding-top: 6px; border-top: 1px solid var(--tbn-hairline); }
.tbn-box.tbn-wide { width: min(360px, calc(100vw - 16px)); }
.tbn-box > :is(.tbn-control-row, .tbn-smoothing) { display: flex; align-items: center; min-height: 28px; }
.tbn-box > .tbn-control-row > :first-child, .tbn-box > .tbn-smoothing > :first-child { width: 72px; flex: none; }
.tbn-view .tbn-box .tbn-smoothing input { flex: 1; }
.tbn-box > .tbn-control-row > .tbn-field { flex: 1; }
.tbn-box .tbn-filter { width: 200px; }
.tbn-view .tbn-box-head { font-weight: 600; padding-bottom: 8px; }
.tbn-fields { display: flex; gap: 8px; padding-bottom: 8px; }
.tbn-number { width: 120px; }
.tbn-anchor { display: flex; flex: none; }

.tbn-view .tbn-link { color: var(--tbn-accent); border-radius: 3px; }
.tbn-link:hover { text-decoration: underline; }
.tbn-beside { display: grid; grid-template-columns: 264px minmax(0, 1fr); gap: 32px; }
.tbn-list { padding-top: 8px; min-width: 0; }
.tbn-list-tools { display: flex; gap: 8px; align-items: center; }
.tbn-list-tools .tbn-field { flex: 1; }
.tbn-view .tbn-list-sum { display: flex; justify-content: space-between; gap: 8px; color: var(--tbn-second); line-height: 28px; padding: 0 4px; }
.tbn-view .tbn-list-head { display: flex; justify-content: space-between; gap: 16px; padding: 2px 4px 4px; border-bottom: 1px solid var(--tbn-hairline); font-size: 11px; color: var(--tbn-second); }
.tbn-rows { padding-top: 4px; }
.tbn-rows .tbn-run-item { display: flex; height: 26px; padding: 0 4px; border-radius: 6px; }
.tbn-view .tbn-rows .tbn-run { display: flex; flex: 1; height: 26px; }
.tbn-rows .tbn-run-item:hover { background: var(--tbn-quiet); }
.tbn-rows .tbn-run .tbn-elide { flex: 1; max-width: none; }
.tbn-rows .tbn-group-row { display: flex; align-items: center; }
.tbn-rows .tbn-group-row .tbn-run-item { flex: 1; min-width: 0; }
.tbn-view .tbn-rows .tbn-group-row .tbn-run-item .tbn-elide { flex: 0 1 auto; }
.tbn-rows .tbn-group-row .tbn-value { margin-left: auto; }
.tbn-members .tbn-run-item { padding-left: 24px; }
.tbn-view .tbn-rows .tbn-members .tbn-run { height: 22px; }
.tbn-baseline { color: var(--tbn-second); }
.tbn-view .tbn-compare { display: block; margin: 8px 0; }
.tbn-count { white-space: nowrap; }
.tbn-view .tbn-list-sum .tbn-grouping { height: 28px; }
.tbn-pattern { margin: 0 4px 4px; }

.tbn-scroll { overflow: hidden; margin-right: -10px; padding-right: 10px; }
.tbn-scroll:focus-within { overflow-y: auto; scrollbar-width: thin; }
.tbn-scroll-box { position: relative; }
.tbn-scroll[data-more="true"]:not(:focus-within) { mask-image: linear-gradient(to top, transparent, #000 48px); }
.tbn-view .tbn-more {
  position: absolute; left: 50%; bottom: 4px; transform: translateX(-50%); display: flex; align-items: center; gap: 4px; height: 24px; padding: 0 10px 0 6px;
  border-radius: 12px; background: var(--tbn-overlay); color: var(--tbn-second); box-shadow: 0 0 0 1px var(--tbn-overlay-line);
}
.tbn-view .tbn-more:hover { color: var(--tbn-text); }
.tbn-view .tbn-resize { position: absolute; right: 8px; bottom: 0; width: 16px; height: 16px; padding: 3px; cursor: ns-resize; touch-action: none; }
.tbn-resize path { stroke: var(--tbn-second); stroke-width: 1.2; fill: none; }

.tbn-blank { padding: 34px 0 28px; color: var(--tbn-second); }
.tbn-view .tbn-blank h2 { font-size: 13px; font-weight: 600; color: var(--tbn-text); padding-bottom: 4px; }
.tbn-blank h2 code { font-size: 13px; font-weight: 500; }
.tbn-blank p + p, .tbn-blank .tbn-example + p { padding-top: 8px; }
.tbn-view .tbn-example { display: inline-block; margin-top: 6px; padding: 2px 6px; border-radius: 4px; background: var(--tbn-quiet); color: var(--tbn-text); }
.tbn-nothing { padding: 24px 0; color: var(--tbn-second); }
.tbn-view .tbn-untold { padding: 12px 0 4px; color: var(--tbn-second); }
.tbn-fault { padding: 8px 0; font: 12px/16px system-ui, sans-serif; }
@media (prefers-reduced-motion: no-preference) {
  .tbn-view :is(button, input) { transition: background-color .1s, color .1s; }
}
`;
