/** Canvases as sharp as the screen, and their pictures as files. */
import { fileName, saveUrl } from "../panels/download";
import type { CanvasLook } from "../panels/state";
import { elideMiddle, visible } from "../ui/format";
import type { Size } from "./axes";

/** Of a file; its plot is as large as that of a downloaded chart of curves. */
const PICTURE: Size = { width: 720, height: 400 };
const TITLE = 40;
const SHARPNESS = 2;

/** An empty canvas of a size to paint on, in CSS pixels; null where there is none. */
export function cleared(canvas: HTMLCanvasElement, { width, height }: Size): CanvasRenderingContext2D | null {
  const context = canvas.getContext("2d");
  if (context === null) return null;
  const ratio = window.devicePixelRatio || 1;
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** Let the reader save a picture, under its title, with these lines at its foot: the legend. */
export function downloadPicture(
  title: string,
  legend: readonly { color: string; text: string }[],
  look: CanvasLook,
  paint: (context: CanvasRenderingContext2D, size: Size) => void,
): void {
  const canvas = document.createElement("canvas");
  const foot = legend.length > 0 ? 28 : 8;
  canvas.width = SHARPNESS * PICTURE.width;
  canvas.height = SHARPNESS * (TITLE + PICTURE.height + foot);
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.scale(SHARPNESS, SHARPNESS);
  context.fillStyle = look.ground;
  context.fillRect(0, 0, PICTURE.width, TITLE + PICTURE.height + foot);
  context.fillStyle = look.text;
  context.font = `600 14px ${look.font}`;
  context.textBaseline = "middle";
  context.fillText(visible(elideMiddle(title, 90)), 12, TITLE / 2);
  context.save();
  context.translate(0, TITLE);
  paint(context, PICTURE);
  context.restore();
  paintLegend(context, legend, TITLE + PICTURE.height + foot / 2, look);
  saveUrl(canvas.toDataURL("image/png"), `${fileName(title)}.png`);
}

function paintLegend(context: CanvasRenderingContext2D, legend: readonly { color: string; text: string }[], y: number, look: CanvasLook): void {
  let x = 12;
  context.font = `12px ${look.font}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const { color, text } of legend) {
    const shown = visible(elideMiddle(text, 40));
    const width = 20 + context.measureText(shown).width + 16;
    if (x + width > PICTURE.width) return;
    context.fillStyle = color;
    context.fillRect(x, y - 1.5, 14, 3);
    context.fillStyle = look.text;
    context.fillText(shown, x + 20, y);
    x += width;
  }
}
