/** A text of a file as a page may show it, whatever its bytes are. */

/** C0 but tab and newline, DEL, C1, and the marks that turn what stands behind them; joiners are parts of words and emojis. */
// eslint-disable-next-line no-control-regex -- the controls are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const ESCAPES: Readonly<Partial<Record<string, string>>> = { "\0": "\\0", "\x1b": "\\e" };

/** Decode UTF-8; line ends are `\n`, and controls and marks that reorder text are visible. */
export function readable(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes).replace(/\r\n?/g, "\n");
  return text.replace(CONTROLS, (char) => ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
