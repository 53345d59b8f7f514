/** Numbers, times and names as a person reads them. */

const MINUS = "−";
const PREFIXES: readonly (readonly [number, string])[] = [
  [1e12, "T"],
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
];

/**
 * A value with a number of significant digits: `0.357`, `3.2e−5`, `90.3`, `12.5k`.
 *
 * Zeros at the end go, but for those that a reader needs to see that two values were given alike (`trim` false).
 */
export function formatValue(value: number, digits = 3, trim = true): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : `${value < 0 ? MINUS : ""}∞`;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e15) return scientific(value, digits);
  const rounded = Number(value.toPrecision(digits));
  const prefix = size >= 1e4 ? PREFIXES.find(([unit]) => Math.abs(rounded) >= unit) : undefined;
  const [unit, letter] = prefix ?? [1, ""];
  const scaled = rounded / unit;
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(scaled))));
  return signed(tidy(scaled.toFixed(decimals), trim)) + letter;
}

/** A share as a percentage: `90.3%`. */
export function formatShare(value: number): string {
  return inPercent(formatValue(100 * value), value);
}

function inPercent(text: string, value: number): string {
  return Number.isFinite(value) ? `${text}%` : text;
}

/**
 * Values of one table with as many digits as tell them apart: from 3 to 6.
 *
 * @param percent they are shares
 */
export function formatTogether(values: readonly number[], percent = false): string[] {
  if (percent) return formatTogether(values.map((value) => 100 * value)).map((text, i) => inPercent(text, values[i]!));
  const distinct = new Set(values);
  for (let digits = 3; digits < 6; digits++) {
    const texts = values.map((value) => formatValue(value, digits, false));
    if (new Set(texts).size >= distinct.size) return texts;
  }
  return values.map((value) => formatValue(value, 6, false));
}

/** A step: whole below 10 000, then `12.5k`, `1.25M`; with `exact` whole, in groups of three digits. */
export function formatStep(step: number, exact = false): string {
  if (Math.abs(step) < 1e4) return signed(String(Math.round(step * 100) / 100));
  return exact ? signed(formatCount(step)) : formatValue(step, 3);
}

function scientific(value: number, digits: number): string {
  const [mantissa = "", exponent = ""] = value.toExponential(digits - 1).split("e");
  const sign = exponent.startsWith("-") ? MINUS : "";
  return `${signed(tidy(mantissa, true))}e${sign}${exponent.slice(1)}`;
}

function tidy(text: string, trim: boolean): string {
  return trim && text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function signed(text: string): string {
  return text.startsWith("-") ? MINUS + text.slice(1) : text;
}

/** A number of things, in groups of three: `12 000`. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** A span of time: `0.4 s`, `12 s`, `3 m 20 s`, `1 h 05 m`, `2 d 03 h`. */
export function formatDuration(seconds: number): string {
  const sign = seconds < 0 ? MINUS : "";
  const size = Math.abs(seconds);
  if (size < 9.95) return `${sign}${size === 0 ? "0" : size.toFixed(1)} s`;
  const whole = Math.round(size);
  if (whole < 60) return `${sign}${whole} s`;
  if (whole < 3600) return sign + pair(whole, 60, "m", "s");
  const minutes = Math.round(size / 60);
  if (minutes < 1440) return sign + pair(minutes, 60, "h", "m");
  return sign + pair(Math.round(size / 3600), 24, "d", "h");
}

function pair(count: number, base: number, large: string, small: string): string {
  return `${Math.floor(count / base)} ${large} ${String(count % base).padStart(2, "0")} ${small}`;
}

/** An age in words that need not be exact: `0.4 s`, `12 s`, `5 min`, `2 h`, `3 days`. */
export function formatAge(seconds: number): string {
  if (seconds < 60) return formatDuration(seconds);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}

/** A count in full; where weights were counted, what they add up to: `12 000`, `3.25`. */
export function formatAmount(count: number): string {
  return Number.isInteger(count) ? formatCount(count) : formatValue(count, 4);
}

/** Two sizes in one unit: `212 of 640 MB`. */
export function formatBytesOf(part: number, whole: number): string {
  const [unit, name] = whole >= 1e9 ? [1e9, "GB"] : whole >= 1e6 ? [1e6, "MB"] : [1e3, "kB"];
  const digits = whole / unit < 10 ? 1 : 0;
  return `${(part / unit).toFixed(digits)} of ${(whole / unit).toFixed(digits)} ${name}`;
}

/** Time of day of the reader's clock, with the date where it is another day: `14:02`, `3 Nov 14:02`. */
export function formatMoment(when: Date, now: Date = new Date()): string {
  const time = `${String(when.getHours()).padStart(2, "0")}:${String(when.getMinutes()).padStart(2, "0")}`;
  if (when.toDateString() === now.toDateString()) return time;
  const year = when.getFullYear() === now.getFullYear() ? "" : ` ${when.getFullYear()}`;
  return `${when.getDate()} ${MONTHS[when.getMonth()] ?? ""}${year} ${time}`;
}

export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * Text with what cannot be seen made visible: controls, and the marks that turn or hide what stands around them.
 * A name that only looks like another is then seen to differ.
 */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (char) => ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const ESCAPES: Readonly<Partial<Record<string, string>>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0", "\x1b": "\\e" };
/** C0, DEL, C1, soft hyphen, zero-width and bidirectional marks, line separators, invisible operators, BOM, lone surrogates. */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex -- the controls are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Text of at most `limit` characters with its middle left out: the end tells long names apart.
 *
 * @param limit at least 3
 */
export function elideMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const tail = Math.ceil((limit - 1) / 2);
  const head = limit - 1 - tail;
  return `${wholeStart(text.slice(0, head))}…${wholeEnd(text.slice(text.length - tail))}`;
}

/** A cut must not leave half of a surrogate pair. */
function wholeStart(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
}

function wholeEnd(text: string): string {
  return /^[\udc00-\udfff]/.test(text) ? text.slice(1) : text;
}

/** Text for a label that Plotly draws: it reads tags, links and entities in labels. */
export function plotlyLabel(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\$/g, "&#36;");
}
