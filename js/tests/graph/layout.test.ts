import { describe, expect, it } from "vitest";
import type { Layout, PlacedNode } from "../../src/graph/layout/layout";
import { indexGraph } from "../../src/graph/model";
import { drawPicture, firstLook } from "../../src/graph/picture";
import type { GraphPayload } from "../../src/wire/graph";
import { problems } from "./geometry";
import { Draft, FIXTURES, randomNumbers } from "./payloads";

function draw(payload: GraphPayload, open: (keys: string[], all: string[]) => string[] = (look) => look, width = 900): Layout {
  const model = indexGraph(payload);
  const all = model.items.filter((item) => (item.children?.length ?? 0) > 0).map((item) => item.key);
  const look = firstLook(model, width);
  return drawPicture(model, new Set(open([...look.keys], all)), look.scale).layout;
}

function named(layout: Layout, name: string): PlacedNode {
  const placed = layout.nodes.find((other) => other.node.name === name);
  if (placed === undefined) throw new Error(`no node ${name}, only ${layout.nodes.map((other) => other.node.name).join(", ")}`);
  return placed;
}

describe("real models", () => {
  it.each(Object.entries(FIXTURES))("%s: nothing overlaps, crosses or hangs loose, as first seen, closed and all open", (_, payload) => {
    expect(problems(draw(payload))).toEqual([]);
    expect(problems(draw(payload, () => []))).toEqual([]);
    expect(problems(draw(payload, (look, all) => [...look, ...all]))).toEqual([]);
    expect(problems(draw(payload, (look, all) => [...look, ...all].flatMap((key) => [key, `${key}#all`])))).toEqual([]);
    expect(problems(draw(payload, (look) => look, 392))).toEqual([]);
  });

  it("the seed's network is one straight line from input to output", () => {
    const layout = draw(FIXTURES.quickstart);
    const xs = ["input", "linear", "output"].map((name) => named(layout, name).anchor);
    expect(new Set(xs).size).toBe(1);
    for (const edge of layout.edges) expect(new Set(edge.points.map((point) => point.x)).size).toBe(1);
    expect(layout.labels.map((label) => label.text)).toEqual(["2 × 10", "2 × 1"]);
    expect(named(layout, "dense").y).toBeLessThan(named(layout, "linear").y);
  });

  it("the main line of a ResNet is straight through its open frames, its shortcut leaves to the left", () => {
    const layout = draw(FIXTURES.resnet, () => ["ResNet/layer2", "ResNet/layer2/0", "ResNet/layer2/1"]);
    const spine = ["input", "stem", "layer1", "layer2", "layer2.0", "conv1", "add", "layer2.1", "head", "output"];
    expect(new Set(spine.map((name) => named(layout, name).anchor)).size).toBe(1);
    expect(named(layout, "down").anchor).toBeLessThan(named(layout, "conv1").x);
  });

  it("a U-Net's skips run outside of all that they pass", () => {
    const layout = draw(FIXTURES.unet);
    const lanes = layout.edges.map((edge) => Math.min(...edge.points.map((point) => point.x))).filter((x) => x < named(layout, "mid").x);
    expect(lanes).toHaveLength(2);
  });
});

