/** How two pictures of a card differ: a picture of its own, with the scale of its colours. */
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { MediaSeries } from "../store/media-series";
import { elideMiddle, formatCount, formatValue, visible } from "../ui/format";
import { Segments } from "../ui/segments";
import { placed, type Size } from "./camera";
import type { Cell } from "./cells";
import { differenceOf, LESS, MORE, type Difference, type DifferenceKind } from "./difference";
import { foundIn } from "./found";
import { lackOf } from "./lack";
import { styleOf } from "./picture";
import { comparedSize, pixelsOf } from "./pixels";
import type { Sniffed } from "./sniff";
import { Stage } from "./stage";
import type { ImagesState } from "./state";

interface DifferenceProps {
  tag: string;
  pair: readonly [Cell<MediaSeries>, Cell<MediaSeries>];
  images: ImagesState;
  box: Size;
  onStep: (by: number) => void;
}

interface File {
  bytes: Uint8Array<ArrayBuffer>;
  found: Sniffed;
}

interface Compared extends Difference, Size {
  /** Large pictures are compared smaller than they are. */
  smaller: boolean;
}

type Result = Compared | { reason: string } | null;

export function DifferenceTile({ tag, pair, images, box, onStep }: DifferenceProps): JSX.Element {
  const [first, second] = pair.map(fileOf);
  const kind = images.difference.value;
  const result = useDifference(first ?? null, second ?? null, kind);
  const lack = lackOf(pair, images.view.store.media);
  const label = `Difference of two pictures: ${visible(elideMiddle(tag, 80))}`;
  return (
    <div class="tbn-tile tbn-difference" data-largest={result !== null && "largest" in result ? result.largest : undefined}>
      {result !== null && "pixels" in result && first ? (
        <Stage tag={tag} images={images} picture={first.found} box={box} label={`${label}, ${factsOf(result)}`} onStep={onStep}>
          <Drawn result={result} place={placed(images.look(tag, first.found, box), first.found, box)} />
        </Stage>
      ) : (
        <div class="tbn-stage tbn-stage-empty" style={{ minHeight: `${box.height}px` }}>
          <p role="note">{result !== null && "reason" in result ? result.reason : (lack ?? "comparing")}</p>
        </div>
      )}
      <div class="tbn-tile-foot">
        <span>A − B</span>
        <span class="tbn-gap" />
        <Segments
          label="What the difference shows"
          items={[
            { text: "Signed", on: kind === "signed", select: () => images.set({ difference: "signed" }) },
            { text: "Size", on: kind === "absolute", select: () => images.set({ difference: "absolute" }) },
          ]}
        />
      </div>
      {result !== null && "pixels" in result && <Scale result={result} kind={kind} />}
    </div>
  );
}

function fileOf({ series, at, part }: Cell<MediaSeries>): File | null {
  const payload = series.payload(at);
  const bytes = payload?.parts[part];
  if (payload === null || bytes === undefined) return null;
  const found = foundIn(payload, part);
  return "refused" in found ? null : { bytes, found };
}

/** null while one of the two has not come, or is no picture. */
function useDifference(first: File | null, second: File | null, kind: DifferenceKind): Result {
  const [result, setResult] = useState<Result>(null);
  useEffect(() => {
    if (first === null || second === null) {
      setResult(null);
      return undefined;
    }
    const [one, other] = [first.found, second.found];
    if (one.width !== other.width || one.height !== other.height) {
      setResult({ reason: `A has ${one.width} × ${one.height} pixels, B ${other.width} × ${other.height}` });
      return undefined;
    }
    const size = comparedSize(one);
    let gone = false;
    Promise.all([pixelsOf(first.bytes, one, size), pixelsOf(second.bytes, other, size)]).then(
      ([a, b]) => {
        if (!gone) setResult({ ...differenceOf(a, b, kind), ...size, smaller: size.width < one.width });
      },
      () => {
        if (!gone) setResult({ reason: "the browser could make no picture of one of the two" });
      },
    );
    return () => {
      gone = true;
    };
  }, [first?.bytes, second?.bytes, kind]);
  return result;
}

function Drawn({ result, place }: { result: Difference & Size; place: ReturnType<typeof placed> }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    canvas.current?.getContext("2d")?.putImageData(new ImageData(result.pixels, result.width, result.height), 0, 0);
  }, [result]);
  return <canvas class="tbn-pixels tbn-plain" ref={canvas} width={result.width} height={result.height} style={styleOf(place)} />;
}

/** The colours, from one end to the other, and how far the pictures lie apart. */
function Scale({ result, kind }: { result: Compared; kind: DifferenceKind }): JSX.Element {
  const most = formatValue(result.largest);
  const colours = kind === "signed" ? `rgb(${LESS.join()}), rgb(128,128,128), rgb(${MORE.join()})` : "#000000, #ffffff";
  return (
    <div class="tbn-scale">
      <span class="tbn-second">{kind === "signed" && result.largest > 0 ? `−${most}` : "0"}</span>
      <span class="tbn-scale-bar" style={{ background: `linear-gradient(to right, ${colours})` }} aria-hidden="true" />
      <span class="tbn-second">{kind === "signed" && result.largest > 0 ? `+${most}` : most}</span>
      <span class="tbn-second tbn-scale-facts">{factsOf(result)}</span>
    </div>
  );
}

/** Of 255 levels. */
function factsOf({ largest, mean, count, width, height, smaller }: Compared): string {
  const size = smaller ? `, compared at ${width} × ${height}` : "";
  if (largest === 0) return `the same${size}`;
  const share = (100 * count) / (width * height);
  return `mean ${formatValue(mean)} of 255, ${share < 0.1 ? formatCount(count) + " pixels" : `${formatValue(share, 2)}% of the pixels`}${size}`;
}
