"""The first output of a view: the widget, or one sentence where no page can draw it."""

from __future__ import annotations

from typing import Any

from IPython.display import publish_display_data

from tbnotebook.widget.host import sent_by_jupyterlab
from tbnotebook.widget.models import AssetModel, ViewModel
from tbnotebook.wire import LIVE_TEXT

# Seconds without a cell in which a page that can draw the view has told so: it sends its word when it takes the model,
# and the kernel hears it when it is idle.
PATIENCE = 8.0


class LiveOutput:
    """One output of a cell, whose content follows whether a page can draw it.

    A JupyterLab whose own environment lacks the widgets' manager or anywidget says nothing, and where the view should
    be it shows an error. Only for the pages of JupyterLab and Notebook is a view given up: elsewhere, and above all
    where there is no page at all (nbclient, papermill), silence means nothing.
    """

    def __init__(self, view_id: str, model: ViewModel, asset: AssetModel) -> None:
        self._display_id = f"tbnotebook-live-{view_id}"
        self._model = model
        self._asset = asset
        self._waits = sent_by_jupyterlab()
        self._drawn = True
        self._idle_since: float | None = None

    def open(self) -> None:
        """Publish it under the running cell: as a sentence if a view before was given up and no page has spoken."""
        self._drawn = not (self._waits and self._asset.given_up)
        self._publish(update=False)

    def answer(self) -> None:
        """A page has taken the model: it can draw."""
        self._waits = self._asset.given_up = False
        self._draw(True)

    def tick(self, now: float, *, busy: bool) -> None:
        """Give the view up if no page has spoken for as long as it takes; `now` is monotonic."""
        if busy or self._idle_since is None:
            self._idle_since = None if busy else now
        elif self._waits and now - self._idle_since >= PATIENCE:
            self._waits = False
            self._asset.given_up = True
            self._draw(False)

    def _draw(self, drawn: bool) -> None:
        if drawn != self._drawn:
            self._drawn = drawn
            self._publish(update=True)

    def _publish(self, *, update: bool) -> None:
        data: dict[str, Any] = {"text/plain": LIVE_TEXT}
        metadata: dict[str, Any] = {}
        if self._drawn:
            bundle, metadata = self._model._repr_mimebundle_() or ({}, {})
            data = {**bundle, **data}
        publish_display_data(data, metadata, transient={"display_id": self._display_id}, update=update)
