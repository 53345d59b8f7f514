"""What happens to a notebook, and what is promised of the view in it."""

from __future__ import annotations

from dataclasses import dataclass

LAB, NOTEBOOK, PLAIN, FILE = "JupyterLab", "Notebook 7", "without the extension", "file"
HOSTS = (LAB, NOTEBOOK, PLAIN, FILE)

# A view that moves; one that can be worked with; a picture.
LIVE, USABLE, PICTURE = "live", "usable", "picture"

LIVE_WORDS, SAVED_WORDS, GONE_WORDS = "live · … s ago", "saved hh:mm", "kernel gone · last heard hh:mm"


@dataclass(frozen=True, eq=False)
class State:
    """A row of the matrix.

    Attributes
    ----------
    name : str
        What happened, as the README says it.
    kinds : dict
        For each host that knows the state, what its view is.
    words : str
        How the view, where it is no picture, says its age, with … for a number and hh:mm for a time of day.
    """

    name: str
    kinds: dict[str, str]
    words: str


def everywhere(name: str, kind: str, words: str, plain: str | None = None) -> State:
    """Return a state that all applications know; `plain` is what is left without the extension."""
    return State(name, {LAB: kind, NOTEBOOK: kind, PLAIN: plain or kind}, words)


def exported(name: str, kind: str) -> State:
    """Return what became of the saved notebook as a file."""
    return State(name, {FILE: kind}, SAVED_WORDS)


BUSY = everywhere("the cell runs", LIVE, LIVE_WORDS)
SECOND_TAB = everywhere("second tab while the cell runs", LIVE, LIVE_WORDS, PICTURE)
IDLE = everywhere("the cell has ended, a thread still writes", LIVE, LIVE_WORDS)
RELOADED_IDLE = everywhere("page reloaded", LIVE, LIVE_WORDS)
RELOADED_BUSY = everywhere("page reloaded while the cell runs", LIVE, LIVE_WORDS, PICTURE)
RESTARTED = everywhere("kernel restarted", USABLE, GONE_WORDS)
REOPENED = everywhere("reopened tomorrow, new kernel", USABLE, SAVED_WORDS, PICTURE)
NO_KERNEL = everywhere("reopened without a kernel", USABLE, SAVED_WORDS, PICTURE)
UNTRUSTED = everywhere("somebody else's notebook, not trusted", USABLE, SAVED_WORDS, PICTURE)
KILLED = everywhere("kernel killed while the cell runs (SIGKILL)", USABLE, GONE_WORDS)
PLAIN_HTML = exported("`nbconvert --to html`, no network", PICTURE)
REPORT = exported("`nbconvert --to tbnotebook`, no network", USABLE)
PDF = exported("`nbconvert --to webpdf`", PICTURE)

# In the order in which a notebook goes through them.
STATES = (
    *(BUSY, SECOND_TAB, IDLE, RELOADED_IDLE, RELOADED_BUSY, RESTARTED, KILLED),
    *(REOPENED, NO_KERNEL, UNTRUSTED, PLAIN_HTML, REPORT, PDF),
)
