"""The second output: picture, text and snapshot, saved with the notebook whatever becomes of the live view."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

from IPython.display import publish_display_data

from tbnotebook.still import WIDTH, draw
from tbnotebook.still.log_picture import picture_of
from tbnotebook.wire import MIME, Colors, Digest, breathe, content_key, last_step, media_counts, snapshot_of
from tbnotebook.wire.names import display_path
from tbnotebook.wire.source import LogSource


class SavedOutput:
    """One output of a cell, updated in place; it lives as long as the view it stands for.

    Parameters
    ----------
    view_id : str
        Names the view in the snapshot and in the picture, so that a page hides the picture while the view is alive.
    cell : str
        The cell that it stands in, for a page that lost the output in a reload.
    """

    def __init__(self, view_id: str, cell: str) -> None:
        self.view_id = view_id
        self._address = {"view": view_id, "cell": cell}
        self._content: str | None = None
        self._draft = False

    def save(
        self,
        log: LogSource,
        options: dict[str, Any],
        colors: Colors,
        *,
        partial: bool = False,
        draft: bool = False,
        digest: Digest | None = None,
    ) -> bool:
        """Publish the log as it is now: the first time as an output of the running cell, then as its update.

        A `draft` is less sharp and has fewer points, for a fraction of the work: it stands for a cell that runs, and
        is replaced at its end. `digest` is what others have worked out of the log already.

        Returns
        -------
        bool
            False if nothing had changed; then nothing is published, and the notebook keeps the same bytes.
        """
        digest = digest or Digest(log)
        snapshot = snapshot_of(
            log, options=options, view_id=self.view_id, colors=colors, partial=partial, draft=draft, digest=digest
        )
        content = content_key(snapshot)
        if content == self._content and (draft or not self._draft):
            return False
        note = "saved " + datetime.fromisoformat(snapshot["created"]).astimezone().strftime("%H:%M")
        title = display_path(log.path)
        picture = picture_of(
            log, options, colors=colors, title=title, note=note, view_id=self.view_id, digest=digest
        )
        breathe()
        png = draw(picture, draft=draft)
        breathe()
        data = {"text/plain": describe(log), "image/png": base64.b64encode(png).decode(), MIME: snapshot}
        # The picture is twice as sharp as it is large; the snapshot's id is to be had without unpacking it.
        metadata = {"image/png": {"width": WIDTH}, MIME: self._address}
        update = self._content is not None
        publish_display_data(data, metadata, transient={"display_id": f"tbnotebook-{self.view_id}"}, update=update)
        self._content, self._draft = content, draft
        return True


def describe(log: LogSource) -> str:
    """Say in one line of plain text what a log holds, for readers that show no picture."""
    points = sum(len(s.step) for run in log.runs.values() for a in run.attempts for s in a.scalars.values())
    tags = {tag for run in log.runs.values() for attempt in run.attempts for tag in attempt.scalars}
    steps = [step for step in map(last_step, log.runs.values()) if step is not None]
    parts = [f"tbnotebook: {display_path(log.path)}", _count(len(log.runs), "run"), _count(len(tags), "tag")]
    parts.append(_count(points, "point") + (f" up to step {max(steps)}" if steps else ""))
    if any(run.graph_version for run in log.runs.values()):
        parts.append("graph")
    parts += media_counts(log)
    if log.problems:
        parts.append(_count(len(log.problems), "problem"))
    return " · ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
