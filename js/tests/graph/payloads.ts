import type { Edge, GraphPayload, Item } from "../../src/wire/graph";
import encoder from "./fixtures/encoder_eval_fastpath.json";
import lstm from "./fixtures/lstm_classifier.json";
import quickstart from "./fixtures/quickstart.json";
import resnet from "./fixtures/resnet_skip.json";
import siamese from "./fixtures/siamese.json";
import unet from "./fixtures/unet.json";

/** Graphs that Python's outline made of real models. */
export const FIXTURES = { quickstart, resnet, unet, encoder, siamese, lstm } as unknown as Readonly<
  Record<"quickstart" | "resnet" | "unet" | "encoder" | "siamese" | "lstm", GraphPayload>
>;

/** Collects items and edges of a graph made by hand; the root is there from the start. */
export class Draft {
  readonly items: Item[] = [{ key: "root", kind: "module", name: "Root", cls: "Root", parent: -1, children: [] }];
  readonly edges: Edge[] = [];

  add(kind: Item["kind"], name: string, parent = 0, more: Partial<Item> = {}): number {
    const id = this.items.length;
    this.items.push({ key: `${this.items[parent]!.key}/${name}`, kind, name, parent, ...more });
    this.items[parent] = { ...this.items[parent]!, children: [...(this.items[parent]!.children ?? []), id] };
    return id;
  }

  edge(from: number, to: number, shape: number[] = [2, 8], out = 0): void {
    const bytes = 4 * shape.reduce((product, dim) => product * dim, 1);
    this.edges.push({ from, out, to, shape, dtype: "float32", bytes });
  }

  /** An edge along which nothing flows. */
  wait(from: number, to: number): void {
    this.edges.push({ from, out: -1, to, shape: null, dtype: "", bytes: null });
  }

  /** A leaf module with its one operation; returns both ids. */
  layer(name: string, parent = 0, cls = "Linear"): { module: number; op: number } {
    const module = this.add("module", name, parent, { cls, count: 72, hash: cls, params: [{ name: "weight", shape: [8, 8], dtype: "float32", trainable: true }] });
    return { module, op: this.add("op", cls.toLowerCase(), module, { cls: cls.toLowerCase() }) };
  }

  payload(open: number[] = [], drawn = 0): GraphPayload {
    return {
      v: 1,
      name: "Root",
      cls: "Root",
      totals: { params: 72, trainable: 72, flops: 10, dtypes: ["float32"] },
      notes: [],
      foreign: false,
      items: this.items,
      edges: this.edges,
      look: { drawn, open },
    };
  }
}

/** Numbers in [0, 1) that are the same in every run. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
