import { signal } from "@preact/signals";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import { recordsOf } from "../../src/media/records";
import { type CanvasLook, CurvesState } from "../../src/panels/state";
import { Store } from "../../src/store/store";
import { TextBlock } from "../../src/texts/text-block";
import { readTextsUi } from "../../src/texts/ui-state";
import { SAVED_STREAM } from "../../src/wire/snapshot";
import { FakeSource, frame, run } from "../frames";
import { blob, blobs, index } from "../media";

let host: HTMLElement;

const text = (at: number, words: string) => blob(at, [...new TextEncoder().encode(words)], { kind: "texts", shape: [1] });

/** A run's text of which three records were written and the last is here, with what has changed since another one. */
function mount(saved: boolean): { source: FakeSource; said: (base: string) => Promise<string | undefined> } {
  const source = new FakeSource();
  if (saved) source.saved = { created: "2026-11-30T12:00:00Z" };
  const store = new Store(source);
  const stream = saved ? SAVED_STREAM : "s";
  source.send(frame("key", 1, [], { stream, runs: [run(0, "a")], media: [index(3, { kind: "texts" })] }));
  source.send(blobs([text(2, "new words")], { stream }));
  const shared = { theme: signal("light" as const), look: signal({ second: "#555" } as CanvasLook), head: signal(() => null), article: false };
  const state = new CurvesState(store, shared);
  host = document.createElement("div");
  document.body.append(host);
  const said = async (base: string) => {
    const [record] = recordsOf(store.media.tags("texts").value[0]!, null, false, state);
    const ui = readTextsUi({ view: "changes", base });
    await act(() => render(<TextBlock record={record!} ui={ui} seen alone state={state} />, host));
    return host.querySelector(".tbn-text-note, .tbn-diff")?.textContent.trim();
  };
  return { source, said };
}

afterEach(() => {
  render(null, host);
  host.remove();
});

describe("what has changed of a text", () => {
  it("waits for the other step while it can come, and then tells", async () => {
    const { source, said } = mount(false);
    expect(await said("before")).toBe("step 10: coming…");
    expect(await said("first")).toBe("step 0: coming…");
    source.send(blobs([text(1, "old words")], { n: 2 }));
    expect(await said("before")).toBe("−old words+new words");
  });

  it("says of a step that a saved view has not that it has not, as it never comes", async () => {
    const { said } = mount(true);
    expect(await said("before")).toBe("step 10: not in this saved view");
    expect(await said("first")).toBe("step 0: not in this saved view");
  });

  it("says so, too, of what had not come when the kernel went", async () => {
    const { source, said } = mount(false);
    source.close();
    expect(await said("before")).toBe("step 10: not in this saved view");
  });
});