describe("rules", () => {
  it("widens boxes so that nested skips between them are upright lines", () => {
    const draft = new Draft();
    const input = draft.add("input", "input");
    const boxes = ["inc", "down", "mid", "up", "out"].map((name) => {
      const module = draft.add("module", name, 0, { cls: name, hash: name, count: 5 });
      return draft.layer("0", module).op;
    });
    const output = draft.add("output", "output");
    [input, ...boxes, output].reduce((from, to) => (draft.edge(from, to), to));
    draft.edge(boxes[1]!, boxes[3]!, [2, 16]);
    draft.edge(boxes[0]!, boxes[4]!, [2, 32]);
    const layout = draw(draft.payload());
    expect(problems(layout)).toEqual([]);
    const skips = layout.edges.filter((edge) => edge.points.every((point) => point.x < -150));
    expect(skips).toHaveLength(2);
    for (const skip of skips) expect(new Set(skip.points.map((point) => point.x)).size).toBe(1);
    expect(named(layout, "inc").x).toBeLessThan(named(layout, "down").x);
    expect(named(layout, "mid").x).toBe(-156);
  });

  it("sets parallel branches at both sides of the middle one, in order", () => {
    const draft = new Draft();
    const input = draft.add("input", "x");
    const attention = draft.add("op", "attention");
    for (const name of ["q", "k", "v"]) {
      const { op } = draft.layer(name);
      draft.edge(input, op);
      draft.edge(op, attention);
    }
    const layout = draw(draft.payload());
    expect(problems(layout)).toEqual([]);
    const [q, k, v] = ["q", "k", "v"].map((name) => named(layout, name));
    expect(q!.x + q!.width).toBeLessThan(k!.x);
    expect(k!.x + k!.width).toBeLessThan(v!.x);
    expect(k!.anchor).toBe(named(layout, "x").anchor);
    expect(new Set([q!.y, k!.y, v!.y]).size).toBe(1);
  });

  it("has inputs on top and every forward line point down", () => {
    const layout = draw(FIXTURES.siamese);
    const tops = layout.nodes.filter((placed) => placed.node.item.kind === "input").map((placed) => placed.y);
    expect(new Set(tops)).toEqual(new Set([0]));
    for (const edge of layout.edges) expect(edge.points.at(-1)!.y).toBeGreaterThan(edge.points[0]!.y);
  });

  it("draws a cycle as a way back up and breaks on none", () => {
    const draft = new Draft();
    const ids = ["a", "b", "c"].map((name) => draft.add("op", name));
    draft.edge(ids[0]!, ids[1]!);
    draft.edge(ids[1]!, ids[2]!);
    draft.edge(ids[2]!, ids[0]!);
    const layout = draw(draft.payload());
    expect(problems(layout)).toEqual([]);
    expect(layout.edges.filter((edge) => edge.points.at(-1)!.y < edge.points[0]!.y)).toHaveLength(1);
  });

  it("takes smaller gaps and boxes of one line when the first look is too tall", () => {
    const draft = new Draft();
    let last = draft.add("input", "x");
    for (let i = 0; i < 12; i++) {
      const module = draft.add("module", `stage${i}`, 0, { cls: `Stage${i}`, hash: `s${i}` });
      const { op } = draft.layer("fc", module);
      draft.edge(last, op);
      last = op;
    }
    const layout = draw(draft.payload());
    expect(named(layout, "stage0").height).toBe(32);
    expect(layout.height).toBeLessThan(840);
  });

  it("closes the innermost groups of a first look that is too tall whatever its gaps", () => {
    const draft = new Draft();
    let last = draft.add("input", "x");
    const block = draft.add("module", "block", 0, { cls: "Block" });
    const parts = ["attention", "mlp"].map((name) => {
      const part = draft.add("module", name, block, { cls: name });
      for (let i = 0; i < 12; i++) {
        const op = draft.add("op", `${name}${i}`, part, { cls: `op${i}` });
        draft.edge(last, op, [2, i + 1]);
        last = op;
      }
      return part;
    });
    const layout = draw(draft.payload([block, ...parts]));
    expect(layout.height).toBeLessThan(840);
    expect(named(layout, "block").node.form).toBe("frame");
    expect(named(layout, "attention").node.rows.map((row) => row.name)).toEqual(["attention", "mlp"]);
  });

  it("keeps its promises on graphs that nobody would draw", () => {
    for (let seed = 1; seed <= 100; seed++) {
      const random = randomNumbers(seed);
      const draft = new Draft();
      const count = 4 + Math.floor(random() * 16);
      const group = draft.add("module", "group", 0, { cls: "Group", hash: "g" });
      const ids = Array.from({ length: count }, (_, i) => {
        const parent = random() < 0.4 ? group : 0;
        return random() < 0.5 ? draft.add("op", i % 3 === 0 ? "add" : `op${i}`, parent) : draft.layer(`layer${i}`, parent).op;
      });
      for (let i = 1; i < count; i++) {
        for (let k = 0; k < 1 + random() * 2; k++) draft.edge(ids[Math.floor(random() * i)]!, ids[i]!, [2, 1 + Math.floor(random() * 4)]);
      }
      const inner = seed % 2 === 0 ? [group] : [];
      expect({ seed, problems: problems(draw(draft.payload(inner))) }).toEqual({ seed, problems: [] });
    }
  });
});

describe("size", () => {
  const timed = (payload: GraphPayload, keys: string[] = []): number => {
    const start = performance.now();
    draw(payload, () => keys);
    return performance.now() - start;
  };
  const chain = (count: number): GraphPayload => {
    const draft = new Draft();
    let last = draft.add("input", "x");
    for (let i = 0; i < count; i++) {
      const { op } = draft.layer(`l${i}`);
      draft.edge(last, op);
      last = op;
    }
    return draft.payload();
  };
  const fan = (count: number): GraphPayload => {
    const draft = new Draft();
    const input = draft.add("input", "x");
    const sum = draft.add("op", "cat");
    for (let i = 0; i < count; i++) {
      const { op } = draft.layer(`b${i}`);
      draft.edge(input, op);
      draft.edge(op, sum);
    }
    return draft.payload();
  };

  it("500 layers in a row and 1000 branches take less than a second, with a part open too", () => {
    expect(timed(chain(500))).toBeLessThan(1000);
    expect(timed(fan(1000))).toBeLessThan(1000);
    const model = indexGraph(fan(1000));
    const part = model.items.at(-1)!.key;
    expect(timed(fan(1000), [part])).toBeLessThan(1000);
  });

  it("grows no worse than twice as fast as the graph", () => {
    timed(chain(1000));
    const small = Math.min(...[0, 1, 2].map(() => timed(chain(2000))));
    const large = Math.min(...[0, 1, 2].map(() => timed(chain(8000))));
    expect(large / small).toBeLessThan(16);
  });

  it("divides a group of 2000 into parts that open", () => {
    const model = indexGraph(fan(2000));
    expect(model.top.length).toBeLessThanOrEqual(300);
    expect(new Set(model.top.flatMap((id) => model.items[id]!.children ?? [])).size).toBe(2001);
  });
});
