const SHOWN = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-opacity", "opacity", "paint-order", "font-family", "font-size", "font-weight", "text-anchor"];

interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

/** The diagram as a file of its own: styles written into each element, nothing that a person only points at. */
export function standalone(svg: SVGSVGElement, bounds: Bounds, ground: string): string {
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

export type ExportFormat = "svg" | "png";

/** Pixels of a picture for each of the diagram's; fewer where it would be too large for a canvas. */
const SHARP = 2;
const MOST_PIXELS = 64e6;
const LONGEST_SIDE = 16_000;
const RELEASE_MS = 60_000;

/** Hands the whole diagram to the reader as a file. */
export async function saveDiagram(svg: SVGSVGElement, bounds: Bounds, name: string, format: ExportFormat): Promise<void> {
  const ground = getComputedStyle(svg).getPropertyValue("--tbn-ground").trim();
  const drawing = new Blob([standalone(svg, bounds, ground)], { type: "image/svg+xml" });
  save(format === "svg" ? drawing : await rasterized(drawing, ground), `${name}.${format}`);
}

async function rasterized(drawing: Blob, ground: string): Promise<Blob> {
  const url = URL.createObjectURL(drawing);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { width, height } = image;
    const scale = Math.min(SHARP, Math.sqrt(MOST_PIXELS / (width * height)), LONGEST_SIDE / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.floor(width * scale));
    canvas.height = Math.max(1, Math.floor(height * scale));
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("this browser gives no canvas to draw the picture on");
    context.fillStyle = ground;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (blob === null) throw new Error(`a picture of ${canvas.width} × ${canvas.height} pixels cannot be made here`);
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Hands a file to the browser as a download. */
function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), RELEASE_MS);
}
