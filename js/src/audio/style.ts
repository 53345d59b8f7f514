/** Styles of sounds. */
export const AUDIO_CSS = `
.tbn-sound-card .tbn-card-head { height: auto; min-height: 24px; flex-wrap: wrap; }
.tbn-sounds { padding-bottom: 8px; min-width: 0; }
/* As high as with one sound, which is to come. */
.tbn-sounds[data-met="false"] { min-height: 92px; }
.tbn-sound { padding-bottom: 4px; }
.tbn-sound-label { display: block; padding-left: 24px; overflow-wrap: anywhere; }
.tbn-view .tbn-sound-note { padding: 2px 0 4px 24px; color: var(--tbn-second); overflow-wrap: anywhere; }
.tbn-player { display: flex; align-items: center; gap: 4px; }
.tbn-view .tbn-player .tbn-button { color: var(--tbn-text); margin-left: -4px; }
.tbn-view .tbn-player .tbn-button:disabled { opacity: .5; cursor: default; }
.tbn-wave { position: relative; flex: 1; min-width: 0; height: 44px; border-radius: 4px; background: var(--tbn-quiet); cursor: pointer; touch-action: pan-y; overflow: hidden; }
.tbn-view .tbn-wave:focus-visible { outline: 2px solid var(--tbn-accent); outline-offset: 1px; }
.tbn-wave canvas { display: block; width: 100%; height: 100%; }
.tbn-wave-played { position: absolute; inset: 0 auto 0 0; background: var(--tbn-quiet); border-right: 1.5px solid var(--tbn-text); pointer-events: none; }
.tbn-wave-played[style*="width: 0%"] { border-right-color: transparent; }
.tbn-view .tbn-sound-facts { display: flex; gap: 4px; padding-left: 24px; font-size: 11px; line-height: 16px; color: var(--tbn-second); white-space: nowrap; }
.tbn-sound-facts output { color: var(--tbn-text); }
.tbn-sound-facts :last-child { margin-left: auto; }
`;
