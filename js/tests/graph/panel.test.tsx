import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";
import { GraphPanel } from "../../src/graph/panel";
import type { GraphPayload } from "../../src/wire/graph";
import { Draft, FIXTURES } from "./payloads";

let host: HTMLElement;

/** A panel whose host keeps what is open, as the page does. */
async function mount(graph: GraphPayload, width = 900): Promise<{ keys: () => string[] | null }> {
  let open: string[] | null = null;
  host = document.createElement("div");
  document.body.append(host);
  const draw = (): void => {
    const onOpen = (keys: string[]): void => {
      open = keys;
      draw();
    };
    render(<GraphPanel graph={graph} open={open} onOpen={onOpen} theme="light" width={width} />, host);
  };
  await act(draw);
  return { keys: () => open };
}

afterEach(() => {
  render(null, host);
  host.remove();
});

function item(key: string): SVGGElement {
  const found = [...host.querySelectorAll<SVGGElement>(".tbn-item")].find((element) => element.dataset.key === key);
  if (found === undefined) throw new Error(`no item ${key}`);
  return found;
}

async function send(target: Element, event: Event): Promise<void> {
  await act(() => void target.dispatchEvent(event));
}

/** Until the search has found something. */
async function found(): Promise<void> {
  await vi.waitFor(() => expect(host.querySelector(".tbn-found button")).not.toBeNull());
}

const click = (): Event => new MouseEvent("click", { bubbles: true });
const key = (name: string): Event => new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true });

describe("panel", () => {
  it("shows the seed's network: names, both shapes, totals", async () => {
    await mount(FIXTURES.quickstart);
    expect([...host.querySelectorAll(".tbn-edge-label")].map((label) => label.textContent)).toEqual(["2 × 10", "2 × 1"]);
    expect([...host.querySelectorAll(".tbn-totals span")].map((part) => part.textContent)).toEqual(["11 parameters", "40 FLOPs", "float32"]);
    expect(item("Net/dense").getAttribute("aria-expanded")).toBe("true");
    expect(item("Net/dense/linear").textContent).toContain("1 × 10");
  });

  it("draws dashed where nothing flows, in each place where it only waits, and says so", async () => {
    const draft = new Draft();
    const [one, other, last] = ["one", "other", "last"].map((name) => draft.add("op", name)) as [number, number, number];
    draft.edge(one, other);
    draft.wait(one, other);
    draft.wait(other, last);
    await mount(draft.payload());
    expect(host.querySelectorAll(".tbn-edge")).toHaveLength(2);
    expect(host.querySelectorAll(".tbn-edge.tbn-waits")).toHaveLength(1);
    expect(host.querySelector(".tbn-key")?.textContent).toContain("control edge");
  });

  it("opens and closes by double click, chevron and keyboard", async () => {
    const { keys } = await mount(FIXTURES.resnet);
    expect(item("ResNet/layer2").getAttribute("aria-expanded")).toBe("false");
    await send(item("ResNet/layer2"), new MouseEvent("dblclick", { bubbles: true }));
    expect(item("ResNet/layer2").getAttribute("aria-expanded")).toBe("true");
    expect(item("ResNet/layer2/0").getAttribute("aria-level")).toBe("2");
    await send(item("ResNet/layer2").querySelector(".tbn-chevron")!, click());
    expect(keys()).toEqual([]);
    await send(item("ResNet/stem"), new FocusEvent("focusin", { bubbles: true }));
    await send(item("ResNet/stem"), key("Enter"));
    expect(keys()).toEqual(["ResNet/stem"]);
  });

  it("has one item in the tab order and moves it with the arrows", async () => {
    await mount(FIXTURES.resnet);
    const reached = (): (string | undefined)[] => [...host.querySelectorAll<SVGGElement>('.tbn-item[tabindex="0"]')].map((element) => element.dataset.key);
    expect(reached()).toEqual(["x"]);
    await send(item("x"), key("ArrowDown"));
    expect(reached()).toEqual(["ResNet/stem"]);
  });

  it("tells all that is known of what is selected, and closes it on escape", async () => {
    await mount(FIXTURES.quickstart);
    await send(item("Net/dense"), click());
    const text = host.querySelector(".tbn-details")!.textContent;
    for (const part of ["dense", "Linear", "11", "weight", "1 × 10", "float32", "2 × 10", "in_features", "linear.py"]) expect(text).toContain(part);
    expect(item("Net/dense").getAttribute("aria-selected")).toBe("true");
    await send(item("Net/dense"), key("Escape"));
    expect(host.querySelector(".tbn-details")).toBeNull();
  });

  it("finds a layer, opens what hides it and selects it", async () => {
    await mount(FIXTURES.resnet);
    const input = host.querySelector<HTMLInputElement>(".tbn-find input")!;
    input.value = "layer2.1.conv2";
    await send(input, new Event("input", { bubbles: true }));
    await found();
    await send(input, key("Enter"));
    expect(item("ResNet/layer2/1/conv2").getAttribute("aria-selected")).toBe("true");
  });

  it("lets the plain wheel scroll the page and zooms with a modifier", async () => {
    await mount(FIXTURES.quickstart);
    const svg = host.querySelector(".tbn-svg")!;
    const before = host.querySelector(".tbn-world")!.getAttribute("transform");
    const plain = new WheelEvent("wheel", { deltaY: 100, cancelable: true, bubbles: true });
    await send(svg, plain);
    expect(plain.defaultPrevented).toBe(false);
    expect(host.querySelector(".tbn-world")!.getAttribute("transform")).toBe(before);
    const zoom = new WheelEvent("wheel", { deltaY: 100, ctrlKey: true, cancelable: true, bubbles: true });
    // happy-dom drops the modifiers of a wheel event.
    Object.defineProperty(zoom, "ctrlKey", { value: true });
    await send(svg, zoom);
    expect(zoom.defaultPrevented).toBe(true);
    expect(host.querySelector(".tbn-world")!.getAttribute("transform")).not.toBe(before);
  });

  it("draws hostile names as text, in boxes, labels, details and search", async () => {
    const evil = '<img src=x onerror="window.pwned=1">';
    const draft = new Draft();
    const input = draft.add("input", evil);
    const module = draft.add("module", `${evil}\u202e\u0000`, 0, { cls: "<script>pwned=1</script>", attrs: [[evil, "a".repeat(2_000_000)]], source: evil });
    const op = draft.add("op", "__proto__", module, { cls: "constructor" });
    draft.edge(input, op);
    const payload = draft.payload([module]);
    payload.notes = [evil];
    await mount(payload);
    await send(item(payload.items[module]!.key), click());
    const search = host.querySelector<HTMLInputElement>(".tbn-find input")!;
    search.value = "img";
    await send(search, new Event("input", { bubbles: true }));
    await found();
    expect(host.querySelectorAll("img, script")).toHaveLength(0);
    expect(host.querySelector(".tbn-details")!.textContent).toContain("<img");
    expect(host.textContent).toContain("\\u202e");
    expect(host.textContent.length).toBeLessThan(20_000);
  });
});
