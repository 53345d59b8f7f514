/** Styles of figures that we draw ourselves. */
export const FIGURES_CSS = `
.tbn-plate { cursor: crosshair; }
.tbn-figure-tools { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; padding-top: 8px; }
.tbn-view .tbn-foot-line { min-height: 16px; padding-left: 38px; font-size: 11px; line-height: 16px; color: var(--tbn-second); }
.tbn-whose { display: flex; align-items: center; justify-content: flex-end; gap: 6px; flex: 1 1 auto; min-width: 0; color: var(--tbn-second); }
.tbn-card-head:has(> .tbn-whose) > .tbn-card-title { flex: 0 1 auto; }
.tbn-card-head > .tbn-card-title + .tbn-anchor { margin-left: auto; }
`;
