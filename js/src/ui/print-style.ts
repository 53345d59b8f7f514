/** How a view is printed: on white, all that it shows and nothing to press. */
export const PRINT_CSS = `
@media print {
  .tbn-view :is(
    .tbn-controls, .tbn-media-controls, .tbn-figure-tools, .tbn-hp-tools, .tbn-step-slider, .tbn-more, .tbn-resize, .tbn-summary > .tbn-button,
    .tbn-card-button, .tbn-card-head .tbn-link, .tbn-text-copy, .tbn-text-more, .tbn-stage-box > .tbn-button, .tbn-player > .tbn-button
  ) { display: none; }
  .tbn-view .tbn-scroll { max-height: none !important; overflow: visible; mask-image: none; }
  .tbn-view :is(.tbn-card, .tbn-tile, .tbn-text-head, .tbn-sound, .tbn-hp-row) { break-inside: avoid; }
  .tbn-view .tbn-text-card { break-inside: auto; }
  .tbn-view :is(.tbn-group-head, .tbn-card-head, .tbn-text-head) { break-after: avoid; }
  .tbn-view, .tbn-view * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  /* What was painted for a dark ground: light becomes dark, the hues stay about as they are. */
  .tbn-view[data-theme="dark"] canvas:not(.tbn-pixels) { filter: invert(1) hue-rotate(180deg); }
}
`;
