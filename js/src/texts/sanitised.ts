/**
 * Markdown of a file as elements that are harmless: the one module of the page that lets HTML be parsed.
 *
 * What a text may become stands in the two lists below. There is no source of an image, no style, class, id or name,
 * no form and no script in them, so that nothing is asked for, run, or taken for a part of the page. HTML is parsed in a
 * document of its own that loads nothing, and its nodes are taken from there, never written as text and parsed again.
 */
import DOMPurify from "dompurify";
import MarkdownIt, { type MarkdownIt as Parser } from "markdown-it";

/** What is longer, or has more elements, is not laid out: a reader would wait for it. */
export const MARKDOWN_LIMIT = 50_000;
const ELEMENTS_LIMIT = 5000;
/** Tags of HTML that a text may have, and how deep its elements may stand in each other; else all of them are shown as text. */
const TAGS_LIMIT = 1000;
const DEPTH_LIMIT = 40;

const TAGS = [
  ..."h1 h2 h3 h4 h5 h6 p div span br hr blockquote pre code kbd samp em strong b i u s del ins mark small sub sup a".split(" "),
  ..."ul ol li dl dt dd details summary table caption thead tbody tfoot tr th td img #text".split(" "),
];
const ATTRIBUTES = ["href", "alt", "align", "start"];
const TAG = /<[a-z]/gi;
const LINK = /^(?:https?:\/\/|mailto:)/i;
/**
 * A parser opens these again in every paragraph behind them, as often as they differ: without attributes they hardly do.
 * Only how long that takes depends on this.
 */
const REOPENED = /<(b|big|code|em|font|i|s|small|strike|strong|tt|u)\b[^>]*>/gi;

/** Lines stay lines: what is logged is a list of settings more often than prose that was wrapped. */
const OPTIONS = { linkify: false, typographer: false, breaks: true, maxNesting: 20 };
const withHtml = aligned(new MarkdownIt({ ...OPTIONS, html: true }));
const withoutHtml = aligned(new MarkdownIt({ ...OPTIONS, html: false }));

/**
 * Lay a text out.
 *
 * @returns its elements; null for one that is too long for that
 */
export function markdown(text: string): DocumentFragment | null {
  if (text.length > MARKDOWN_LIMIT) return null;
  if (isMoreThan(TAGS_LIMIT, TAG, text)) return laidOut(withoutHtml.render(text));
  const content = laidOut(withHtml.render(text).replace(REOPENED, "<$1>"));
  return content === null || depthOf(content) <= DEPTH_LIMIT ? content : laidOut(withoutHtml.render(text));
}

function laidOut(html: string): DocumentFragment | null {
  return isMoreThan(ELEMENTS_LIMIT, TAG, html) ? null : harmless(html);
}

function harmless(html: string): DocumentFragment {
  const content = DOMPurify.sanitize(html, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ADD_URI_SAFE_ATTR: ["align", "start"],
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false,
    ALLOWED_URI_REGEXP: LINK,
    ALLOWED_NAMESPACES: ["http://www.w3.org/1999/xhtml"],
    RETURN_DOM_FRAGMENT: true,
  });
  for (const link of content.querySelectorAll("a[href]")) {
    link.setAttribute("target", "_blank");
    link.setAttribute("rel", "noopener noreferrer nofollow");
  }
  // A picture in a text can only be asked for elsewhere, or be larger than it says.
  for (const image of content.querySelectorAll("img")) {
    const alt = image.getAttribute("alt") ?? "";
    image.replaceWith(alt === "" ? "[image]" : `[image: ${alt}]`);
  }
  return content;
}

/** Columns are aligned by an attribute: a style is none of those that are let through. */
function aligned(parser: Parser): Parser {
  parser.core.ruler.push("aligned", ({ tokens }) => {
    for (const token of tokens) {
      const style = token.attrGet("style");
      if (style !== null) token.attrs = [["align", String(style).replace("text-align:", "")]];
    }
  });
  return parser;
}

function isMoreThan(limit: number, pattern: RegExp, text: string): boolean {
  const matches = text.matchAll(pattern);
  for (let count = 0; count <= limit; count++) {
    if (matches.next().done === true) return false;
  }
  return true;
}

function depthOf(content: DocumentFragment): number {
  let deepest = 0;
  let level: Element[] = [...content.children];
  while (level.length > 0) {
    deepest++;
    level = level.flatMap((element) => [...element.children]);
  }
  return deepest;
}
