/** Styles of texts. What stands in them is a document: it is set as one, in the figure's own type. */
export const TEXTS_CSS = `
.tbn-texts { --tbn-inserted: rgba(47, 111, 222, .13); --tbn-deleted: rgba(223, 110, 24, .15); --tbn-inserted-word: rgba(47, 111, 222, .28); --tbn-deleted-word: rgba(223, 110, 24, .32); }
.tbn-view[data-theme="dark"] .tbn-texts { --tbn-inserted: rgba(110, 162, 255, .16); --tbn-deleted: rgba(254, 164, 105, .15); --tbn-inserted-word: rgba(110, 162, 255, .3); --tbn-deleted-word: rgba(254, 164, 105, .28); }
.tbn-texts .tbn-cards { grid-template-columns: minmax(0, 1fr); gap: 20px 28px; }
.tbn-texts[data-columns="2"] .tbn-cards { grid-template-columns: repeat(2, minmax(0, 1fr)); }
.tbn-texts .tbn-select { height: 24px; max-width: 200px; padding: 0 4px; border: 1px solid var(--tbn-hairline); border-radius: 6px; background: var(--tbn-ground); color: var(--tbn-text); font: inherit; }
.tbn-text-card .tbn-card-head { height: auto; min-height: 24px; flex-wrap: wrap; }
.tbn-text-blocks { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(260px, 100%), 1fr)); gap: 12px 28px; align-items: start; }
.tbn-text-card[data-stacked="true"] .tbn-text-blocks { grid-template-columns: minmax(0, 1fr); }
.tbn-text-block { min-width: 0; }
.tbn-text-head { display: flex; align-items: center; gap: 8px; min-height: 24px; min-width: 0; }
.tbn-text-head > .tbn-elide { flex: 0 1 auto; }
.tbn-text-head > .tbn-second { flex: none; }
.tbn-view .tbn-text-copy { flex: none; height: 20px; margin-right: -6px; padding: 0 6px; border-radius: 4px; color: var(--tbn-second); }
.tbn-view .tbn-text-copy:hover { color: var(--tbn-text); background: var(--tbn-quiet); }
.tbn-view .tbn-text-note { padding: 4px 0; color: var(--tbn-second); }
.tbn-text-fold { overflow-x: auto; scrollbar-width: thin; padding: 6px 12px; border-inline-start: 2px solid var(--tbn-hairline); }
.tbn-text-fold[data-folded="true"] { max-height: 300px; overflow-y: hidden; mask-image: linear-gradient(to top, transparent, #000 40px); }
.tbn-view .tbn-text-fold:focus-visible { outline: 2px solid var(--tbn-accent); outline-offset: -2px; }
.tbn-view .tbn-text-more { display: block; height: 24px; margin-inline-start: 14px; }
@media print { .tbn-text-fold[data-folded="true"] { max-height: none; mask-image: none; } }

.tbn-md, .tbn-plain { max-width: 84ch; font-size: 13px; line-height: 20px; overflow-wrap: anywhere; text-align: start; }
.tbn-view .tbn-plain { margin: 0; padding: 0; border: 0; background: none; color: var(--tbn-text); font: 12px/18px var(--tbn-mono); white-space: pre-wrap; }
.tbn-view .tbn-md :is(p, ul, ol, dl, pre, table, blockquote, details) { margin: 0 0 8px; }
.tbn-view .tbn-md > :last-child, .tbn-view .tbn-md :is(li, td, th, blockquote) > :last-child { margin-bottom: 0; }
.tbn-view .tbn-md :is(h1, h2, h3, h4, h5, h6) { margin: 14px 0 6px; font-weight: 600; color: var(--tbn-text); }
.tbn-view .tbn-md > :first-child { margin-top: 0; }
.tbn-view .tbn-md h1 { font-size: 17px; line-height: 24px; }
.tbn-view .tbn-md h2 { font-size: 15px; line-height: 22px; }
.tbn-view .tbn-md h3 { font-size: 13px; line-height: 20px; }
.tbn-view .tbn-md :is(h4, h5, h6) { font-size: 13px; line-height: 20px; color: var(--tbn-second); }
.tbn-view .tbn-md :is(ul, ol) { padding-inline-start: 22px; }
.tbn-view .tbn-md ul > li { list-style: disc; }
.tbn-view .tbn-md ul ul > li { list-style: circle; }
.tbn-view .tbn-md ol > li { list-style: decimal; }
.tbn-view .tbn-md dd { margin: 0; padding-inline-start: 22px; }
.tbn-view .tbn-md blockquote { padding: 0 0 0 12px; border-inline-start: 3px solid var(--tbn-hairline); color: var(--tbn-second); background: none; }
.tbn-view .tbn-md a { color: var(--tbn-accent); text-decoration: underline; text-underline-offset: 2px; border-radius: 3px; }
.tbn-view .tbn-md a:focus-visible { outline: 2px solid var(--tbn-accent); outline-offset: 1px; }
.tbn-view .tbn-md :is(code, kbd, samp) { padding: 1px 4px; border-radius: 4px; background: var(--tbn-quiet); font: 12px/18px var(--tbn-mono); color: inherit; white-space: break-spaces; border: 0; box-shadow: none; }
.tbn-view .tbn-md pre { padding: 8px 10px; border-radius: 6px; border: 0; background: var(--tbn-quiet); color: var(--tbn-text); font: 12px/18px var(--tbn-mono); white-space: pre-wrap; }
.tbn-view .tbn-md pre code { padding: 0; background: none; white-space: inherit; }
.tbn-view .tbn-md mark { color: inherit; background: var(--tbn-deleted); }
.tbn-view .tbn-md hr { margin: 12px 0; border: 0; border-top: 1px solid var(--tbn-hairline); }
.tbn-view .tbn-md table { width: auto; border-collapse: collapse; border: 0; font: inherit; table-layout: auto; }
.tbn-view .tbn-md table :is(td, th) { padding: 3px 16px 3px 0; border: 0; border-bottom: 1px solid var(--tbn-hairline); background: none; color: inherit; vertical-align: top; overflow-wrap: break-word; max-width: 60ch; }
.tbn-view .tbn-md table :is(td, th):not([align]) { text-align: start; }
.tbn-view .tbn-md table th { font-size: 12px; font-weight: 600; }
.tbn-view .tbn-md table tr:nth-child(n) { background: none; }

.tbn-diff { font: 12px/18px var(--tbn-mono); overflow-wrap: anywhere; }
.tbn-diff-line { display: grid; grid-template-columns: 18px minmax(0, 1fr); white-space: pre-wrap; min-height: 18px; }
.tbn-diff-sign { color: var(--tbn-text); font-weight: 600; user-select: none; }
.tbn-diff-line[data-mark="inserted"] { background: var(--tbn-inserted); }
.tbn-diff-line[data-mark="deleted"] { background: var(--tbn-deleted); }
.tbn-diff-line :is(ins, del) { text-decoration: none; color: inherit; background: none; }
.tbn-diff-line[data-whole="false"] ins { background: var(--tbn-inserted-word); text-decoration: underline; }
.tbn-diff-line[data-whole="false"] del { background: var(--tbn-deleted-word); text-decoration: line-through; }
.tbn-view .tbn-diff-skipped { padding: 2px 0 2px 18px; color: var(--tbn-second); font-family: var(--tbn-font); }
`;
