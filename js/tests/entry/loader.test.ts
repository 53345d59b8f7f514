import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import asset from "../../src/entry/asset";
import factory from "../../src/entry/loader";
import type { Queue, WidgetModel } from "../../src/entry/model";
import { WidgetSource } from "../../src/entry/widget";

class FakeModel implements WidgetModel {
  readonly sent: unknown[] = [];
  readonly #traits: Record<string, unknown>;
  /** The comm is gone: the host's own model raises then. */
  dead = false;
  readonly #listeners: [event: string, listener: (content: unknown, buffers: DataView[]) => void][] = [];

  constructor(traits: Record<string, unknown> = {}) {
    this.#traits = traits;
  }
  get(name: string): unknown {
    return this.#traits[name];
  }
  readonly set = vi.fn();
  readonly save_changes = vi.fn();
  send(content: unknown): void {
    if (this.dead) throw new Error("Cannot send");
    this.sent.push(content);
  }
  on(event: string, listener: (content: unknown, buffers: DataView[]) => void): void {
    this.#listeners.push([event, listener]);
  }
  /** Something happens to the model that the host tells without more. */
  tell(event: string, content: unknown = null, buffers: DataView[] = []): void {
    for (const [name, listener] of this.#listeners) if (name === event) listener(content, buffers);
  }
  /** What was sent but the word that the model is there. */
  get asked(): unknown[] {
    return this.sent.filter((content) => (content as { type: string }).type !== "here");
  }
  receive(content: unknown, buffers: DataView[] = []): void {
    this.tell("msg:custom", content, buffers);
  }
}

let packed: DataView<ArrayBuffer>;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  // A bundle that notes what it is called with. Node imports no blob, so its URL is one that it does import.
  const code = "export function mountWidget(hooks) { globalThis.mounted = hooks; }";
  const stream = new Blob([code]).stream().pipeThrough(new CompressionStream("gzip"));
  packed = new DataView(await new Response(stream).arrayBuffer());
  vi.spyOn(URL, "createObjectURL").mockReturnValue(`data:text/javascript,${encodeURIComponent(code)}`);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  delete (globalThis as { __tbnotebook?: unknown }).__tbnotebook;
  delete (globalThis as { __tbnotebookPacked?: unknown }).__tbnotebookPacked;
  delete (globalThis as { mounted?: unknown }).mounted;
});

const mounted = () => (globalThis as { mounted?: { queue: Queue } }).mounted;

