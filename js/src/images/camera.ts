/** Which part of a picture is looked at, and where it stands then. Pure. */

export interface Size {
  width: number;
  height: number;
}

/** What all pictures of a card are looked at by, whatever their sizes. */
export interface Look {
  /** 1: the whole picture fits. */
  zoom: number;
  /** What stands in the middle, as shares of the picture. */
  x: number;
  y: number;
}

export const WHOLE: Look = { zoom: 1, x: 0.5, y: 0.5 };
/** A pixel never becomes larger than this, CSS pixels. */
const LARGEST_PIXEL = 96;

/**
 * CSS pixels that a pixel takes where the whole picture fits into a box.
 *
 * A small picture is drawn in whole multiples, so that all of its pixels are of one size.
 */
export function fittingScale(picture: Size, box: Size): number {
  const scale = Math.min(box.width / picture.width, box.height / picture.height);
  return scale > 1 ? Math.floor(scale) : scale;
}

/** The look at which a pixel takes `scale` CSS pixels. */
export function atScale(look: Look, scale: number, picture: Size, box: Size): Look {
  return clamped({ ...look, zoom: scale / fittingScale(picture, box) }, picture, box);
}

/** Where the picture stands in the box, CSS pixels. */
export function placed(look: Look, picture: Size, box: Size): Size & { left: number; top: number; scale: number } {
  const scale = look.zoom * fittingScale(picture, box);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return { left: box.width / 2 - look.x * width, top: box.height / 2 - look.y * height, width, height, scale };
}

/**
 * Zoom about a place of the box.
 *
 * @param at CSS pixels from the box's upper left corner
 */
export function zoomed(look: Look, factor: number, at: { x: number; y: number }, picture: Size, box: Size): Look {
  const before = placed(look, picture, box);
  const zoom = Math.max(Math.min(1, look.zoom), Math.min(look.zoom * factor, LARGEST_PIXEL / fittingScale(picture, box)));
  const ratio = zoom / look.zoom;
  // The point under the pointer stays.
  const x = look.x + ((at.x - box.width / 2) / before.width) * (1 - 1 / ratio);
  const y = look.y + ((at.y - box.height / 2) / before.height) * (1 - 1 / ratio);
  return clamped({ zoom, x, y }, picture, box);
}

/** Move the picture by CSS pixels. */
export function moved(look: Look, by: { x: number; y: number }, picture: Size, box: Size): Look {
  const { width, height } = placed(look, picture, box);
  return clamped({ ...look, x: look.x - by.x / width, y: look.y - by.y / height }, picture, box);
}

/** A picture that is larger than the box covers it; else it stands in its middle. */
function clamped(look: Look, picture: Size, box: Size): Look {
  const { width, height } = placed(look, picture, box);
  return { zoom: look.zoom, x: clampedShare(look.x, width, box.width), y: clampedShare(look.y, height, box.height) };
}

function clampedShare(middle: number, length: number, room: number): number {
  if (length <= room) return 0.5;
  const half = room / length / 2;
  return Math.max(half, Math.min(1 - half, middle));
}
