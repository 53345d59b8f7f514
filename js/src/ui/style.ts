/** The style sheet of a view, once a document or shadow root. */
import { GRAPH_CSS } from "../graph/style";

const MARK = "data-tbnotebook";
const CSS = ".tbn-view{font:12px system-ui}";

export function addStyle(root: Node): void {
  const place = root instanceof ShadowRoot ? root : (root.ownerDocument ?? (root as Document)).head;
  if (place.querySelector(`style[${MARK}]`) !== null) return;
  const style = place.ownerDocument.createElement("style");
  style.setAttribute(MARK, "");
  style.textContent = CSS + GRAPH_CSS;
  place.append(style);
}
