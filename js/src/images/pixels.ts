/** The pixels of a file that was found to be a picture. */
import type { Size } from "./camera";
import type { Sniffed } from "./sniff";

/** Of more pixels a smaller version is compared: both pictures, and what they differ by, are held at once. */
const MOST_PIXELS = 4 * 2 ** 20;

/** How large a picture is compared. */
export function comparedSize({ width, height }: Size): Size {
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
  return { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) };
}

/**
 * Decode a file; of one that moves, the first frame.
 *
 * @returns RGBA of `size`
 * @throws if the browser cannot make a picture of the bytes
 */
export async function pixelsOf(bytes: Uint8Array<ArrayBuffer>, { type }: Sniffed, { width, height }: Size): Promise<Uint8ClampedArray> {
  const options = { premultiplyAlpha: "none", colorSpaceConversion: "none" } as const;
  const bitmap = await createImageBitmap(new Blob([bytes], { type }), options);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("no canvas in this browser");
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height).data;
}
