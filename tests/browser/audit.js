// What of a view cannot be read: text that is small, cut off, or on top of other text. Returns a list of sentences.
(root) => {
  const faults = [];
  const page = root.ownerDocument;
  const say = (text) => JSON.stringify(text.trim().slice(0, 60));

  /** What of a box its ancestors leave to see, null if nothing. */
  const seen = (box, element) => {
    let { left, top, right, bottom } = box;
    for (let at = element; at !== null && at !== page.body; at = at.parentElement) {
      if (at instanceof SVGElement) continue;
      const style = getComputedStyle(at);
      if (style.visibility === "hidden" || style.opacity === "0" || style.display === "none") return null;
      if (style.overflowX !== "visible" || style.overflowY !== "visible") {
        const clip = at.getBoundingClientRect();
        [left, top] = [Math.max(left, clip.left), Math.max(top, clip.top)];
        [right, bottom] = [Math.min(right, clip.right), Math.min(bottom, clip.bottom)];
      }
      // What is in the top layer nothing around it cuts.
      if (at.matches(":popover-open")) break;
    }
    return right - left > 1 && bottom - top > 1 ? { left, top, right, bottom } : null;
  };

  const overlap = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1.5 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;

  const texts = [];
  const walker = page.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (node.textContent.trim() === "" || element.closest("style, script, title, select") !== null) continue;
    const style = getComputedStyle(element);
    if (style.visibility === "hidden" || style.opacity === "0") continue;
    const range = page.createRange();
    range.selectNodeContents(node);
    const whole = range.getBoundingClientRect();
    const box = seen(whole, element);
    if (box === null) continue;
    if (Number.parseFloat(style.fontSize) < 11) faults.push(`${say(node.textContent)} is ${style.fontSize} high`);
    // What is elided says so with its ellipsis; what is scrolled can be scrolled.
    const elided = element.closest(".tbn-elide") !== null;
    const scrolled = element.closest(".tbn-scroll, .tbn-table-box, .tbn-overlay") !== null;
    const sideways = element.closest(".tbn-hp-grid, .tbn-hp-parallel") !== null;
    const cut = (!sideways && (whole.right - box.right > 1.5 || box.left - whole.left > 1.5)) || (!scrolled && whole.bottom - box.bottom > 4);
    if (cut && !elided) faults.push(`${say(node.textContent)} is cut off`);
    if (box.right > page.documentElement.clientWidth + 1) faults.push(`${say(node.textContent)} leaves the page`);
    const layer = element.closest(".tbn-overlay");
    // A text that goes on in a second line has another one in the gap of its last.
    const lines = [...range.getClientRects()].map((line) => seen(line, element)).filter((line) => line !== null);
    texts.push({ text: node.textContent, lines, layer });
  }

  const buttons = [...root.querySelectorAll(".tbn-more, .tbn-edge-pill, .tbn-pill")];
  const above = new Set(buttons.map((button) => button.textContent));
  for (const [i, a] of texts.entries()) {
    for (const b of texts.slice(i + 1)) {
      if (a.layer !== b.layer || above.has(a.text) !== above.has(b.text)) continue;
      if (a.lines.some((one) => b.lines.some((other) => overlap(one, other)))) faults.push(`${say(a.text)} and ${say(b.text)} overlap`);
    }
  }
  if (page.documentElement.scrollWidth > page.documentElement.clientWidth + 1) faults.push("the page scrolls sideways");
  return faults;
}
