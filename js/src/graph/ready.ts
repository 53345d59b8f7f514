import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type AnyGraph, itemCount } from "../wire/graph";
import { indexGraph, indexing, type Model } from "./model";
import { drawingPicture, type FirstLook, type Picture } from "./picture";
import { layoutView } from "./layout/layout";
import { type Results, searching } from "./search";
import { buildView } from "./view";

/** Milliseconds of work between which a page answers. */
const SLICE_MS = 12;
/** A graph of so many items is ready at once. */
const SMALL = 1500;

/** Models of graphs that were looked at: to change the panel and come back costs nothing. */
const known = new WeakMap<AnyGraph, Model>();

/** The model of a graph; null while it is made, in slices. */
export function useModel(graph: AnyGraph): Model | null {
  const [, setMade] = useState<Model | null>(null);
  let model = known.get(graph);
  if (model === undefined && itemCount(graph) <= SMALL) {
    model = indexGraph(graph);
    known.set(graph, model);
  }
  useEffect(() => {
    if (known.has(graph)) return;
    return inSlices(indexing(graph), (made) => {
      known.set(graph, made);
      setMade(made);
    });
  }, [graph]);
  return model ?? null;
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
  const before = last.current?.kept === kept ? last.current.picture : null;
  if (view !== null && !kept.has(key) && (before === null || view.nodes.size <= FEW)) keep({ view, layout: layoutView(view, scale.sizing) });
  const picture = kept.get(key) ?? before!;
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

/** Runs through `steps` in slices with a pause between; returns what stops it. */
export function inSlices<T>(steps: Generator<void, T>, done: (result: T) => void): () => void {
  let stopped = false;
  const pause = new MessageChannel();
  const stop = (): void => {
    stopped = true;
    pause.port1.close();
  };
  pause.port1.onmessage = () => {
    const until = performance.now() + SLICE_MS;
    while (!stopped) {
      const step = steps.next();
      if (step.done === true) {
        stop();
        done(step.value);
        return;
      }
      if (performance.now() < until) continue;
      pause.port2.postMessage(null);
      return;
    }
  };
  pause.port2.postMessage(null);
  return stop;
}
