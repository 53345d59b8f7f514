/** Styles of the pictures and their cards. */
export const IMAGES_CSS = `
.tbn-image-card { display: flex; flex-direction: column; gap: 4px; }
.tbn-tiles { display: grid; grid-template-columns: repeat(var(--tbn-in-row), minmax(0, var(--tbn-tile))); gap: 10px 12px; align-items: start; justify-content: start; }
.tbn-tile { min-width: 0; }
.tbn-stage { position: relative; max-width: 100%; overflow: hidden; border-radius: 4px; background: var(--tbn-quiet); touch-action: pan-y pinch-zoom; }
.tbn-stage[data-zoomed="true"] { cursor: grab; touch-action: none; }
.tbn-stage[data-zoomed="true"]:active { cursor: grabbing; }
.tbn-view .tbn-stage:focus-visible { outline: 2px solid var(--tbn-accent); outline-offset: 1px; }
.tbn-tile[data-chosen="true"] .tbn-stage { box-shadow: 0 0 0 2px var(--tbn-accent); }
.tbn-view .tbn-pixels { position: absolute; max-width: none; max-height: none; margin: 0; padding: 0; border: 0; filter: var(--tbn-light); pointer-events: none; user-select: none; }
.tbn-view .tbn-pixels.tbn-plain { filter: none; }
.tbn-stage-empty { display: grid; place-items: center; padding: 6px 10px; color: var(--tbn-second); text-align: center; }
.tbn-stage-empty p { max-width: 100%; overflow-wrap: anywhere; }
.tbn-refused .tbn-sign { display: inline-block; vertical-align: -3px; color: var(--tbn-silent); }
.tbn-letter { position: absolute; left: 4px; top: 4px; min-width: 18px; height: 18px; border-radius: 4px; background: var(--tbn-text); color: var(--tbn-ground); font-size: 11px; line-height: 18px; font-weight: 600; text-align: center; }
.tbn-view .tbn-stage-box > .tbn-button { position: absolute; right: 4px; bottom: 4px; background: var(--tbn-overlay); color: var(--tbn-text); box-shadow: 0 0 0 1px var(--tbn-overlay-line); }
.tbn-stage-box > .tbn-coming { position: absolute; left: 4px; bottom: 4px; padding: 0 6px; border-radius: 4px; background: var(--tbn-overlay); font-size: 11px; line-height: 18px; box-shadow: 0 0 0 1px var(--tbn-overlay-line); pointer-events: none; }
.tbn-tile-foot { display: flex; align-items: center; gap: 6px; min-height: 22px; }
.tbn-tile-foot .tbn-second { white-space: nowrap; }
.tbn-tile-step { margin-left: auto; }
.tbn-stage-box { position: relative; max-width: 100%; }
.tbn-view .tbn-refused { color: var(--tbn-second); }
.tbn-view .tbn-tile-facts { font-size: 11px; color: var(--tbn-second); margin-top: -3px; }
.tbn-view .tbn-stage-box > .tbn-tile-menu { bottom: auto; top: 4px; opacity: 0; }
.tbn-view .tbn-stage-box > .tbn-button:is(:hover, [aria-expanded="true"]) { box-shadow: 0 0 0 1px var(--tbn-second); }
.tbn-view .tbn-tile:is(:hover, :focus-within) .tbn-stage-box > .tbn-tile-menu, .tbn-view .tbn-stage-box > .tbn-tile-menu[aria-expanded="true"] { opacity: 1; }
@media (pointer: coarse) { .tbn-view .tbn-tile .tbn-stage-box > .tbn-tile-menu { opacity: 1; } }
.tbn-view .tbn-picking { display: flex; gap: 10px; color: var(--tbn-second); }
.tbn-difference .tbn-segment { height: 20px; padding: 0 6px; }
.tbn-scale { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 6px; font-size: 11px; }
.tbn-scale-bar { flex: 1; min-width: 40px; height: 6px; border-radius: 3px; box-shadow: inset 0 0 0 1px var(--tbn-hairline); }
.tbn-scale-facts { flex-basis: 100%; }
.tbn-light { width: 280px; }
.tbn-view .tbn-light .tbn-smoothing input { flex: 1; }
.tbn-light-foot { display: flex; align-items: center; justify-content: space-between; gap: 12px; min-height: 28px; }
.tbn-light-foot label { display: flex; align-items: center; gap: 6px; }
.tbn-view .tbn-link:disabled { color: var(--tbn-second); cursor: default; text-decoration: none; }
`;
