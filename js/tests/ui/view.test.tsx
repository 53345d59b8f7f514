import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mount } from "../../src/ui/mount";
import { SAVED_STREAM } from "../../src/wire/snapshot";
import { FakeSource, frame, part, run } from "../frames";
import { index } from "../media";

let place: HTMLElement;
let gone: AbortController;

beforeEach(() => {
  // happy-dom lays nothing out: a width of the usual cell.
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(900);
  place = document.createElement("div");
  document.body.append(place);
  gone = new AbortController();
});
afterEach(() => {
  gone.abort();
  vi.restoreAllMocks();
});

const drawn = () => new Promise((resolve) => setTimeout(resolve, 20));

async function show(source: FakeSource, live = true): Promise<HTMLElement> {
  mount(source, place, { signal: gone.signal, capabilities: { live } });
  await drawn();
  return place.querySelector<HTMLElement>(".tbn-view")!;
}

const HOSTILE = [
  "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "<svg onload=alert(1)>", '"><b>', "&lt;img src=x&gt;", "{{7*7}}",
  '<a href="https://evil">x</a>', "<a href=/lab?reset>x</a>", '<span style="fill:url(//e)">x</span>', "<a popup= target=_top>x</a>",
  "%{x}", "%{fullData.__proto__}", "$\\href{javascript:1}{x}$", "__proto__", "constructor", "hasOwnProperty",
];

describe("a view", () => {
  it("shows tags and runs as text, whatever they say", async () => {
    const source = new FakeSource();
    const view = await show(source);
    source.send(frame("key", 1, HOSTILE.map((tag) => part(tag, [1])), { runs: HOSTILE.slice(0, 6).map((name, id) => run(id, name)) }));
    await drawn();
    expect(view.querySelectorAll("img, script, a, b, [onerror], [onload], [href]")).toHaveLength(0);
    const titles = [...view.querySelectorAll(".tbn-card-title")].map((title) => title.textContent);
    expect(titles.toSorted()).toEqual(HOSTILE.toSorted());
    expect([...view.querySelectorAll<HTMLElement>(".tbn-run")].map((chip) => chip.dataset.run)).toEqual(
      expect.arrayContaining(HOSTILE.slice(0, 6)),
    );
  });

  it("of a saved state says below the cards of how many others there is nothing", async () => {
    const source = new FakeSource();
    source.saved = { created: "2026-11-30T12:00:00Z" };
    source.options = { ...source.options, panel: "texts" };
    const view = await show(source, false);
    const left_out = { media: 9, series: { texts: 2, images: 1 } };
    source.send(frame("key", 1, [part("loss", [1])], { stream: SAVED_STREAM, media: [index(1, { kind: "texts" })], left_out }));
    await drawn();
    expect(view.querySelector(".tbn-untold")?.textContent).toBe("2 more series, each a tag of a run, are not in this saved view: there was no room.");
    expect(view.querySelector(".tbn-status")?.textContent ?? view.textContent).toContain("3 series left out");
    source.change({ panel: "curves" });
    await drawn();
    expect([view.dataset.shows, view.querySelector(".tbn-untold")]).toEqual(["curves", null]);
  });

  it("isolates a name that turns the text, and elides one of 10 MB", async () => {
    const source = new FakeSource();
    const view = await show(source);
    source.send(frame("key", 1, [part("a\u202egnp.exe", [1]), part("x".repeat(10_000_000), [1])]));
    await drawn();
    const [turned, long] = [...view.querySelectorAll(".tbn-card-title")];
    expect([turned?.tagName, turned?.textContent]).toEqual(["BDI", "a\\u202egnp.exe"]);
    expect(long?.textContent.length).toBeLessThanOrEqual(300);
  });

  it("says what it waits for, and draws when it comes", async () => {
    const source = new FakeSource();
    const view = await show(source);
    const log = { path: "logs/cifar10", state: "missing", files: 0, read: 0, total: 0, interval: 2 } as const;
    source.send(frame("key", 1, [], { log, runs: [] }));
    await drawn();
    expect(view.textContent).toContain("logs/cifar10 does not exist yet");
    expect(view.querySelector<HTMLElement>(".tbn-status")?.dataset.state).toBe("waiting");
    source.send(frame("delta", 2, [part("data/sin", [0, 1])], { runs: [run(0, ".")] }));
    await drawn();
    const card = view.querySelector<HTMLElement>(".tbn-card")!;
    expect([card.dataset.tag, card.dataset.points, card.dataset.lastStep]).toEqual(["data/sin", "2", "1"]);
    expect([view.dataset.view, view.dataset.seq, view.dataset.points]).toEqual(["view-1", "2", "2"]);
  });

  it("hides a run by a click on its chip, and saves that", async () => {
    const source = new FakeSource();
    const view = await show(source);
    source.send(frame("key", 1, [part("loss", [1])], { runs: [run(0, "a"), run(1, "b")] }));
    await drawn();
    const chip = view.querySelector<HTMLButtonElement>('[data-run="b"]')!;
    chip.click();
    gone.abort();
    expect(source.kept).toEqual([{ hidden: ["b"] }]);
  });

  it("filters cards by a regular expression", async () => {
    const source = new FakeSource();
    const view = await show(source);
    source.send(frame("key", 1, ["train/loss", "val/loss", "val/acc"].map((tag) => part(tag, [1]))));
    source.change({ tags: "acc|train" });
    await drawn();
    expect([...view.querySelectorAll<HTMLElement>(".tbn-card")].map((card) => card.dataset.tag)).toEqual(["train/loss", "val/acc"]);
    source.change({ tags: "nothing like it" });
    await drawn();
    expect(view.textContent).toContain("No tag matches the filter.");
  });

  it("of a saved snapshot has no word of a kernel", async () => {
    const source = new FakeSource();
    source.saved = { created: "2026-11-24T14:02:00Z" };
    const view = await show(source, false);
    source.send(frame("key", 1, [part("loss", [1])], { stream: SAVED_STREAM }));
    await drawn();
    expect(view.querySelector(".tbn-status")?.textContent).toMatch(/^saved /);
    expect(view.textContent).not.toMatch(/kernel/);
  });

  it("of a saved snapshot is as old as that, until the kernel's own data have come", async () => {
    const source = new FakeSource();
    source.saved = { created: "2026-11-24T14:02:00Z" };
    const view = await show(source);
    const status = () => view.querySelector<HTMLElement>(".tbn-status")?.dataset.state;
    source.send(frame("key", 1, [part("loss", [1])], { stream: SAVED_STREAM }));
    source.send(frame("delta", 7, [part("loss", [2], { from: 1 })]));
    await drawn();
    expect(status()).toBe("saved");
    source.send(frame("key", 8, [part("loss", [1, 2, 3])]));
    await drawn();
    expect(status()).not.toBe("saved");
  });

  it("leaves nothing behind when it goes", async () => {
    const source = new FakeSource();
    await show(source);
    gone.abort();
    expect(place.childNodes).toHaveLength(0);
  });
});
