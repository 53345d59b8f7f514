/** Tick labels near the pill of a step give way to it. */
const NEAR = 36;

/** The x tick labels of a chart near any of these positions, CSS pixels from the chart's left edge. */
export function nearLabels(plot: HTMLElement, positions: readonly number[]): SVGTextElement[] {
  if (positions.length === 0) return [];
  return [...plot.querySelectorAll<SVGTextElement>(".xtick text")].filter((label) => {
    const at = Number(label.getAttribute("x"));
    return positions.some((position) => Math.abs(at - position) < NEAR);
  });
}

/**
 * Hide the x tick labels of a chart near a position.
 *
 * @param position CSS pixels from the chart's left edge; null: show all
 */
export function yieldTicks(plot: HTMLElement, position: number | null): void {
  const near = new Set(nearLabels(plot, position === null ? [] : [position]));
  for (const label of plot.querySelectorAll<SVGTextElement>(".xtick text")) label.style.visibility = near.has(label) ? "hidden" : "";
}
