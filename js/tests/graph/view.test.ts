import { describe, expect, it } from "vitest";
import { structureHues } from "../../src/graph/colour";
import { command, readingOrder } from "../../src/graph/keys";
import { layoutView } from "../../src/graph/layout/layout";
import { WIDE } from "../../src/graph/layout/measure";
import { indexGraph, type Model } from "../../src/graph/model";
import { keysToShow, search } from "../../src/graph/search";
import { trail } from "../../src/graph/trail";
import { buildView, type View, type ViewNode } from "../../src/graph/view";
import type { GraphPayload } from "../../src/wire/graph";
import { Draft, FIXTURES } from "./payloads";

function see(payload: GraphPayload, ...open: string[]): View {
  return buildView(indexGraph(payload), new Set(open));
}

function numberOf(model: Model, key: string): number {
  return model.items.findIndex((item) => item.key === key);
}

function outline(nodes: readonly ViewNode[]): unknown[] {
  return nodes.map((node) => {
    if (node.form === "rows") return node.rows.map((row) => `= ${row.name}`);
    return node.form === "frame" ? [node.name, outline(node.children)] : `${node.form} ${node.name}`;
  });
}

/** input → stack of three blocks (fc → relu → + with the block's input) → output */
function stacked(): { payload: GraphPayload; first: { fc: number; sum: number }; input: number; output: number } {
  const draft = new Draft();
  const input = draft.add("input", "x");
  const stack = draft.add("stack", "blocks", 0, { cls: "Block", path: "blocks" });
  let last = input;
  const ids: { fc: number; sum: number }[] = [];
  for (let i = 0; i < 3; i++) {
    const block = draft.add("module", String(i), stack, { cls: "Block", hash: "block", path: `blocks.${i}` });
    const fc = draft.layer("fc", block).op;
    const relu = draft.layer("relu", block, "ReLU").op;
    const sum = draft.add("op", "add", block, { cls: "add" });
    draft.edge(last, fc);
    draft.edge(fc, relu);
    draft.edge(relu, sum);
    draft.edge(last, sum);
    last = sum;
    ids.push({ fc, sum });
  }
  const output = draft.add("output", "output");
  draft.edge(last, output);
  return { payload: draft.payload(), first: ids[0]!, input, output };
}

describe("the visible tree", () => {
  it("shows the seed's network with its layer open, the operation inside", () => {
    expect(outline(see(FIXTURES.quickstart, "Net/dense").roots)).toEqual(["terminal input", ["dense", ["op linear"]], "terminal output"]);
  });

  it("joins unbranched leaf modules to one box and parts them where one is open", () => {
    const keys = ["ResNet/layer2", "ResNet/layer2/0"];
    const block = (view: View): unknown => JSON.stringify(outline(view.roots));
    expect(block(see(FIXTURES.resnet, ...keys))).toContain('["= conv1","= bn1","= relu","= conv2","= bn2"]');
    expect(block(see(FIXTURES.resnet, ...keys, "ResNet/layer2/0/relu"))).toContain('["= conv1","= bn1"],["relu",["op relu"]],["= conv2","= bn2"]');
  });

  it("draws one of a stack's repeats, whose ends are those of all", () => {
    const { payload, first, input, output } = stacked();
    const view = see(payload, "root/blocks");
    expect(outline(view.roots)).toEqual(["terminal x", ["blocks", [["= fc", "= relu"], "sum add"]], "terminal output"]);
    const pairs = view.links.map((link) => [link.from, link.to]);
    expect(pairs).toContainEqual([input, first.sum]);
    expect(pairs).toContainEqual([first.sum, output]);
    expect(pairs.filter(([from, to]) => from! >= to!)).toEqual([]);
  });

  it("draws all repeats on demand, a numbered child with its owner's name", () => {
    const { payload } = stacked();
    expect(outline(see(payload, "root/blocks", "root/blocks#all").roots)[1]).toEqual(["blocks", ["box blocks.0", "box blocks.1", "box blocks.2"]]);
  });

  it("dissolves a wrapper but keeps what stands beside it", () => {
    const draft = new Draft();
    const input = draft.add("input", "ids");
    const wrapper = draft.add("module", "model", 0, { cls: "Model" });
    const embed = draft.layer("embed", wrapper).op;
    const head = draft.layer("lm_head").op;
    draft.edge(input, embed);
    draft.edge(embed, head);
    const model = indexGraph(draft.payload([], wrapper));
    expect(outline(buildView(model, new Set()).roots)).toEqual(["terminal ids", ["= embed", "= lm_head"]]);
    expect(model.path).toEqual([0, wrapper]);
  });

  it("draws constants as marks of the operations that take them, and no edges to nowhere", () => {
    const draft = new Draft();
    const constant = draft.add("const", "eps");
    const op = draft.add("op", "norm");
    draft.edge(constant, op);
    draft.edge(op, 99);
    const view = see(draft.payload());
    expect(outline(view.roots)).toEqual(["op norm"]);
    expect(view.roots[0]!.constants).toEqual([{ name: "eps", shape: null }]);
    expect(view.links).toEqual([]);
  });

  it("keeps a ring of leaf modules", () => {
    const draft = new Draft();
    const ids = ["a", "b", "c"].map((name) => draft.layer(name).op);
    ids.forEach((id, i) => draft.edge(id, ids[(i + 1) % 3]!));
    expect(outline(see(draft.payload()).roots)).toEqual(["box a", "box b", "box c"]);
  });

  it("lifts edges to what is closed and bundles them", () => {
    const view = see(FIXTURES.resnet);
    const name = (id: number): string => view.nodes.get(id)!.name;
    expect(view.links.map((link) => `${name(link.from)} → ${name(link.to)}`)).toEqual(["input → stem", "stem → layer1", "layer1 → layer2", "layer2 → head", "head → output"]);
    expect(view.links.every((link) => link.flows.length === 1)).toBe(true);
  });

  it("survives 10,000 groups in one another, all open", () => {
    const draft = new Draft();
    let parent = 0;
    for (let i = 0; i < 10_000; i++) {
      const id = draft.items.length;
      draft.items.push({ key: `k${i}`, kind: "module", name: "a", parent, children: [] });
      draft.items[parent] = { ...draft.items[parent]!, children: [id] };
      parent = id;
    }
    const payload = draft.payload();
    const view = see(payload, ...payload.items.map((item) => item.key));
    expect(view.roots).toHaveLength(1);
  });
});

