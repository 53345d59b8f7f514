const SHOWN = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-opacity", "opacity", "paint-order", "font-family", "font-size", "font-weight", "text-anchor"];

/** The diagram as a file of its own: styles written into each element, nothing that a person only points at. */
export function standalone(svg: SVGSVGElement, bounds: { left: number; right: number; height: number }, ground: string): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  inline(svg, copy);
  const margin = 16;
  const width = bounds.right - bounds.left + 2 * margin;
  const height = bounds.height + 2 * margin;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", `${bounds.left - margin} ${-margin} ${width} ${height}`);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.style.background = ground;
  copy.querySelector(".tbn-world")?.removeAttribute("transform");
  for (const element of copy.querySelectorAll(".tbn-chevron, .tbn-ring, .tbn-hit")) element.remove();
  for (const element of copy.querySelectorAll("*")) {
    for (const name of element.getAttributeNames()) if (/^(class|role|tabindex|aria-|data-)/.test(name)) element.removeAttribute(name);
  }
  return new XMLSerializer().serializeToString(copy);
}

function inline(from: Element, to: Element): void {
  const sources = from.querySelectorAll("rect, path, line, circle, text, tspan");
  const targets = to.querySelectorAll<SVGElement>("rect, path, line, circle, text, tspan");
  sources.forEach((source, i) => {
    const style = getComputedStyle(source);
    targets[i]?.setAttribute("style", SHOWN.map((name) => `${name}:${plainColor(style.getPropertyValue(name))}`).join(";"));
  });
}

/** Browsers give mixed colours as `color(srgb …)`, which editors of SVG do not read. */
export function plainColor(value: string): string {
  return value.replace(/color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)/g, (_, r: string, g: string, b: string, a?: string) => {
    const parts = [r, g, b].map((part) => Math.round(255 * Number(part)));
    return a === undefined ? `rgb(${parts.join(", ")})` : `rgba(${parts.join(", ")}, ${a})`;
  });
}

/** Hands a text to the browser as a download. */
export function download(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
