// What becomes of a page's time while a diagram is opened and a person works in it.
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const find = (key) => [...document.querySelectorAll(".tbn-item")].find((item) => item.dataset.key === key);
const tasks = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask" });

/** The longest task since the last look, in milliseconds; 0 where none was long. */
const longest = async () => {
  await new Promise((resolve) => setTimeout(resolve, 120)); // it is told of a little later
  return Math.max(0, ...tasks.splice(0));
};

/** Until something is so and has been painted; in milliseconds. */
const until = async (is) => {
  const start = performance.now();
  while (!is()) {
    if (performance.now() - start > 20_000) throw new Error(`after 20 s it is not so: ${is}`);
    await frame();
  }
  await frame();
  return performance.now() - start;
};

window.tbnGraph = {
  /** Give the page the graph, as text as it comes over the wire, and wait for its picture. */
  give: async () => {
    await longest();
    const start = performance.now();
    window.tbnTest.receive(JSON.parse(window.tbnText));
    await until(() => document.querySelector(".tbn-item") !== null);
    const time = performance.now() - start;
    return { time, longest: await longest() };
  },
  /** Open or close an item by its chevron. */
  toggle: async (key) => {
    await longest();
    const item = find(key);
    const was = item.getAttribute("aria-expanded");
    const start = performance.now();
    item.querySelector(".tbn-chevron").dispatchEvent(new MouseEvent("click", { bubbles: true }));
    await until(() => find(key)?.getAttribute("aria-expanded") !== was);
    const time = performance.now() - start;
    return { time, longest: await longest() };
  },
  /** Keys of what is closed and can be opened, in the order of the page. */
  closed: () => [...document.querySelectorAll('.tbn-item[aria-expanded="false"]')].filter((item) => item.querySelector(".tbn-chevron") !== null).map((item) => item.dataset.key),
};
