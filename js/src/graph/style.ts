/** Styles of the diagram. Colours and fonts come from the view's variables (ui/tokens.ts). */
export const GRAPH_CSS = `
.tbn-graph { color: var(--tbn-text); font-family: var(--tbn-font); font-size: 12px; line-height: 16px; position: relative; }
.tbn-graph button, .tbn-graph input { font: inherit; color: inherit; }
.tbn-graph .tbn-quiet { color: var(--tbn-second); }
.tbn-caption { display: flex; align-items: center; gap: 6px 16px; min-height: 32px; flex-wrap: wrap; padding-top: 4px; }
.tbn-crumbs { display: flex; font-size: 13px; min-width: 0; }
.tbn-crumbs span + span::before { content: "›"; margin: 0 7px; color: var(--tbn-second); font-weight: 400; }
.tbn-here { font-weight: 600; }
/* One line: a part for which there is no room is left out, not cut. */
.tbn-totals { color: var(--tbn-second); font-variant-numeric: tabular-nums; flex: 1 1 0; min-width: 104px; display: flex; flex-wrap: wrap; height: 16px; overflow: hidden; }
.tbn-totals span { white-space: nowrap; }
.tbn-totals span + span::before { content: "·"; margin: 0 4px; }
.tbn-tools { display: flex; align-items: center; gap: 4px; margin-left: auto; }
.tbn-icon { width: 24px; height: 24px; padding: 4px; border: 0; border-radius: 6px; background: none; cursor: pointer; color: var(--tbn-second); }
.tbn-graph .tbn-icon { color: var(--tbn-second); }
.tbn-icon:hover { background: var(--tbn-quiet); }
.tbn-icon svg, .tbn-find > svg { display: block; width: 16px; height: 16px; fill: none; stroke: currentColor; stroke-width: 1.4; stroke-linecap: round; stroke-linejoin: round; }
.tbn-graph button:focus-visible, .tbn-graph input:focus-visible { outline: 2px solid var(--tbn-accent); outline-offset: -1px; }
.tbn-find { position: relative; display: flex; align-items: center; }
.tbn-find > svg { position: absolute; left: 7px; width: 13px; height: 13px; color: var(--tbn-second); pointer-events: none; }
.tbn-find input { width: 150px; height: 24px; box-sizing: border-box; padding: 0 6px 0 26px; border: 1px solid var(--tbn-hairline); border-radius: 6px; background: none; }
.tbn-find input::placeholder { color: var(--tbn-second); opacity: 1; }
.tbn-narrow .tbn-find input { width: 118px; }
.tbn-found { position: absolute; right: 0; top: 28px; z-index: 3; margin: 0; padding: 4px; list-style: none; min-width: 100%; width: max-content; max-width: 340px; background: var(--tbn-overlay); border: 1px solid var(--tbn-overlay-line); border-radius: 6px; box-shadow: 0 4px 16px rgba(0, 0, 0, .12); }
.tbn-found li { padding: 2px 8px; }
.tbn-found li:has(button) { padding: 0; }
.tbn-found button { display: block; width: 100%; padding: 4px 8px; border: 0; border-radius: 4px; background: none; text-align: left; cursor: pointer; overflow-wrap: anywhere; }
.tbn-found button:hover, .tbn-found .tbn-at { background: var(--tbn-quiet); }
.tbn-canvas { position: relative; }
.tbn-svg { display: block; touch-action: pan-x pan-y; cursor: grab; user-select: none; -webkit-user-select: none; overflow: hidden; font-family: inherit; outline: none; }
.tbn-svg:active { cursor: grabbing; }
.tbn-svg text { font-size: 12px; fill: var(--tbn-text); font-variant-numeric: tabular-nums; }
.tbn-svg text, .tbn-svg tspan { unicode-bidi: isolate; }
.tbn-item { cursor: pointer; outline: none; --tbn-hue: var(--tbn-neutral); }
.tbn-svg { --tbn-neutral: #737c8e; --tbn-tint: 7.5%; --tbn-rim: 36%; --tbn-mark-fill: #8b949e; }
[data-theme="dark"] .tbn-svg { --tbn-neutral: #b2bbcf; --tbn-tint: 7%; --tbn-rim: 30%; --tbn-mark-fill: #7d8792; }
.tbn-graph { --tbn-mark-fill: #8b949e; }
[data-theme="dark"] .tbn-item[style] { --tbn-tint: 11%; --tbn-rim: 42%; }
.tbn-shape { fill: color-mix(in srgb, var(--tbn-hue) var(--tbn-tint), var(--tbn-ground)); stroke: color-mix(in srgb, var(--tbn-hue) var(--tbn-rim), var(--tbn-ground)); stroke-width: 1; }
.tbn-frame > .tbn-shape { fill: color-mix(in srgb, var(--tbn-hue) calc(var(--tbn-tint) * .75), var(--tbn-ground)); }
.tbn-dashed > .tbn-shape { stroke-dasharray: 4 3; }
.tbn-white { fill: var(--tbn-ground); stroke: color-mix(in srgb, var(--tbn-neutral) var(--tbn-rim), var(--tbn-ground)); }
.tbn-hit { fill: transparent; }
.tbn-rule { stroke: var(--tbn-hairline); }
.tbn-svg .tbn-name { font-size: 13px; font-weight: 600; }
.tbn-svg .tbn-times { font-weight: 600; fill: color-mix(in srgb, var(--tbn-hue) 70%, var(--tbn-text)); }
.tbn-svg .tbn-class { fill: var(--tbn-second); }
.tbn-svg .tbn-count { font-weight: 500; text-anchor: end; }
.tbn-svg .tbn-strong { font-weight: 600; }
.tbn-svg .tbn-row-class { font-size: 11px; fill: var(--tbn-second); }
.tbn-svg .tbn-row-count { font-size: 11px; font-weight: 500; text-anchor: end; }
.tbn-track { fill: var(--tbn-quiet); }
.tbn-share { fill: var(--tbn-mark-fill); }
.tbn-mark { fill: var(--tbn-mark-fill); }
.tbn-chevron path { fill: none; stroke: var(--tbn-second); stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.tbn-chevron:hover path { stroke: var(--tbn-text); }
.tbn-row .tbn-chevron { opacity: 0; }
.tbn-row:hover .tbn-chevron, .tbn-row:focus-visible .tbn-chevron, .tbn-row[aria-selected="true"] .tbn-chevron { opacity: 1; }
.tbn-svg .tbn-op text { font-size: 11.5px; fill: var(--tbn-second); }
.tbn-svg .tbn-param text { font-size: 11.5px; fill: var(--tbn-text); }
.tbn-svg .tbn-param .tbn-strong { font-weight: 500; }
.tbn-svg .tbn-param .tbn-quiet { fill: var(--tbn-second); }
.tbn-arm { fill: none; stroke: var(--tbn-mark-fill); stroke-width: 1.25; }
.tbn-svg .tbn-terminal text { font-weight: 500; }
.tbn-glyph { fill: none; stroke: var(--tbn-text); stroke-width: 1.5; stroke-linecap: round; }
.tbn-ring { fill: none; stroke: var(--tbn-accent); stroke-width: 2; pointer-events: none; }
.tbn-ring-row { fill: color-mix(in srgb, var(--tbn-accent) 10%, transparent); }
.tbn-item:focus-visible > .tbn-shape, .tbn-item:focus-visible > .tbn-white, .tbn-item:focus-visible > .tbn-hit { stroke: var(--tbn-accent); stroke-width: 2; }
.tbn-line { stroke-linejoin: round; }
.tbn-head { stroke: none; }
.tbn-waits .tbn-line { stroke-dasharray: 4 3; }
.tbn-lit .tbn-line { stroke: color-mix(in srgb, var(--tbn-accent) 36%, var(--tbn-ground)); }
.tbn-lit .tbn-head { fill: color-mix(in srgb, var(--tbn-accent) 50%, var(--tbn-ground)); }
.tbn-thread { stroke: var(--tbn-accent); stroke-width: 2; }
.tbn-svg .tbn-edge-label { font-size: 11.5px; fill: var(--tbn-second); paint-order: stroke; stroke: var(--tbn-ground); stroke-width: 4px; stroke-linejoin: round; pointer-events: none; }
.tbn-svg .tbn-framed { --tbn-hue: var(--tbn-neutral); stroke: color-mix(in srgb, var(--tbn-hue) calc(var(--tbn-tint) * .75), var(--tbn-ground)); }
[data-theme="dark"] .tbn-framed[style] { --tbn-tint: 11%; }
.tbn-mid .tbn-fine, .tbn-mid .tbn-class, .tbn-mid .tbn-row-class { display: none; }
.tbn-far .tbn-fine, .tbn-far .tbn-class, .tbn-far .tbn-row-class, .tbn-far .tbn-count, .tbn-far .tbn-edge-label, .tbn-far .tbn-row-name, .tbn-far .tbn-param { display: none; }
.tbn-map { position: absolute; left: 0; bottom: 8px; background: var(--tbn-ground); cursor: pointer; }
.tbn-sight { fill: none; stroke: var(--tbn-second); }
.tbn-details { position: absolute; top: 12px; right: 0; width: 234px; max-height: calc(100% - 24px); overflow: auto; overscroll-behavior: auto; box-sizing: border-box; padding: 0 0 8px 20px; border-left: 1px solid var(--tbn-hairline); background: var(--tbn-ground); z-index: 2; }
.tbn-narrow .tbn-details { position: relative; top: 0; width: 100%; max-height: none; border-left: 0; border-top: 1px solid var(--tbn-hairline); padding: 8px 0; }
.tbn-details h3 { margin: 0 28px 0 0; font-size: 13px; line-height: 18px; font-weight: 600; overflow-wrap: anywhere; }
.tbn-details p { margin: 0 0 6px; overflow-wrap: anywhere; }
.tbn-close { position: absolute; top: -2px; right: 0; }
.tbn-narrow .tbn-close { top: 6px; }
.tbn-right .tbn-details { position: relative; top: 0; width: 100%; max-height: none; border-left: 0; border-top: 1px solid var(--tbn-hairline); padding: 12px 10px; columns: 2; column-gap: 40px; }
.tbn-right .tbn-details dl { break-inside: avoid; }
.tbn-deeds { display: flex; gap: 16px; }
.tbn-link { padding: 0; border: 0; background: none; cursor: pointer; }
.tbn-graph .tbn-link { color: var(--tbn-accent); }
.tbn-details dl { display: grid; grid-template-columns: 84px minmax(0, 1fr); gap: 3px 10px; margin: 8px 0 0; padding: 8px 0 0; border-top: 1px solid var(--tbn-hairline); font-variant-numeric: tabular-nums; }
.tbn-details dl:empty { display: none; }
.tbn-details dt { color: var(--tbn-second); overflow-wrap: anywhere; }
.tbn-details dd { margin: 0; overflow-wrap: anywhere; grid-column: 2; }
.tbn-details .tbn-source { grid-column: 1 / -1; font-family: var(--tbn-mono); font-size: 11px; }
.tbn-graph .tbn-key { display: flex; flex-wrap: wrap; gap: 4px 20px; min-height: 20px; margin: 8px 0 0; padding: 0; list-style: none; font-size: 11px; color: var(--tbn-second); }
.tbn-graph .tbn-key li { display: flex; align-items: center; gap: 6px; }
.tbn-wedge { fill: #b9bfc7; }
[data-theme="dark"] .tbn-wedge { fill: #59626b; }
.tbn-takes { fill: var(--tbn-ground); stroke: var(--tbn-second); stroke-width: 1.5; }
.tbn-graph .tbn-select { height: 24px; max-width: 240px; padding: 0 4px; border: 1px solid var(--tbn-hairline); border-radius: 6px; background: var(--tbn-ground); color: var(--tbn-text); font: inherit; }
.tbn-graph .tbn-select:focus-visible { outline: 2px solid var(--tbn-accent); outline-offset: -1px; }
.tbn-within { stroke: none; }
.tbn-svg .tbn-op .tbn-shape ~ text { fill: var(--tbn-text); }
.tbn-ramp { width: 56px; height: 8px; border-radius: 2px; background: linear-gradient(to right, color-mix(in srgb, var(--tbn-accent) 3%, var(--tbn-ground)), color-mix(in srgb, var(--tbn-accent) 50%, var(--tbn-ground))); box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--tbn-accent) 30%, transparent); }
.tbn-crumbs button { padding: 0; border: 0; background: none; cursor: pointer; }
.tbn-graph .tbn-crumbs button { font-size: 13px; color: var(--tbn-second); }
.tbn-graph .tbn-crumbs .tbn-here button, .tbn-graph .tbn-here { color: var(--tbn-text); font-weight: 600; }
.tbn-crumbs button:hover { text-decoration: underline; text-underline-offset: 3px; text-decoration-color: var(--tbn-hairline); }
.tbn-graph .tbn-worded { white-space: nowrap; }
.tbn-graph .tbn-toggle { height: 24px; padding: 0 7px; border: 0; border-radius: 6px; background: none; color: var(--tbn-second); cursor: pointer; }
.tbn-graph .tbn-toggle[aria-pressed="true"] { color: var(--tbn-text); background: var(--tbn-quiet); font-weight: 500; }
.tbn-sides { display: flex; gap: 24px; align-items: flex-start; }
.tbn-sides.tbn-below { display: block; }
.tbn-layers { font-size: 12px; line-height: 16px; font-variant-numeric: tabular-nums; flex: none; }
.tbn-below .tbn-layers { margin-top: 12px; }
.tbn-layers-head, .tbn-module-row, .tbn-layers-foot { display: grid; grid-template-columns: minmax(96px, 1.5fr) minmax(90px, 1.1fr) minmax(108px, 1.15fr) 150px 140px; column-gap: 12px; align-items: center; padding: 0 10px; }
.tbn-barless :is(.tbn-layers-head, .tbn-module-row, .tbn-layers-foot) { grid-template-columns: minmax(96px, 1.4fr) minmax(80px, 1fr) minmax(104px, 1.1fr) 78px 64px; }
.tbn-classless :is(.tbn-layers-head, .tbn-module-row, .tbn-layers-foot) { grid-template-columns: minmax(90px, 1.2fr) minmax(96px, 1.2fr) 70px 54px; column-gap: 8px; padding: 0 4px; }
.tbn-layers-head { height: 26px; font-size: 11px; color: var(--tbn-second); border-bottom: 1px solid var(--tbn-hairline); }
.tbn-graph .tbn-layers-head button { padding: 0; border: 0; background: none; font-size: 11px; color: var(--tbn-second); cursor: pointer; white-space: nowrap; }
.tbn-graph .tbn-layers-head [aria-sort="ascending"] button, .tbn-graph .tbn-layers-head [aria-sort="descending"] button { color: var(--tbn-text); font-weight: 600; }
.tbn-layers-body { overflow: auto; outline: none; }
.tbn-layers-grid { outline: none; }
.tbn-layers-grid:focus-visible { outline: 2px solid var(--tbn-accent); outline-offset: -2px; border-radius: 6px; }
.tbn-module-row { height: 28px; box-sizing: border-box; border-bottom: 1px solid var(--tbn-grid); cursor: pointer; color: var(--tbn-second); }
.tbn-module-row:hover { background: var(--tbn-grid); }
.tbn-module-row > span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.tbn-module-row[aria-selected="true"] { background: color-mix(in srgb, var(--tbn-accent) 10%, transparent); box-shadow: inset 0 0 0 2px var(--tbn-accent); border-radius: 6px; }
.tbn-layer-name { color: var(--tbn-second); }
.tbn-layer-name.tbn-strong { color: var(--tbn-text); font-weight: 600; }
.tbn-layer-open { display: inline-block; width: 20px; height: 16px; vertical-align: -3px; }
.tbn-layer-open .tbn-sign { width: 14px; height: 14px; fill: none; stroke: var(--tbn-second); stroke-width: 1.5; }
.tbn-layer-hue { display: inline-block; width: 8px; height: 8px; border-radius: 2px; margin-right: 8px; }
.tbn-layers .tbn-number { display: flex; justify-content: flex-start; align-items: center; gap: 10px; color: var(--tbn-text); }
.tbn-layers :is(.tbn-module-row, .tbn-layers-foot, .tbn-layers-head) > .tbn-number { text-align: right; }
.tbn-barless .tbn-number { justify-content: flex-end; }
.tbn-layer-bar { flex: 1; display: flex; }
.tbn-layer-bar > span { height: 4px; border-radius: 2px; background: var(--tbn-mark-fill); }
.tbn-layers-foot { height: 28px; }
.tbn-graph .tbn-layers-foot .tbn-number { font-weight: 600; }
`;
