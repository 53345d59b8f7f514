"""What a view's status said, and when."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

# Written by the page when it changes, on the same clock as the kernel's time.time().
RECORD = """() => {
  const seen = (window.tbnStates = []);
  const look = () => {
    const status = document.querySelector(".tbn-status");
    const now = status === null ? null : [status.dataset.state, status.textContent];
    const last = seen.at(-1);
    if (now !== null && (last === undefined || last[1] !== now[0] || last[2] !== now[1])) {
      seen.push([(performance.timeOrigin + performance.now()) / 1000, ...now]);
    }
  };
  new MutationObserver(look).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["data-state"],
  });
}"""


@dataclass(frozen=True)
class Change:
    """Seconds since the epoch, and the state and words from then on."""

    at: float
    state: str
    words: str


def record_states(page: Page) -> None:
    """Write down from now on what the page's first view says of itself."""
    page.evaluate(RECORD)


def changes(page: Page) -> list[Change]:
    """Return what was written down."""
    return [Change(*change) for change in page.evaluate("window.tbnStates")]