describe("helpers", () => {
  /** A mask that each of eight layers takes, or an input that eight branches take. */
  const fed = (inLine: boolean): View => {
    const draft = new Draft();
    const input = draft.add("input", "x");
    const mask = draft.add("input", "mask");
    let last = input;
    for (let i = 0; i < 8; i++) {
      const op = draft.add("op", `layer${i}`);
      draft.edge(last, op);
      draft.edge(mask, op);
      if (inLine) last = op;
    }
    return see(draft.payload());
  };

  it("are set aside where they feed a line of others, each of which says so", () => {
    const view = fed(true);
    expect(view.links).toHaveLength(8);
    expect(view.asides).toHaveLength(8);
    expect(view.roots.filter((node) => node.takes.includes("mask"))).toHaveLength(8);
    const mask = view.roots.find((node) => node.name === "mask")!;
    expect(trail(view, mask.id).size).toBe(9);
  });

  it("are none where they feed branches side by side", () => {
    expect(fed(false).asides).toEqual([]);
  });
});

describe("what stands aside", () => {
  const draft = new Draft();
  const variable = draft.add("op", "kernel");
  const layer = draft.add("op", "conv");
  const aside = draft.add("fold", "initialisation", 0, { aside: true });
  const [random, assign] = [draft.add("op", "random", aside), draft.add("op", "Assign", aside)];
  draft.edge(variable, layer);
  draft.edge(random, assign);
  draft.edge(variable, assign);
  draft.wait(assign, layer);

  it("has no lines to and from the rest, but its own where it is open; what is lit goes on", () => {
    const closed = see(draft.payload());
    expect(closed.links.map(({ from, to }) => [from, to])).toEqual([[variable, layer]]);
    expect(closed.asides.map(({ from, to }) => [from, to])).toEqual([[variable, aside], [aside, layer]]);
    expect(trail(closed, aside)).toEqual(new Set([aside, variable]));
    const open = see(draft.payload(), "root/initialisation");
    expect(open.links.map(({ from, to }) => [from, to])).toEqual([[variable, layer], [random, assign]]);
    expect([...open.nodes.values()].flatMap(({ takes }) => takes)).toEqual([]);
  });

  it("has the last row", () => {
    const { nodes } = layoutView(see(draft.payload()), WIDE);
    const below = nodes.toSorted((a, b) => a.y - b.y).map(({ node }) => node.name);
    expect(below).toEqual(["kernel", "conv", "initialisation"]);
  });
});

describe("keyboard", () => {
  const view = see(FIXTURES.resnet, "ResNet/layer2");
  const order = readingOrder(view.roots);
  const id = (name: string): number => order.find((node) => node.name === name)!.id;

  it("goes through items as they run, a group before its parts", () => {
    expect(order.map((node) => node.name)).toEqual(["input", "stem", "layer1", "layer2", "layer2.0", "layer2.1", "head", "output"]);
    expect(command("ArrowDown", order, id("layer2"))).toEqual({ focus: id("layer2.0") });
    expect(command("ArrowUp", order, id("stem"))).toEqual({ focus: id("input") });
    expect(command("ArrowUp", order, id("input"))).toBeNull();
    expect(command("End", order, id("input"))).toEqual({ focus: id("output") });
  });

  it("opens and closes, steps in and out", () => {
    expect(command("ArrowRight", order, id("stem"))).toEqual({ toggle: id("stem") });
    expect(command("ArrowRight", order, id("layer2"))).toEqual({ focus: id("layer2.0") });
    expect(command("ArrowLeft", order, id("layer2.1"))).toEqual({ focus: id("layer2") });
    expect(command("ArrowLeft", order, id("layer2"))).toEqual({ toggle: id("layer2") });
    expect(command("Enter", order, id("head"))).toEqual({ toggle: id("head") });
    expect(command(" ", order, id("input"))).toEqual({ select: id("input") });
    expect(command("x", order, id("input"))).toBeNull();
  });
});

