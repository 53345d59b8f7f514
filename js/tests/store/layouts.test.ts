import { describe, expect, it } from "vitest";
import { Store } from "../../src/store/store";
import type { Layouts } from "../../src/wire/frame";
import { FakeSource, frame } from "../frames";

const layouts = (title: string): Layouts => ({ count: 1, items: [[{ title, closed: false, charts: [] }]] });

describe("the layouts of a store", () => {
  it("stay until another frame tells others, and are the same object while nothing changed", () => {
    const source = new FakeSource();
    const store = new Store(source);
    source.send(frame("key", 1, [], { layouts: layouts("a") }));
    const first = store.layouts.value;
    expect(first).toEqual(layouts("a"));
    source.send(frame("delta", 2, []));
    source.send(frame("key", 2, []));
    source.send(frame("key", 2, [], { layouts: layouts("a") }));
    expect(store.layouts.value).toBe(first);
    source.send(frame("delta", 3, [], { layouts: layouts("b") }));
    expect(store.layouts.value).toEqual(layouts("b"));
    source.send(frame("delta", 4, [], { layouts: { count: 0, items: [] } }));
    expect(store.layouts.value.count).toBe(0);
  });

  it("go with the stream that told them", () => {
    const source = new FakeSource();
    const store = new Store(source);
    source.send(frame("key", 1, [], { layouts: layouts("a") }));
    source.send(frame("key", 1, [], { stream: "other" }));
    expect(store.layouts.value).toEqual({ count: 0, items: [] });
  });
});
