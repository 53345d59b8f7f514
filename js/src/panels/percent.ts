/** Which cards show shares, that are read as percentages. */
import type { Series } from "../store/series";
import type { TagData } from "../store/store";

/** What a tag that names a share has as one of its words. */
const WORDS = /^(acc|accuracy|precision|recall|sensitivity|specificity|f1|f1score|iou|miou|dice|auc|auroc|auprc|top\d+|acc\d+)$/;

/** The words of a tag: `val/accuracy_top5` has three, `valTop1` is one and has two. */
function wordsOf(tag: string): string[] {
  const end = tag.slice(-200);
  const apart = end.replace(/([a-z0-9])([A-Z])/g, "$1 $2");
  return `${end} ${apart}`.toLowerCase().split(/[^a-z0-9]+/);
}

interface Seen {
  epoch: number;
  /** Values looked at. */
  length: number;
  inside: boolean;
}

const seen = new WeakMap<Series, Seen>();

/** Whether all finite values of a series lie in [0, 1]; only what is new since the last call is looked at. */
function liesInside(series: Series): boolean {
  let known = seen.get(series);
  if (known?.epoch !== series.epoch) {
    known = { epoch: series.epoch, length: 0, inside: true };
    seen.set(series, known);
  }
  const { value } = series;
  for (let i = known.length; i < value.length && known.inside; i++) {
    const outside = Number.isFinite(value[i]) && (value[i]! < 0 || value[i]! > 1);
    if (outside) known.inside = false;
  }
  known.length = value.length;
  return known.inside;
}

/** Whether a card's values are shares: its tag says so, and all of them lie in [0, 1]. */
export function isShare({ tag, series }: TagData): boolean {
  return wordsOf(tag).some((word) => WORDS.test(word)) && series.every(liesInside);
}
