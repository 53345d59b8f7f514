"""One view of the report: the snapshot, the picture that stands in for it, a caption."""

from __future__ import annotations

import json
import re
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any

from tbnotebook.wire import MIME, decode
from tbnotebook.wire.media import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_ENDS = 6  # lines of a chart beyond which the page has no room for their last values
# What a panel shows that says it by more than its counts.
PANEL_WORDS = {
    "histograms": "How values were distributed, step by step.",
    "pr_curves": "Precision over recall.",
    "hparams": "What each run was given, and by what it is judged.",
}
X_WORDS = {"step": "the training step", "relative": "the time since the run began", "wall": "the time of day"}


def figure_html(data: Mapping[str, Any], number: int) -> str:
    """The figure of an output's data.

    Parameters
    ----------
    data : mapping
        MIME type → content: the snapshot, and what there is of `image/png` and `text/plain`.
    number : int
        Of the figure in the report, from 1.
    """
    snapshot = data[MIME]
    words = "".join(data.get("text/plain", ()))
    picture = re.sub(r"\s", "", "".join(data.get("image/png", ())))
    image = ""
    if re.fullmatch(r"[A-Za-z0-9+/=]+", picture):
        source = f"data:image/png;base64,{picture}"
        image = f'<img class="tbn-picture" width="900" alt="{escape(words or "curves")}" src="{source}">\n'
    return (
        f'<figure class="tbn-figure">\n{image}'
        f'<script type="{MIME}">{script_json(snapshot)}</script>\n'
        f"{_caption(snapshot, words, number)}</figure>"
    )


def script_json(value: Any) -> str:
    """JSON that no HTML or JavaScript parser takes for anything else, whatever texts it holds."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def saved_at(snapshot: Any) -> datetime | None:
    """When a snapshot was made, in local time; None if it does not say."""
    try:
        return datetime.fromisoformat(snapshot["created"]).astimezone()
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def _caption(snapshot: Any, words: str, number: int) -> str:
    try:
        header, _ = decode(snapshot)
        about, source = _describe(header)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        about, source = f"This view cannot be read: {error}.", words
    time = saved_at(snapshot)
    saved = f"saved {time:%H:%M}" if time else ""
    aside = " · ".join(escape(part) for part in (source, saved) if part)
    return (
        f'<figcaption><span><b>Figure {number}.</b> {escape(about)}</span><span class="tbn-source">{aside}</span>'
        "</figcaption>\n"
    )


def _counts(frame: Mapping[str, Any]) -> Iterator[str]:
    """Of each kind of pictures and the like how many there are here."""
    for kind, (one, several) in WORDS.items():
        total = sum(entry["total"] for entry in frame["media"] if entry["kind"] == kind)
        here = sum(blob["kind"] == kind for blob in frame["blobs"])
        if here < total:
            yield f"{here:,} of {total:,} {several}"
        elif total:
            yield f"all {total:,} {several}" if total > 1 else f"1 {one}"


def _and(parts: list[str]) -> str:
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def _x_words(axis: str) -> str:
    return X_WORDS.get(axis) or f"the value of “{axis}”"


def _describe(header: Mapping[str, Any]) -> tuple[str, str]:
    """What the figure shows, and where that comes from."""
    frame, options = header["frame"], header["options"]
    parts = []
    panel = options.get("panel", "curves")
    runs = sum(run["parent"] is None for run in frame["runs"])
    if panel in PANEL_WORDS:
        parts.append(PANEL_WORDS[panel])
    if frame["series"] and panel == "curves":
        smoothed = bool(options["smoothing"])
        clauses = ["Thin lines are the logged values, thick ones smoothed" if smoothed else "The logged values"]
        if runs <= MOST_ENDS:
            clauses.append(f"numbers at the right are the last {'smoothed ' if smoothed else ''}values")
        parts.append("; ".join([*clauses, f"x is {_x_words(options['x'])}."]))
        if any(part["thinned"] for part in frame["series"]):
            parts.append("Long curves are thinned, their peaks kept.")
    graphs = [entry["graph"] for entry in frame["graphs"] if entry["graph"]]
    if graphs and panel in ("curves", "graph"):
        parts.append(f"The network {graphs[-1]['name']}, with the shapes that flowed through it.")
    left_out = frame.get("left_out", {})
    if more := ", ".join(f"{left_out[what]} more {what}" for what in ("runs", "tags", "graphs") if left_out.get(what)):
        parts.append(f"{more} did not fit into what is kept.")
    elif frame.get("partial"):
        parts.append("Saved while the log was still being read.")
    if count := sum(left_out.get("series", {}).values()):
        parts.append(f"{count} more series of pictures, texts and the like did not fit.")
    if count := left_out.get("hparams"):
        parts.append(f"What {count} {'run was' if count == 1 else 'runs were'} given did not fit.")
    if frame.get("media"):
        first = "; the newest of each tag come first" if left_out.get("media") else ""
        parts.append(f"With {_and(list(_counts(frame)))}{first}.")
        if any(blob.get("scaled") for blob in frame["blobs"]):
            parts.append("Large pictures are scaled down.")
    folder = re.split(r"[/\\]", str(frame["log"]["path"]).rstrip("/\\"))[-1]
    return " ".join(parts), f"{folder} · {runs} {'run' if runs == 1 else 'runs'}"
