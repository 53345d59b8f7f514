/** Styles of figures that we draw ourselves. */
export const FIGURES_CSS = `
.tbn-plate { cursor: crosshair; }
.tbn-figure-tools { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; padding-top: 8px; }
.tbn-view .tbn-foot-line { min-height: 16px; padding-left: 38px; font-size: 11px; line-height: 16px; color: var(--tbn-second); }
.tbn-whose { display: flex; align-items: center; justify-content: flex-end; gap: 6px; flex: 1 1 auto; min-width: 0; color: var(--tbn-second); }
/* Whose it is gives way first: what it is tells cards apart that stand side by side. */
.tbn-card-head:has(> .tbn-whose) > .tbn-card-title { flex: 0 1 auto; }
.tbn-card-head:has(> .tbn-whose .tbn-elide) > .tbn-card-title { flex: 0 0 auto; max-width: 55%; }
.tbn-card-head > .tbn-card-title + .tbn-anchor { margin-left: auto; }
.tbn-areas { padding: 6px 0 0 38px; min-height: 16px; }
.tbn-view .tbn-areas .tbn-table :is(td, th) { height: 20px; padding-left: 10px; }
.tbn-view .tbn-areas .tbn-table thead th { font-size: 11px; }
.tbn-view .tbn-areas .tbn-table th:first-child { display: table-cell; padding-left: 0; width: 100%; max-width: 0; }
.tbn-view .tbn-foot-note { font-size: 11px; color: var(--tbn-second); }
.tbn-areas .tbn-whose { justify-content: flex-start; color: var(--tbn-text); }
.tbn-view .tbn-tooltip .tbn-pr-tip :is(td, th):not(:first-child) { padding-left: 10px; }
@media (max-width: 560px) { .tbn-tooltip .tbn-pr-tip td .tbn-elide { max-width: 11ch; } }
`;