describe("the loader", () => {
  it("draws with the bundle that the asset brings, and keeps what came before", async () => {
    const [view, bringer] = [new FakeModel({ _bundle: "h1" }), new FakeModel()];
    const widget = factory();
    widget.initialize({ model: view });
    view.receive({ type: "frame" });
    const done = widget.render({ model: view, el: document.createElement("div"), signal: new AbortController().signal });
    asset.initialize({ model: bringer });
    bringer.receive({ type: "bundle", hash: "h1" }, [packed]);
    await done;
    expect(mounted()?.queue.items).toEqual([[{ type: "frame" }, []]]);
    expect(view.asked).toEqual([]);
  });

  it("stops asking a kernel that was restarted before it could bring the bundle", () => {
    asset.initialize({ model: new FakeModel() });
    const view = new FakeModel({ _bundle: "h0" });
    const widget = factory();
    widget.initialize({ model: view });
    void widget.render({ model: view, el: document.createElement("div"), signal: new AbortController().signal });
    view.dead = true;
    vi.advanceTimersByTime(60_000);
    view.dead = false;
    vi.advanceTimersByTime(60_000);
    expect(view.asked).toEqual([]);
  });

  it("knows of a comm that went before the view was there, and that a message came after it", async () => {
    const view = new FakeModel({ _bundle: "h9" });
    const widget = factory();
    widget.initialize({ model: view });
    const done = widget.render({ model: view, el: document.createElement("div"), signal: new AbortController().signal });
    view.receive({ type: "bundle", hash: "h9" }, [packed]);
    await done;
    const { queue } = mounted()!;
    const told = (source: WidgetSource) => {
      const closed = vi.fn();
      source.onClosed(closed);
      return closed.mock.calls;
    };
    expect(told(new WidgetSource(queue))).toEqual([]);
    view.tell("destroy");
    expect(told(new WidgetSource(queue))).toEqual([[true]]);
    view.receive({ type: "beat" });
    expect(told(new WidgetSource(queue))).toEqual([]);
    view.dead = true;
    const source = new WidgetSource(queue);
    source.ask({ type: "key?" });
    expect(told(source)).toEqual([[true]]);
  });

  it("hands on, once, what came beside the frames before there was a view", async () => {
    const view = new FakeModel({ _bundle: "h8" });
    const widget = factory();
    widget.initialize({ model: view });
    const done = widget.render({ model: view, el: document.createElement("div"), signal: new AbortController().signal });
    const frame = { type: "frame", v: 1, kind: "key" };
    for (const message of [{ type: "blobs", v: 1, items: [] }, frame]) view.receive(message);
    view.receive({ type: "bundle", hash: "h8" }, [packed]);
    await done;
    const source = new WidgetSource(mounted()!.queue);
    const heard = () => {
      const types: string[] = [];
      source.subscribe(({ type }) => void types.push(type));
      return types;
    };
    expect([heard(), heard()]).toEqual([["frame", "blobs"], ["frame"]]);
  });

  it("asks for a bundle that was to be brought after a second, ever more rarely, and takes it from its own channel", async () => {
    asset.initialize({ model: new FakeModel() });
    const view = new FakeModel({ _bundle: "h2" });
    const widget = factory();
    widget.initialize({ model: view });
    const done = widget.render({ model: view, el: document.createElement("div"), signal: new AbortController().signal });
    vi.advanceTimersByTime(999);
    expect(view.asked).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(view.asked).toEqual([{ type: "bundle?" }]);
    vi.advanceTimersByTime(60_000);
    expect(view.asked.length).toBeLessThanOrEqual(4);
    view.receive({ type: "bundle", hash: "h2" }, [packed]);
    await done;
    expect(mounted()).toBeDefined();
    vi.advanceTimersByTime(600_000);
    expect(view.asked.length).toBeLessThanOrEqual(4);
  });

  it("asks almost at once where nothing on the page is bringing a bundle, and then waits for the answer", () => {
    const view = new FakeModel({ _bundle: "h5" });
    const widget = factory();
    widget.initialize({ model: view });
    const el = document.createElement("div");
    void widget.render({ model: view, el, signal: new AbortController().signal });
    vi.advanceTimersByTime(100);
    expect(view.asked).toEqual([{ type: "bundle?" }]);
    vi.advanceTimersByTime(3999);
    expect(view.asked).toHaveLength(1);
    expect(el.textContent).toBe("");
    vi.advanceTimersByTime(1);
    expect(view.asked).toHaveLength(2);
    expect(el.textContent).toMatch(/^tbnotebook: the view's code comes from the kernel/);
  });

  it("takes a bundle that its own module brought, and asks nobody", async () => {
    const code = btoa(String.fromCharCode(...new Uint8Array(packed.buffer)));
    (globalThis as { __tbnotebookPacked?: Map<string, string> }).__tbnotebookPacked = new Map([["h6", code]]);
    const view = new FakeModel({ _bundle: "h6" });
    const widget = factory();
    widget.initialize({ model: view });
    await widget.render({ model: view, el: document.createElement("div"), signal: new AbortController().signal });
    expect(mounted()).toBeDefined();
    expect(view.asked).toEqual([]);
  });

  it("does not draw into a view that has gone", async () => {
    const view = new FakeModel({ _bundle: "h3" });
    const widget = factory();
    widget.initialize({ model: view });
    const gone = new AbortController();
    const done = widget.render({ model: view, el: document.createElement("div"), signal: gone.signal });
    gone.abort();
    view.receive({ type: "bundle", hash: "h3" }, [packed]);
    await done;
    expect(mounted()).toBeUndefined();
  });

  it("says in the cell what went wrong", async () => {
    const view = new FakeModel({ _bundle: "h4" });
    const widget = factory();
    widget.initialize({ model: view });
    const el = document.createElement("div");
    const done = widget.render({ model: view, el, signal: new AbortController().signal });
    view.receive({ type: "bundle", hash: "h4" }, [new DataView(new ArrayBuffer(3))]);
    await done;
    expect(el.textContent).toMatch(/^tbnotebook: the view could not be loaded/);
  });
});
