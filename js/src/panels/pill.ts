/** Tick labels near the cross-hair's step give way to it. */
const NEAR = 36;

/**
 * Hide the x tick labels of a chart near a position.
 *
 * @param position CSS pixels from the chart's left edge; null: show all
 */
export function yieldTicks(plot: HTMLElement, position: number | null): void {
  const left = plot.getBoundingClientRect().left;
  for (const label of plot.querySelectorAll<SVGTextElement>(".xtick text")) {
    const box = label.getBoundingClientRect();
    const near = position !== null && Math.abs((box.left + box.right) / 2 - left - position) < NEAR;
    label.style.visibility = near ? "hidden" : "";
  }
}
