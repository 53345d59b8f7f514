/** Styles of cards and charts. */
export const CARDS_CSS = `
.tbn-curves { padding-bottom: 8px; }
.tbn-group-head { padding-top: 20px !important; }
.tbn-view .tbn-group-head button { display: flex; align-items: baseline; gap: 6px; height: 20px; font-size: 13px; line-height: 20px; font-weight: 600; margin-left: -2px; }
.tbn-group-head .tbn-sign { width: 12px; height: 12px; align-self: center; }
.tbn-group-head .tbn-second { font-size: 12px; font-weight: 400; }
.tbn-cards { display: grid; grid-template-columns: repeat(var(--tbn-columns), minmax(0, 1fr)); gap: 16px 20px; padding-top: 6px; grid-auto-flow: row dense; align-items: start; }
/* A layer of its own: on a transparent ground a scrolled card would else be drawn anew in every frame. */
.tbn-card { min-width: 0; will-change: transform; }
.tbn-card-head { display: flex; align-items: center; gap: 8px; height: 24px; }
.tbn-card-title { flex: 1; font-weight: 500; }
.tbn-card-handle { display: flex; flex: 1; min-width: 0; cursor: grab; }
.tbn-coarse { flex: none; color: var(--tbn-second); cursor: default; }
.tbn-newest { display: flex; align-items: center; gap: 6px; flex: none; color: var(--tbn-second); }
.tbn-view .tbn-card-button { width: 20px; height: 20px; border-radius: 4px; }
.tbn-anchor > .tbn-card-button { margin-right: -2px; }
.tbn-view .tbn-card-button[aria-pressed="true"] { color: var(--tbn-text); background: var(--tbn-quiet); }
/* Clipped rather than gone, so that a key can reach them. */
.tbn-card-tools { display: flex; justify-content: flex-end; gap: 4px; flex: none; width: 0; margin-right: -8px; overflow: hidden; }
.tbn-card-head:focus-within .tbn-card-tools, .tbn-card:hover .tbn-card-tools { width: auto; margin-right: 0; overflow: visible; }
@media (pointer: coarse) { .tbn-card:hover .tbn-card-tools { width: 0; margin-right: -8px; overflow: hidden; } }
.tbn-plot-box { position: relative; }
.tbn-plot { position: relative; margin-right: -8px; }
.tbn-plot .gl-container, .tbn-layer { pointer-events: none; }
.tbn-layer, .tbn-axes { position: absolute; left: 0; top: 0; }
.tbn-axes { overflow: visible; font-size: 11px; white-space: pre; }
.tbn-axes path { fill: none; shape-rendering: crispEdges; }
/* A finger scrolls the page. */
@media (pointer: coarse) { .tbn-plot .draglayer, .tbn-plot .draglayer * { pointer-events: none !important; } }
.tbn-dragged { opacity: .5; }
.tbn-drop-mark { position: absolute; inset: -2px 0; z-index: 1; display: grid; place-items: center; border: 2px solid var(--tbn-accent); border-radius: 6px; pointer-events: none; }
.tbn-drop-mark span { padding: 3px 9px; border-radius: 4px; background: var(--tbn-accent-fill); color: #ffffff; font-weight: 500; max-width: 90%; }
.tbn-pill {
  position: absolute; bottom: 0; left: clamp(24px, var(--tbn-at), 100% - 20px); transform: translateX(-50%); height: 18px; padding: 0 6px; border-radius: 4px;
  background: var(--tbn-text); color: var(--tbn-ground); font-size: 11px; line-height: 18px; font-weight: 600; white-space: nowrap; pointer-events: none;
}
.tbn-selection { position: absolute; inset: 0; pointer-events: none; }
.tbn-range { position: absolute; top: var(--tbn-top); height: var(--tbn-high); background: var(--tbn-accent); opacity: .08; }
.tbn-edge { position: absolute; top: var(--tbn-top); bottom: 0; width: 9px; margin-left: -4px; pointer-events: auto; cursor: ew-resize; touch-action: none; }
.tbn-edge::before { content: ""; position: absolute; left: 4px; top: 0; width: 1px; height: var(--tbn-high); background: var(--tbn-accent); }
.tbn-edge-pill {
  position: absolute; bottom: 0; left: 4.5px; transform: translateX(-50%); height: 18px; padding: 0 6px; border-radius: 4px;
  background: var(--tbn-accent-fill); color: #ffffff; font-size: 11px; line-height: 18px; font-weight: 600; white-space: nowrap;
}
.tbn-edge-pill.tbn-before { transform: translateX(calc(-100% + 3px)); }
.tbn-edge-pill.tbn-behind { transform: translateX(-3px); }
.tbn-view .tbn-edge:focus-visible { outline: 0; }
.tbn-edge:focus-visible .tbn-edge-pill { outline: 2px solid var(--tbn-accent); outline-offset: 1px; }
.tbn-edge:focus-visible::before { width: 2px; }
.tbn-card-table { padding: 8px 0 0 38px; }
.tbn-selection-bar { padding-top: 10px; }
.tbn-selection-head { display: flex; align-items: center; gap: 10px; min-height: 28px; }
.tbn-selection-head strong { font-size: 13px; font-weight: 600; }
.tbn-view .tbn-outlined { height: 24px; padding: 0 9px; box-shadow: inset 0 0 0 1px var(--tbn-hairline); white-space: nowrap; }
.tbn-view .tbn-outlined:hover { background: var(--tbn-quiet); }
.tbn-view .tbn-fold { display: flex; align-items: center; gap: 6px; height: 24px; max-width: 100%; font-weight: 500; margin-left: -2px; }
.tbn-fold .tbn-sign { width: 12px; height: 12px; }
.tbn-table-box { max-height: 240px; overflow: auto; border-top: 1px solid var(--tbn-hairline); padding-top: 4px; }
.tbn-table { width: 100%; border-collapse: collapse; border: 0; margin: 0; font: inherit; }
.tbn-view .tbn-table :is(td, th) { padding: 0 0 0 14px; height: 22px; text-align: right; white-space: nowrap; font-weight: 400; border: 0; background: none; color: var(--tbn-second); }
.tbn-view .tbn-table :is(td, th).tbn-strong { font-weight: 600; color: var(--tbn-text); }
.tbn-view .tbn-table th:first-child { padding-left: 0; text-align: left; }
.tbn-view .tbn-table tbody th { display: flex; align-items: center; gap: 8px; color: var(--tbn-text); }
.tbn-table tbody th .tbn-elide { max-width: 30ch; }
.tbn-card-table tbody th .tbn-elide { max-width: 16ch; }
.tbn-view .tbn-card-table :is(td, th) { padding-left: 10px; }
.tbn-view .tbn-table thead button { height: 22px; font-size: 11px; color: inherit; border-radius: 3px; white-space: nowrap; }
.tbn-view .tbn-table thead th[aria-sort] button { color: var(--tbn-text); }
.tbn-view .tbn-table tr:nth-child(n) { background: none; }
.tbn-tooltip { padding: 6px 10px 8px; pointer-events: none; max-width: calc(100vw - 16px); overflow: hidden; }
.tbn-tooltip table { border-collapse: collapse; border: 0; margin: 0; font: inherit; table-layout: auto; }
.tbn-tooltip :is(td, th) { padding: 0 0 0 14px; height: 19px; text-align: right; white-space: nowrap; font-weight: 400; border: 0; background: none; max-width: none; }
.tbn-tooltip th { font-size: 11px; color: var(--tbn-second); }
.tbn-tooltip :is(td, th):first-child { padding-left: 0; text-align: left; }
.tbn-tooltip td:first-child { display: flex; align-items: center; gap: 8px; }
.tbn-tooltip td .tbn-elide { max-width: 30ch; }
@media (max-width: 560px) { .tbn-tooltip .tbn-clock { display: none; } }
.tbn-tooltip .tbn-strong { font-weight: 600; }
.tbn-tooltip tr:nth-child(n) { background: none; }
`;
