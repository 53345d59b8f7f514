/** A picture of bytes that were found to be one: in a blob, at its place in a box. */
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { placed } from "./camera";
import type { Sniffed } from "./sniff";

type Place = ReturnType<typeof placed>;

export interface PictureProps {
  bytes: Uint8Array<ArrayBuffer>;
  found: Sniffed;
  place: Place;
  /** The browser could not make a picture of the bytes. */
  onFailed: () => void;
}

/** The address of the bytes ends with the picture: what is out of sight holds none. */
export function Picture({ bytes, found, place, onFailed }: PictureProps): JSX.Element {
  const image = useRef<HTMLImageElement>(null);
  useLayoutEffect(() => {
    const url = URL.createObjectURL(new Blob([bytes], { type: found.type }));
    image.current?.setAttribute("src", url);
    return () => URL.revokeObjectURL(url);
  }, [bytes]);
  const failed = (event: Event) => {
    // What failed may have been the picture before this one, which the browser had not read to its end.
    if (event.currentTarget === image.current && image.current?.complete === true && image.current.naturalWidth === 0) onFailed();
  };
  return <img class="tbn-pixels" ref={image} alt="" decoding="sync" draggable={false} style={styleOf(place)} onError={failed} />;
}

/** The first frame of a picture that moves. */
export function StillPicture({ bytes, found, place, onFailed }: PictureProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let gone = false;
    createImageBitmap(new Blob([bytes], { type: found.type })).then(
      (bitmap) => {
        if (!gone) canvas.current?.getContext("2d")?.drawImage(bitmap, 0, 0);
        bitmap.close();
      },
      () => {
        if (!gone) onFailed();
      },
    );
    return () => {
      gone = true;
    };
  }, [bytes]);
  return <canvas class="tbn-pixels" ref={canvas} width={found.width} height={found.height} style={styleOf(place)} />;
}

/** Pixels stay sharp where they are enlarged; where many fall on one the browser takes their mean. */
export function styleOf({ left, top, width, height, scale }: Place): Record<string, string> {
  return {
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    height: `${height}px`,
    imageRendering: scale >= 1 ? "pixelated" : "auto",
  };
}
