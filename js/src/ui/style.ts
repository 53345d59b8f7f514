/** The style sheet of a view, once a document or shadow root. */
import { AUDIO_CSS } from "../audio/style";
import { FIGURES_CSS } from "../figures/style";
import { GRAPH_CSS } from "../graph/style";
import { HPARAMS_CSS } from "../hparams/style";
import { IMAGES_CSS } from "../images/style";
import { MEDIA_CSS } from "../media/style";
import { CARDS_CSS } from "../panels/style";
import { TEXTS_CSS } from "../texts/style";
import { PRINT_CSS } from "./print-style";
import { SHELL_CSS } from "./shell-style";
import { TOKENS } from "./tokens";

const MARK = "data-tbnotebook";

/** Add the style sheet to where an element lives; a sheet of another version of the bundle is replaced. */
export function addStyle(root: Node): void {
  const place = root instanceof ShadowRoot ? root : (root.ownerDocument ?? (root as Document)).head;
  const old = place.querySelector(`style[${MARK}]`);
  const style = old ?? place.ownerDocument.createElement("style");
  style.setAttribute(MARK, "");
  style.textContent = [TOKENS, SHELL_CSS, CARDS_CSS, GRAPH_CSS, MEDIA_CSS, AUDIO_CSS, FIGURES_CSS, HPARAMS_CSS, IMAGES_CSS, TEXTS_CSS, PRINT_CSS].join("\n");
  if (old === null) place.append(style);
}
