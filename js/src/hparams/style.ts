/** Styles of the panel of hyperparameters. Colours and fonts come from the view's variables (ui/tokens.ts). */
export const HPARAMS_CSS = `
.tbn-hp { padding-bottom: 4px; }
.tbn-hp-tools { display: flex; align-items: center; gap: 4px 12px; flex-wrap: wrap; min-height: 28px; padding: 2px 0; }
.tbn-view .tbn-hp-button { display: inline-flex; align-items: center; gap: 2px; height: 24px; padding: 0 7px; white-space: nowrap; }
.tbn-view .tbn-hp-button:is(:hover, [aria-expanded="true"]) { background: var(--tbn-quiet); }
.tbn-hp-button .tbn-sign { color: var(--tbn-second); }
.tbn-hp-colour { display: flex; align-items: center; gap: 6px; }
.tbn-view .tbn-hp-select { height: 24px; max-width: 180px; min-width: 0; padding: 0 2px; border: 0; border-radius: 6px; background: var(--tbn-ground); color: var(--tbn-text); font-weight: 500; cursor: pointer; text-overflow: ellipsis; field-sizing: content; }
.tbn-hp-select:hover { background: var(--tbn-quiet); }
.tbn-hp-narrow .tbn-hp-ramp { display: none; }
.tbn-view .tbn-hp-narrow .tbn-hp-tools .tbn-hp-select { max-width: 120px; }
.tbn-hp-ramp { width: 48px; height: 6px; border-radius: 3px; background: linear-gradient(to right, rgb(168, 197, 245), rgb(16, 58, 140)); }
.tbn-view[data-theme="dark"] .tbn-hp-ramp { background: linear-gradient(to right, rgb(48, 82, 146), rgb(176, 206, 255)); }
.tbn-hp-plots { display: flex; flex-wrap: wrap; gap: 8px 24px; padding: 4px 0 8px; }
/* A shade at the right edge says that there is more, until what lies behind is scrolled to. */
.tbn-hp-parallel, .tbn-hp-grid {
  background: linear-gradient(to left, var(--tbn-ground) 40%, transparent) right / 32px 100% no-repeat local,
    linear-gradient(to left, var(--tbn-track), transparent) right / 10px 100% no-repeat scroll;
}
.tbn-hp-parallel { overflow-x: auto; overflow-y: hidden; scrollbar-width: thin; }
.tbn-view .tbn-hp-parallel:focus-visible { outline: 2px solid var(--tbn-accent); outline-offset: -2px; }
.tbn-hp-stage { position: relative; }
.tbn-hp-stage svg, .tbn-hp-canvas { position: absolute; left: 0; top: 0; display: block; }
.tbn-hp-canvas { pointer-events: none; }
.tbn-hp-stage text { font-size: 11px; fill: var(--tbn-second); font-variant-numeric: tabular-nums; unicode-bidi: isolate; user-select: none; -webkit-user-select: none; }
.tbn-hp-stage .tbn-hp-axis-name { font-size: 12px; font-weight: 500; fill: var(--tbn-text); }
.tbn-hp-axis line { stroke: var(--tbn-baseline); }
.tbn-hp-axis .tbn-hp-tick { paint-order: stroke; stroke: var(--tbn-ground); stroke-width: 3px; stroke-linejoin: round; pointer-events: none; }
.tbn-hp-strip { fill: transparent; cursor: ns-resize; touch-action: none; }
.tbn-hp-strip:hover { fill: var(--tbn-quiet); }
@media (pointer: coarse) { .tbn-hp-strip { pointer-events: none; } }
.tbn-hp-brush { fill: var(--tbn-accent); fill-opacity: .24; stroke: var(--tbn-accent); pointer-events: none; }
.tbn-hp-value { position: absolute; height: 18px; padding: 0 4px; border-radius: 4px; background: var(--tbn-ground); font-size: 11px; line-height: 18px; font-weight: 600; white-space: nowrap; pointer-events: none; }
.tbn-hp-value[data-last="true"] { transform: translateX(calc(-100% - 14px)); }
.tbn-hp-scatter-head { display: flex; align-items: center; gap: 4px; height: 28px; min-width: 0; }
.tbn-hp-points { cursor: crosshair; }
.tbn-hp-gridline { stroke: var(--tbn-grid); }
.tbn-hp-baseline { stroke: var(--tbn-baseline); }
.tbn-hp-rect { position: absolute; background: color-mix(in srgb, var(--tbn-accent) 10%, transparent); box-shadow: inset 0 0 0 1px var(--tbn-accent); pointer-events: none; }
.tbn-hp-note { position: absolute; display: flex; flex-direction: column; padding: 2px 6px; border-radius: 4px; background: var(--tbn-overlay); box-shadow: 0 0 0 1px var(--tbn-overlay-line); font-size: 11px; line-height: 15px; white-space: nowrap; pointer-events: none; }
.tbn-hp-note b { font-weight: 600; }
.tbn-hp-grid { overflow: auto hidden; scrollbar-width: thin; border-top: 1px solid var(--tbn-hairline); }
.tbn-hp-grid:focus-within { overflow-y: auto; }
.tbn-view .tbn-hp-grid:focus-visible { outline: 2px solid var(--tbn-accent); outline-offset: -2px; }
.tbn-hp-head, .tbn-hp-row { display: grid; grid-template-columns: var(--tbn-hp-columns); }
.tbn-hp-head, .tbn-hp-rows { min-width: var(--tbn-hp-width); }
.tbn-hp-head { position: sticky; top: 0; z-index: 2; height: 28px; background: var(--tbn-ground); border-bottom: 1px solid var(--tbn-hairline); font-size: 11px; color: var(--tbn-second); }
.tbn-hp-row { height: 26px; border-bottom: 1px solid var(--tbn-grid); cursor: default; }
.tbn-hp-cell { display: flex; align-items: center; min-width: 0; padding: 0 8px; white-space: nowrap; }
.tbn-hp-cell > bdi { overflow: hidden; text-overflow: ellipsis; }
.tbn-hp-right { justify-content: flex-end; }
.tbn-hp-cell[data-missing="true"] { color: var(--tbn-second); }
.tbn-hp-row[data-shown="false"] { color: var(--tbn-second); }
.tbn-hp-row[data-lit="true"] { background: var(--tbn-quiet); }
.tbn-hp-row[aria-selected="true"] { background: color-mix(in srgb, var(--tbn-accent) 10%, transparent); box-shadow: inset 2px 0 var(--tbn-accent); }
.tbn-hp-name, .tbn-hp-head > :first-child { position: sticky; left: 0; gap: 6px; z-index: 1; background: var(--tbn-ground); padding-left: 4px; }
.tbn-hp-row[data-lit="true"] .tbn-hp-name { background: linear-gradient(var(--tbn-quiet), var(--tbn-quiet)), var(--tbn-ground); }
.tbn-hp-row[aria-selected="true"] .tbn-hp-name { background: color-mix(in srgb, var(--tbn-accent) 10%, var(--tbn-ground)); box-shadow: inset 2px 0 var(--tbn-accent); }
.tbn-view .tbn-hp-check { flex: none; width: 20px; height: 24px; padding: 5px 4px; border-radius: 4px; }
.tbn-hp-check i { display: block; width: 12px; height: 12px; border-radius: 3px; box-shadow: inset 0 0 0 1.5px currentColor; }
.tbn-hp-check .tbn-sign { width: 12px; height: 12px; color: var(--tbn-ground); stroke-width: 2.4; }
.tbn-view .tbn-hp-go { min-width: 0; border-radius: 3px; }
.tbn-hp-go:hover .tbn-elide { text-decoration: underline; text-underline-offset: 3px; text-decoration-color: var(--tbn-second); }
.tbn-hp-head .tbn-hp-cell { padding-right: 0; gap: 2px; }
.tbn-hp-head .tbn-hp-right { padding-right: 8px; }
.tbn-hp-head [data-over="true"] { box-shadow: inset 2px 0 var(--tbn-accent); }
.tbn-view .tbn-hp-sort { display: flex; gap: 3px; min-width: 0; height: 24px; align-items: center; border-radius: 3px; }
.tbn-view [aria-sort="ascending"] > .tbn-hp-sort, .tbn-view [aria-sort="descending"] > .tbn-hp-sort { color: var(--tbn-text); font-weight: 600; }
.tbn-view .tbn-hp-menu { flex: none; width: 18px; height: 20px; padding: 3px; border-radius: 4px; color: var(--tbn-second); }
.tbn-hp-menu .tbn-sign { width: 12px; height: 12px; }
.tbn-view .tbn-hp-menu:is(:hover, [aria-expanded="true"]) { background: var(--tbn-quiet); color: var(--tbn-text); }
.tbn-view .tbn-hp-menu[data-on="true"] { color: var(--tbn-accent); }
.tbn-hp-right .tbn-hp-menu { order: -1; }
.tbn-hp-box { width: 240px; }
.tbn-hp-box > .tbn-control-row { padding-bottom: 8px; }
.tbn-hp-box .tbn-fields .tbn-field { flex: 1; min-width: 0; }
.tbn-hp-search { margin-bottom: 8px; }
.tbn-hp-choices { max-height: 220px; overflow: auto; }
.tbn-hp-option { display: flex; align-items: center; gap: 8px; min-height: 24px; }
.tbn-view .tbn-hp-option input { flex: none; accent-color: var(--tbn-accent-fill); }
.tbn-hp-option bdi { overflow-wrap: anywhere; min-width: 0; flex: 1; }
.tbn-hp-list + .tbn-hp-list { margin-top: 8px; }
.tbn-view .tbn-hp-deeds { display: flex; flex-wrap: wrap; gap: 4px 16px; padding-top: 10px; }
.tbn-view .tbn-hp-deeds button:disabled { color: var(--tbn-second); cursor: default; text-decoration: none; }
`;
