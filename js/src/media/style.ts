/** Styles of what the panels of pictures, texts, sounds and distributions share. */
export const MEDIA_CSS = `
.tbn-step-slider { min-width: 0; gap: 8px; margin-left: -5px; }
.tbn-view .tbn-step-slider input { flex: 1; min-width: 48px; width: 160px; }
.tbn-step-slider output { font-weight: 500; white-space: nowrap; min-width: 4ch; }
.tbn-step-slider .tbn-second { white-space: nowrap; }
.tbn-view .tbn-step-slider :is(button, input):disabled { opacity: .5; cursor: default; }
.tbn-view .tbn-rate { padding: 0 6px; color: var(--tbn-second); }
/* What comes soon is not announced: a slider that is dragged would flicker. */
.tbn-coming { white-space: nowrap; animation: tbn-late 0s .4s backwards; }
.tbn-coming[data-followed="true"] { animation-delay: 3s; }
@keyframes tbn-late { from { position: absolute; visibility: hidden; } }
.tbn-media-controls { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; min-height: 32px; padding-top: 4px; }
`;
