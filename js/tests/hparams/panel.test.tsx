import { signal } from "@preact/signals";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import { HParams } from "../../src/hparams/panel";
import { type CanvasLook, CurvesState } from "../../src/panels/state";
import { Store } from "../../src/store/store";
import { FakeSource, frame, part, run } from "../frames";

let host: HTMLElement;

/** The panel of a sweep of so many runs. */
async function mount(count: number): Promise<Store> {
  const source = new FakeSource();
  const store = new Store(source);
  const ids = Array.from({ length: count }, (_, id) => id);
  const hparams = ids.map((id) => ({ run: id, values: [["lr", id / count], ["<img src=x>", `<b>${id}</b>`]] as const, metrics: [] }));
  source.send(frame("key", 1, ids.map((id) => part("loss", [id], { run: id })), { runs: ids.map((id) => run(id, `run${id}`)), hparams }));
  const shared = { theme: signal("light" as const), look: signal({ second: "#555" } as CanvasLook), head: signal(() => null), article: false };
  host = document.createElement("div");
  document.body.append(host);
  await act(() => render(<HParams state={new CurvesState(store, shared)} width={signal(900)} />, host));
  return store;
}

afterEach(() => {
  render(null, host);
  host.remove();
});

describe("the panel of a large sweep", () => {
  it("has only the rows in sight in the page, and tells of how many they are", async () => {
    await mount(2000);
    const grid = host.querySelector(".tbn-hp-grid")!;
    expect(grid.getAttribute("aria-rowcount")).toBe("2001");
    const rows = [...host.querySelectorAll(".tbn-hp-row")];
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.length).toBeLessThan(40);
    grid.scrollTop = 26 * 1500;
    await act(() => void grid.dispatchEvent(new Event("scroll")));
    const seen = [...host.querySelectorAll(".tbn-hp-row")].map((row) => Number(row.getAttribute("aria-rowindex")));
    expect([seen.includes(1502), seen.length < 40]).toEqual([true, true]);
  });

  it("shows what came from a file as text", async () => {
    await mount(3);
    expect(host.querySelector("img, .tbn-hp-cell b")).toBeNull();
    expect(host.textContent).toContain("<img src=x>");
    expect(host.textContent).toContain("<b>2</b>");
  });

  it("says so where no run matches, and draws no plot of one", async () => {
    const store = await mount(3);
    await act(() => store.options.set("runs", "nothing"));
    expect(host.textContent).toBe("No run matches the filter.");
    await act(() => store.options.set("runs", "run1"));
    expect([host.querySelectorAll(".tbn-hp-row").length, host.querySelector("canvas")]).toEqual([1, null]);
  });
});