describe("finding", () => {
  const model = indexGraph(FIXTURES.resnet);

  it("finds by path, class and pattern; a broken pattern finds nothing", () => {
    expect(search(model, "LAYER2.0.conv").found.map((entry) => entry.path)).toEqual(["layer2.0.conv1", "layer2.0.conv2"]);
    expect(search(model, "/^layer2\\.[01]$/").found).toHaveLength(2);
    expect(search(model, "/LAYER2\\.\\d\\.CONV\\d/").found.map((entry) => entry.path)).toEqual(["layer2.0.conv1", "layer2.0.conv2", "layer2.1.conv1", "layer2.1.conv2"]);
    expect(search(model, "/(/")).toEqual({ found: [], more: 0, broken: true });
    expect(search(model, "none such").broken).toBe(false);
    expect(search(model, "  ").found).toEqual([]);
    expect(search(model, "conv").more).toBeGreaterThan(0);
  });

  it("takes patterns on which a backtracking search never ends", () => {
    const draft = new Draft();
    for (let i = 0; i < 200; i++) draft.add("op", `${"a".repeat(200)}${i}`);
    expect(search(indexGraph(draft.payload()), "/(a+)+$/").found).toEqual([]);
    expect(search(indexGraph(draft.payload()), "/(a|aa)+\\d7$/").found).toHaveLength(9);
  });

  it("opens what leads to an item, and all of a stack if it is not in the first", () => {
    expect(keysToShow(model, numberOf(model, "ResNet/layer1/0/conv1"))).not.toContain("ResNet/layer1#all");
    expect(keysToShow(model, numberOf(model, "ResNet/layer1/1/conv1"))).toEqual(["ResNet/layer1", "ResNet/layer1#all", "ResNet/layer1/1"]);
  });

  it("shows all of a stack of 1000 in parts, and finds what is in one", () => {
    const draft = new Draft();
    let last = draft.add("input", "x");
    const stack = draft.add("stack", "layers", 0, { cls: "Linear" });
    for (let i = 0; i < 1000; i++) {
      const { op } = draft.layer(String(i), stack);
      draft.edge(last, op);
      last = op;
    }
    const payload = draft.payload();
    const large = indexGraph(payload);
    const target = numberOf(large, "root/layers/777");
    const all = buildView(large, new Set(["root/layers", "root/layers#all"]));
    expect(all.roots[1]!.children.map((node) => node.name)[7]).toBe("700 … 799");
    expect(all.links).toHaveLength(10);
    expect(buildView(large, new Set(keysToShow(large, target))).nodes.has(target)).toBe(true);
    expect(outline(buildView(large, new Set(["root/layers"])).roots)).toEqual(["terminal x", ["layers", ["op linear"]]]);
  });

  it("lights no way along which nothing flows", () => {
    const draft = new Draft();
    const [before, one, other] = ["before", "one", "other"].map((name) => draft.add("op", name)) as [number, number, number];
    draft.edge(before, one);
    draft.wait(one, other);
    const view = see(draft.payload());
    expect(view.links.map(({ from, to, flows }) => [from, to, flows.length])).toEqual([
      [before, one, 1],
      [one, other, 0],
    ]);
    expect(trail(view, one)).toEqual(new Set([before, one]));
  });

  it("lights the way that reaches an item and that it reaches", () => {
    const view = see(FIXTURES.siamese);
    const id = (name: string): number => [...view.nodes.values()].find((node) => node.name === name)!.id;
    const lit = trail(view, id("a"));
    expect(lit.has(id("b"))).toBe(false);
    expect(lit.has(id("output"))).toBe(true);
  });
});

describe("colour by structure", () => {
  it("gives a hue to what occurs twice, never blue or slate, and leaves the rest neutral", () => {
    const hues = [...structureHues(indexGraph(FIXTURES.resnet)).values()];
    expect(hues.map((hue) => [hue.name, hue.times])).toEqual([["Block", 3]]);
    expect(hues.some((hue) => hue.colour === 0 || hue.colour === 8)).toBe(false);
    expect(structureHues(indexGraph(FIXTURES.quickstart)).size).toBe(0);
  });

  it("counts what lies in a repeat once, as it is drawn once", () => {
    const draft = new Draft();
    const stack = draft.add("stack", "layers", 0, { cls: "Layer" });
    for (let i = 0; i < 3; i++) {
      const layer = draft.add("module", String(i), stack, { cls: "Layer", hash: "layer" });
      draft.layer("q", draft.add("module", "attn", layer, { cls: "Attention", hash: "attn" }));
    }
    expect([...structureHues(indexGraph(draft.payload())).values()].map((hue) => hue.name)).toEqual(["Layer"]);
  });
});
