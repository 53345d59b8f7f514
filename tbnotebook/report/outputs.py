"""What becomes of each output of a notebook in a report: ours a figure, what is static stays, the rest falls back."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from tbnotebook.report.inert import needs_scripts_or_network
from tbnotebook.wire import MIME, is_live_text

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
# What nbconvert's HTML can show without a script, the best first.
STATIC = ("text/html", "text/markdown", "image/svg+xml", "text/latex", "image/png", "image/jpeg", "text/plain")


def settle_outputs(nb: Any, token: str) -> list[dict[str, Any]]:
    """Make the outputs of `nb` static, in place, and take the snapshots out.

    Parameters
    ----------
    nb : NotebookNode
    token : str
        Each snapshot's output becomes `<div id="{token}-{n}">`, to be replaced by its figure.

    Returns
    -------
    list of dict
        The data of the outputs that hold a snapshot, in order: `figures[n]`.
    """
    figures: list[dict[str, Any]] = []
    for cell in nb.cells:
        if cell.cell_type != "code":
            continue
        has_snapshot = any(MIME in output.get("data", {}) for output in cell.outputs)
        settled = []
        for output in cell.outputs:
            data = output.get("data")
            if data is None:
                settled.append(output)
            elif MIME in data:
                output["data"] = {"text/html": f'<div id="{token}-{len(figures)}"></div>'}
                output["metadata"] = {}
                figures.append(data)
                settled.append(output)
            elif not (has_snapshot and _is_our_view(data)):
                output["data"], note = _fall_back(data)
                settled += [output] if output["data"] else []
                settled += [_like(output, note)] if note else []
        cell.outputs = settled
    nb.metadata.pop("widgets", None)  # megabytes of state that nothing in the report would draw
    return figures


def _is_our_view(data: Mapping[str, Any]) -> bool:
    """Tell whether an output is a live view, or what stands in its place where a page cannot draw it."""
    return data.keys() <= {WIDGET_VIEW, "text/plain"} and is_live_text(_text(data.get("text/plain", "")))


def _fall_back(data: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The static part of an output, and what has to be said if that is not all of it."""
    static = {kind: data[kind] for kind in STATIC if kind in data}
    dropped = [_name_of(kind) for kind in data if kind not in STATIC and _needs_scripts(kind)]
    if "text/html" in static and needs_scripts_or_network(_text(static["text/html"])):
        del static["text/html"]
        dropped.insert(0, "HTML with scripts or parts from the network")
    if not dropped:
        return static or dict(data), ""
    what = dropped[0]
    if not static:
        return {}, f"An output was left out: {what} does not work without a kernel or a network."
    shown = "its text" if list(static) == ["text/plain"] else "its saved picture or text"
    return static, f"Shown as {shown}: {what} does not work without a kernel or a network."


def _needs_scripts(kind: str) -> bool:
    return kind == "application/javascript" or bool(re.fullmatch(r"application/vnd\..*json", kind))


def _name_of(kind: str) -> str:
    names = {WIDGET_VIEW: "a live widget", "application/javascript": "JavaScript"}
    if kind in names:
        return names[kind]
    found = re.fullmatch(r"application/vnd\.(\w+).*", kind)
    return f"an interactive {found[1]} figure" if found else kind


def _like(output: Any, note: str) -> Any:
    """An output of HTML of the same notebook type as `output`, with a note."""
    made = type(output)(output_type="display_data", metadata=type(output)())
    made["data"] = type(output)({"text/html": f'<p class="tbn-note">{escape(note)}</p>'})
    return made


def _text(value: Any) -> str:
    """Notebooks keep a text as a string or as a list of lines."""
    return "".join(value) if isinstance(value, list) else str(value)
