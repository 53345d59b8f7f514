import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type AnyGraph, itemCount } from "../wire/graph";
import { indexing, type Model } from "./model";
import { drawingPicture, type FirstLook, firstLook, lookingFirst, NARROW, type Picture } from "./picture";
import { layoutView } from "./layout/layout";
import { type Results, searching } from "./search";
import { finished, inSlices } from "./steps";
import { buildView } from "./view";

/** A graph of so many items is ready at once. */
const SMALL = 300;

/** A graph made ready for a diagram of some width. */
export interface Ready {
  readonly model: Model;
  readonly look: FirstLook;
}

/** What was looked at: to change the panel and come back costs nothing. */
const known = new WeakMap<AnyGraph, { readonly model: Model; readonly looks: Map<number, FirstLook> }>();

/** The model of a graph and its first look; null while they are made, in slices. */
export function useReady(graph: AnyGraph, width: number): Ready | null {
  const [, setMade] = useState<Ready | null>(null);
  const step = stepOf(width);
  const made = known.get(graph);
  let look = made?.looks.get(step);
  // Another width of what is drawn already has to be there at once.
  if (look === undefined && (made !== undefined || itemCount(graph) <= SMALL)) {
    const model = made?.model ?? finished(indexing(graph));
    look = keep(graph, step, { model, look: firstLook(model, width) }).look;
  }
  useEffect(() => {
    if (known.has(graph)) return;
    return inSlices(preparing(graph, width), (ready) => setMade(keep(graph, step, ready)));
  }, [graph]);
  const model = known.get(graph)?.model;
  return model === undefined || look === undefined ? null : { model, look };
}

function keep(graph: AnyGraph, step: number, ready: Ready): Ready {
  const made = known.get(graph) ?? { model: ready.model, looks: new Map<number, FirstLook>() };
  known.set(graph, made);
  made.looks.set(step, ready.look);
  return ready;
}

/** Widths for which one first look does; each narrow one has its own. */
function stepOf(width: number): number {
  return width < NARROW ? width : Math.ceil(width / 80) * 80;
}

function* preparing(graph: AnyGraph, width: number): Generator<void, Ready> {
  const model = yield* indexing(graph);
  return { model, look: yield* lookingFirst(model, width) };
}

/** With so many nodes a picture is laid out at once. */
const FEW = 250;
/** So many pictures are kept: what is closed again, or opened again, is there at once. */
const KEPT = 8;

/** The picture with the groups of `open` open. While a large one is laid out, in slices, the one before stays. */
export function usePicture(model: Model, open: ReadonlySet<string>, look: FirstLook): Picture {
  const { scale } = look;
  const kept = useMemo(() => new Map([[keyOf(look.keys), look.picture]]), [model, look]);
  const key = useMemo(() => keyOf(open), [open]);
  const last = useRef<{ kept: ReadonlyMap<string, Picture>; picture: Picture } | null>(null);
  const [, setMade] = useState<Picture | null>(null);
  const view = useMemo(() => (kept.has(key) ? null : buildView(model, open)), [kept, key]);
  const keep = (picture: Picture): void => {
    kept.set(key, picture);
    const oldest = kept.keys().next().value;
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  };
  const before = last.current?.kept === kept ? last.current.picture : look.picture;
  if (view !== null && !kept.has(key) && view.nodes.size <= FEW) keep({ view, layout: layoutView(view, scale.sizing) });
  const picture = kept.get(key) ?? before;
  last.current = { kept, picture };
  useEffect(() => {
    if (view === null || kept.has(key)) return;
    return inSlices(drawingPicture(view, scale), (made) => {
      keep(made);
      setMade(made);
    });
  }, [kept, key]);
  return picture;
}

function keyOf(open: Iterable<string>): string {
  return JSON.stringify([...open].sort());
}

const NOTHING: Results = { found: [], more: 0, broken: false };

/** What a query finds; while it is sought, in slices, what the one before has found. */
export function useSearch(model: Model, query: string): Results {
  const [results, setResults] = useState(NOTHING);
  useEffect(() => {
    if (query.trim() === "") {
      setResults(NOTHING);
      return;
    }
    return inSlices(searching(model, query), setResults);
  }, [model, query]);
  return query.trim() === "" ? NOTHING : results;
}
