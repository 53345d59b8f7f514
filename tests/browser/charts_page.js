// A view of numbers that the page makes itself, without kernel and notebook, and what the page then does with its time.
// The module's `mountWidget` is given a model that has the options and a queue that holds one key frame.
const SECOND = 1000;

/** Numbers from 0 to 1 that are the same each time. */
const dice = (seed) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};

/** Points of each line that come at once with the view, and of one line that come with a message after it. */
const FIRST = 1000;
const CHUNK = 100_000;

/** A log of `cards` tags with `runs` lines each; `spike` is the index of one value of the first line that stands out. */
window.makeLog = ({ cards, runs, points, spike }) => {
  const roll = dice(7);
  const now = Date.now() / SECOND;
  const lines = [];
  for (let card = 0; card < cards; card++) {
    for (let run = 0; run < runs; run++) {
      const values = Float64Array.from({ length: points }, (_, i) => Math.sin((3 * i) / points + run / 3 + card) + 0.3 * (roll() - 0.5));
      lines.push({ run, tag: `group${Math.floor(card / 10)}/tag${card}`, values });
    }
  }
  if (spike !== null) lines[0].values[spike] = 9;
  const part = ({ run, tag, values }, from, to, offset) => {
    const rule = (first) => ({ k: "seq", a: first + from, d: 1 });
    const place = { run, attempt: 0, tag, gen: 1, from, count: Math.min(to, values.length) - from, total: Math.min(to, values.length) };
    return { ...place, thinned: false, step: rule(0), wall: rule(now - points), value: { k: "f8", o: offset } };
  };
  const facts = { ended: true, ended_by: null, attempts: 1, parent: null, first: now - points, last: now, lost: null };
  const base = {
    type: "frame", v: 1, stream: "page", now, next: 3600, graphs: [],
    log: { path: "/logs", state: "ok", files: runs, read: 1, total: 1, interval: 5 },
  };
  const many = Math.min(points, FIRST);
  const first = new Float64Array(lines.length * many);
  for (const [n, { values }] of lines.entries()) first.set(values.subarray(0, many), n * many);
  const key = {
    ...base, kind: "key", seq: 1, series: lines.map((line, n) => part(line, 0, many, n * many * 8)),
    runs: Array.from({ length: runs }, (_, id) => ({ id, name: `run${id}`, color: id % 10, last_step: points - 1, ...facts })),
  };
  window.tbnMessages = [[key, [first.buffer]]];
  for (const line of lines) {
    for (let from = many; from < points; from += CHUNK) {
      const delta = { ...base, kind: "delta", seq: window.tbnMessages.length + 1, runs: [], series: [part(line, from, from + CHUNK, 0)] };
      window.tbnMessages.push([delta, [line.values.slice(from, from + CHUNK).buffer]]);
    }
  }
};

/** Draw the log that was made, its messages one after the other. */
window.drawLog = async (options) => {
  const [first, ...others] = window.tbnMessages;
  delete window.tbnMessages;
  const model = { get: (name) => options[name], set: () => undefined, save_changes: () => undefined, send: () => undefined, on: () => undefined };
  const queue = { model, items: [first], take: null, closed: false };
  const el = document.getElementById("place");
  await window.tbnBundle.mountWidget({ model, el, queue, signal: new AbortController().signal });
  while (others.length > 0) {
    queue.take(...others.shift());
    await new Promise((resolve) => setTimeout(resolve));
  }
};

/** Note the intervals between frames and the tasks of 50 ms and more from now on. */
window.startWatch = () => {
  const watch = (window.tbnWatch = { intervals: [], tasks: [], going: true });
  let last = null;
  const frame = (now) => {
    if (last !== null) watch.intervals.push(now - last);
    last = now;
    if (watch.going) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  watch.observer = new PerformanceObserver((list) => watch.tasks.push(...list.getEntries().map(({ duration }) => duration)));
  watch.observer.observe({ type: "longtask" });
};

window.endWatch = async () => {
  const { tbnWatch } = window;
  await new Promise((resolve) => setTimeout(resolve, 100));
  tbnWatch.going = false;
  tbnWatch.observer.disconnect();
  return { intervals: tbnWatch.intervals, tasks: tbnWatch.tasks };
};

/** Run when the frame that is being made has been made. */
const afterFrame = (run) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = run;
  port2.postMessage(null);
};

