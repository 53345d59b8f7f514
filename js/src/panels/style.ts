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
.tbn-newest { display: flex; align-items: center; gap: 6px; flex: none; color: var(--tbn-second); }
.tbn-view .tbn-card-button { width: 20px; height: 20px; border-radius: 4px; }
.tbn-anchor > .tbn-card-button { margin-right: -2px; }
.tbn-view .tbn-card-button[aria-pressed="true"] { color: var(--tbn-text); background: var(--tbn-quiet); }
/* Clipped rather than gone, so that a key can reach them. */
.tbn-card-tools { display: flex; gap: 4px; flex: none; width: 0; margin-right: -8px; overflow: hidden; }
.tbn-card-head:focus-within .tbn-card-tools, .tbn-card:hover .tbn-card-tools { width: auto; margin-right: 0; overflow: visible; }
@media (pointer: coarse) { .tbn-card:hover .tbn-card-tools { width: 0; margin-right: -8px; overflow: hidden; } }
.tbn-plot-box { position: relative; }
.tbn-plot { position: relative; margin-right: -8px; }
.tbn-plot .gl-container, .tbn-layer { pointer-events: none; }
.tbn-layer { position: absolute; left: 0; top: 0; }
/* A finger scrolls the page. */
@media (pointer: coarse) { .tbn-plot .draglayer, .tbn-plot .draglayer * { pointer-events: none !important; } }
.tbn-pill {
  position: absolute; bottom: 0; left: clamp(24px, var(--tbn-at), 100% - 20px); transform: translateX(-50%); height: 18px; padding: 0 6px; border-radius: 4px;
  background: var(--tbn-text); color: var(--tbn-ground); font-size: 11px; line-height: 18px; font-weight: 600; white-space: nowrap; pointer-events: none;
}
.tbn-tooltip { padding: 6px 10px 8px; pointer-events: none; max-width: min(600px, calc(100vw - 16px)); overflow: hidden; }
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