/**
 * Note from now on when smoothed lines (each chart's second canvas) have been painted, and when a person's inputs came.
 *
 * Only inputs that change something: a pointer that presses nothing, or a slider that moves and whose value stays, has
 * nothing drawn, and the next paint belongs to the next input.
 */
window.startPaints = (inputs) => {
  const log = (window.tbnPaints = { paints: [], inputs: [] });
  const { clearRect } = CanvasRenderingContext2D.prototype;
  const charts = new Map();
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    const { canvas } = this;
    if (canvas.parentElement?.querySelectorAll(".tbn-layer")[1] === canvas) {
      if (!charts.has(canvas)) charts.set(canvas, charts.size);
      afterFrame(() => log.paints.push([charts.get(canvas), performance.now()]));
    }
    return clearRect.apply(this, box);
  };
  const note = (event) => {
    const at = performance.now();
    const moves = event.type === "wheel" || (event.buttons > 0 && event.target.type !== "range");
    if (event.type === "input") requestAnimationFrame(() => newValue(event.target) && log.inputs.push(at));
    else if (moves) log.inputs.push(at);
  };
  for (const type of inputs) addEventListener(type, note, { capture: true, passive: true });
};

/** Whether a slider tells another value than when it was looked at last. */
const newValue = (slider) => {
  const told = slider.getAttribute("aria-valuetext");
  const before = newValue.told;
  newValue.told = told;
  return told !== before;
};

/** Return the paints and inputs since the last call. */
window.takePaints = () => {
  const { paints, inputs } = window.tbnPaints;
  return { paints: paints.splice(0), inputs: inputs.splice(0) };
};

/** Lowest and highest value of each pixel column of a range of the values, as one would give them to a plotting library. */
const screenPoints = (values, from, to, pixels) => {
  const [x, y] = [[], []];
  for (let pixel = 0; pixel < pixels; pixel++) {
    const start = Math.floor(from + ((to - from) * pixel) / pixels);
    const end = Math.max(start + 1, Math.floor(from + ((to - from) * (pixel + 1)) / pixels));
    let [low, high] = [start, start];
    for (let i = start; i < end; i++) {
      if (values[i] < values[low]) low = i;
      if (values[i] > values[high]) high = i;
    }
    for (const i of new Set([start, Math.min(low, high), Math.max(low, high), end - 1])) {
      x.push(i);
      y.push(values[i]);
    }
  }
  return { x, y };
};

/**
 * The same numbers as a bare Plotly figure: each turn of the wheel gives it the points on screen of another range, of the
 * raw lines and of smoothed ones. The points are there before; what a turn took is in the result.
 */
window.startPeer = ({ runs, points, pixels, height, steps }) => {
  const roll = dice(7);
  const lines = Array.from({ length: runs }, (_, run) => Float64Array.from({ length: points }, (_, i) => Math.sin((3 * i) / points + run / 3) + 0.3 * (roll() - 0.5)));
  const figures = Array.from({ length: steps }, (_, step) => {
    const half = (points / 2) * 0.9 ** step;
    const [from, to] = [points / 2 - half, points / 2 + half];
    const raw = lines.map((values) => screenPoints(values, from, to, pixels));
    let last = 0;
    const smoothed = raw.map(({ x, y }) => ({ x, y: y.map((value, i) => (last = i === 0 ? value : 0.4 * value + 0.6 * last)) }));
    return { data: [...raw, ...smoothed].map((line) => ({ ...line, type: "scatter", mode: "lines", line: { width: 1.5 } })), range: [from, to] };
  });
  const div = document.getElementById("place");
  const layout = (range) => ({ width: pixels + 50, height, margin: { l: 40, r: 10, t: 6, b: 20 }, showlegend: false, xaxis: { range } });
  const times = (window.tbnPeer = []);
  void window.Plotly.newPlot(div, figures[0].data, layout(figures[0].range), { displayModeBar: false });
  let step = 0;
  addEventListener("wheel", () => {
    const start = performance.now();
    step = (step + 1) % steps;
    void window.Plotly.react(div, figures[step].data, layout(figures[step].range));
    requestAnimationFrame(() => afterFrame(() => times.push(performance.now() - start)));
  });
};
