"""A view: what `show` returns, and what the poller tells of new data."""

from __future__ import annotations

import math
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tbnotebook.widget.figure import figure
from tbnotebook.widget.host import Host, current_cell, current_run, find_host
from tbnotebook.widget.live_output import LiveOutput
from tbnotebook.widget.models import AssetModel, ViewModel, check_options
from tbnotebook.widget.poller import SLICE, Folder, Poller
from tbnotebook.widget.saved_file import writer_for
from tbnotebook.widget.saved_output import SavedOutput, describe
from tbnotebook.widget.sender import Sender
from tbnotebook.wire import Colors, Feed, Message

if TYPE_CHECKING:
    import plotly.graph_objects as go

SAVE_SOON, SAVE = 1.0, 25.0  # seconds between two saved pictures, at first and at most: with all delays below 30
SAVE_WAITS = 5.0  # seconds in which others come first
SAVE_SHARE = 0.003  # of the time that saving may take
MOST_SAID = 1000  # words of a page that wait for the next tick
DRAFT_SHARE = 3  # a save is so many times the work of a draft

NOT_DRAWN = (
    "A live view needs a notebook; from here view.save('view.html') writes the view as a page, "
    "view.figure(tag) gives a plotly figure."
)


class Option:
    """An option of a view as an attribute: reads and sets the widget's trait of the same name."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, view: View | None, owner: type | None = None) -> Any:
        return self if view is None else getattr(view.widget, self.name)

    def __set__(self, view: View, value: Any) -> None:
        setattr(view.widget, self.name, value)


class View:
    """A live view of a log under a cell, made by `tbnotebook.show` or `SummaryWriter.show`.

    Its options can be read and set while it is alive; they follow what a person does in the page. A view lives until
    its cell is run again, or until `close`.

    Attributes
    ----------
    panel : {"curves", "graph", "images", "histograms", "texts", "audio", "pr_curves", "hparams"}
    smoothing : float
        Weight of the moving average, 0 to 0.999.
    x : str
        "step", "relative" or "wall"; or another tag, as "epoch", whose values the curves are drawn over.
    log_y, log_x, outliers : bool
        Logarithmic values; a logarithmic x axis, where x is no time of day; the y range leaves spikes out.
    tags : str
        Regular expression that the shown tags match.
    hidden : list of str
        Runs that are not drawn.
    height : int or None
        Pixels beyond which the view scrolls inside.
    groups : str
        Which runs are one experiment done several times, and are drawn as one curve: "seeds" (names that differ in
        their seed), "folder", "hparam:lr" (runs that were given the same of it), or a regular expression (see
        `tbnotebook.wire.seeds_of`); "" for none.
    average : {"mean", "median"}
        The curve of such a group.
    band : {"std", "stderr", "minmax", "none"}
        What is shaded around it.
    members : bool
        A group's own runs are drawn as well, faintly.
    baseline : str
        A run that all are compared with; "" for none.
    compare : {"difference", "ratio"}
        What is drawn of a run then: its values less the baseline's, or divided by them.
    charts : list of dict
        Charts of several tags, each with its `title` and `tags`; `chart` adds one.
    tooltip_sort : {"value", "nearest", "name"}
        How the table under the pointer is sorted: by the lines' values, their distance to it, or the runs' names.
    pins : list of str
        Tags whose cards stand above all others, whatever `tags` lets through.
    card_width : int or None
        Least width of a card in pixels; None: one to four cards in a row, as the view has room.
    runs : str
        Regular expression that the names of the shown runs match.
    colors : dict
        Run name → its colour: an index into the palette, or a text like "#1b53b9".
    color_by : str
        Regular expression: runs whose names agree in its groups share a colour. Empty: each run has its own.
    attempts : {"all", "newest"}
        Whether older attempts of a run are drawn, faint, or not at all.
    widget : ViewModel
        The widget itself, to be put into other widgets.
    path : str
        The folder, absolute.
    view_id : str
        The same in the page.
    run : str
        The one run of the cell that has opened it.
    save_seconds : float
        The work of the last save of the output; 0 after the first, which tells nothing of the next.
    """

    panel = Option()
    smoothing = Option()
    x = Option()
    log_y = Option()
    log_x = Option()
    outliers = Option()
    tags = Option()
    hidden = Option()
    height = Option()
    groups = Option()
    average = Option()
    band = Option()
    members = Option()
    baseline = Option()
    compare = Option()
    charts = Option()
    tooltip_sort = Option()
    pins = Option()
    card_width = Option()
    runs = Option()
    colors = Option()
    color_by = Option()
    attempts = Option()

    def __init__(
        self,
        folder: Folder,
        poller: Poller,
        asset: AssetModel,
        colors: Colors,
        *,
        cell: str,
        view_id: str,
        options: dict[str, Any],
    ) -> None:
        self.path = folder.log.path
        self._host = find_host()
        self._cell_thread = threading.current_thread()
        # marimo makes a model when it draws it and answers nothing while a cell runs: what was sent before is lost. It
        # serves the module as a file, and saves none.
        self.widget = ViewModel(view_id, cell, check_options(options), whole=self._host is Host.MARIMO)
        self.widget.on_msg(self._on_message)
        self.folder = folder
        self._poller = poller
        self._asset = asset
        self._colors = colors
        self.run = current_run()
        self.view_id = view_id
        self._cell = cell
        self._sender = Sender(self.widget, Feed(folder.log, colors, digest=folder.digest), folder, poller)
        self._live = LiveOutput(view_id, self.widget, asset)
        self._saved = SavedOutput(view_id, cell)
        self._saved_state: object = None
        self._saved_draft = False
        self._opened = time.monotonic()
        self._saved_at = self._opened
        self._save_at = self._opened + SAVE_SOON
        self.save_seconds = 0.0
        self._said: deque[tuple[dict[str, Any], float]] = deque(maxlen=MOST_SAID)
        self._closed = False

    def open(self) -> None:
        """Draw under the running cell, and follow the folder from now on; outside a notebook say what it holds."""
        if self._host is Host.NONE:
            print(describe(self.folder.log), NOT_DRAWN, sep="\n")
            return
        with self.folder.lock:
            self._sender.send()
        if self._host is Host.MARIMO:
            sys.modules["marimo"].output.append(self.widget)
        else:
            self._live.open()
        self._poller.open(self.folder, self)
        self.save_output(draft=self._poller.busy)

    def close(self) -> None:
        """End the live view; the saved picture stays."""
        if self._closed:
            return
        self._closed = True
        self._poller.close(self.folder, self)
        with self.folder.lock:
            if not self.widget.ended:
                self.widget.post(Message({"type": "bye"}))
            self.widget.close()

    def figure(self, tags: str | Sequence[str]) -> go.Figure:
        """Return the curves of one tag or several as a plotly figure, with the view's data and look.

        It is the caller's, to restyle and publish.

        Raises
        ------
        KeyError
            If no run has such a tag; the error lists those that there are.
        """
        self._read_on()
        with self.folder.lock:
            return figure(self.folder.log, tags, self.widget.options, self._colors)

    def chart(self, tags: Sequence[str], title: str = "") -> None:
        """Draw several tags in one chart, above the others; one of the same tags is drawn anew.

        Parameters
        ----------
        tags : sequence of str
            They need not be there yet.
        title : str, optional
            By default the tags' names.
        """
        if isinstance(tags, str) or len(tags) < 2:
            raise ValueError(f"a chart of {tags!r}; it takes two tags or more, as ['train/loss', 'val/loss']")
        others = [chart for chart in self.charts if chart["tags"] != list(tags)]
        self.charts = [*others, {"title": title, "tags": list(tags)}]

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the view as it is now into a file; `path` ends in .html, .png or .svg.

        .html is one page that works without a network or a kernel, and opens as the view was left; .png and .svg are
        the picture that stays in the notebook: the first charts and the graph.

        Raises
        ------
        ValueError
            If the ending is another one.
        OSError
            If the file cannot be written.
        """
        write = writer_for(path)
        self._read_on()
        with self.folder.lock:
            write(self.folder.log, self.widget.options, self._colors)

    def save_output(self, *, partial: bool = False, draft: bool = False) -> None:
        """Bring the saved picture and snapshot up to date, if anything has changed since; marimo saves none.

        A `draft` does while the cell runs: another save follows at its end.
        """
        if self._host is not Host.JUPYTER:
            return
        with self.folder.lock:
            options = self.widget.options
            state = (self.folder.revision, options, partial)
            if (state == self._saved_state and (draft or not self._saved_draft)) or self._closed:
                return
            self._sender.announce_pause(self.save_seconds)
            began = time.thread_time()
            self._saved.save(
                self.folder.log, options, self._colors, partial=partial, draft=draft, digest=self.folder.digest
            )
            took = time.thread_time() - began
            self.folder.apart += took
            if self._saved_state is not None:  # the first save loads what saving needs, and mostly of an empty log
                self.save_seconds = took * DRAFT_SHARE if draft else took
            self._saved_state, self._saved_draft = state, draft
            now = self._saved_at = time.monotonic()
            # A page that is reloaded in a cell's first half minute has nothing else to show.
            self._save_at = now + min(max(now - self._opened, SAVE_SOON, took / SAVE_SHARE), SAVE)

    def save_by(self, time: float) -> None:
        """Leave it to the ticks to save what is new, from a monotonic time on."""
        self._save_at = min(self._save_at, time)

    def tick(self, now: float, *, busy: bool) -> float:
        """Send what is due: new data, a keyframe that nobody had to ask for, a sign of life, the saved output.

        Return when the next sign of life, or the next points that a page lacks, are due.
        """
        if self._closed:
            return math.inf
        if self.widget.ended or self._reader_has_gone():
            self.close()
            return math.inf
        self._live.tick(now, busy=busy)
        while self._said:
            self._answer(*self._said.popleft())
        if self._asset.taken_anew(now):
            self._asset.bring()
        if self.widget.taken_anew(now):
            self._sender.send_key(anew=True)
        self._sender.tick(now, busy=busy)
        # What is soon read, or on its way to a page, comes first: it would be saved twice, or wait.
        waits = self.folder.more or (self._sender.has_bulk and not busy)
        if now >= self._save_at and not (waits and now < self._saved_at + SAVE_WAITS):
            self.save_output(draft=busy)
        return self._sender.next_at(now, busy=busy)

    def flush(self) -> None:
        """Send at once all that has been read, and whether a cell runs."""
        with self.folder.lock:
            if not self._closed:
                self._sender.flush()

    def _read_on(self) -> None:
        while self.folder.look(SLICE):
            pass

    def _reader_has_gone(self) -> bool:
        """Tell that nobody is left to see it: each reader of a marimo app has a thread, which ends when he goes."""
        return self._host is Host.MARIMO and not self._cell_thread.is_alive()

    def hear(self, content: dict[str, Any]) -> None:
        """Take a page's word in a thread that must not wait: the next tick answers it."""
        self._said.append((content, time.monotonic()))
        self._poller.wake()

    def _on_message(self, _: Any, content: dict[str, Any], buffers: list[Any]) -> None:
        self._answer(content, time.monotonic())

    def _answer(self, content: dict[str, Any], now: float) -> None:
        """Answer what a page said at `now`; it cannot rely on that while a cell runs, and only names what it wants."""
        with self.folder.lock:
            self._live.answer()
        wish = content.get("type")
        if wish == "bundle?":
            self.widget.post_bundle()
        elif wish == "key?":
            with self.folder.lock:
                self.widget.taken_anew(math.inf)  # what a new page lacks is what it asks for
                self._sender.send_key()
        elif wish == "got":
            with self.folder.lock:
                self._sender.acknowledged(content, now)
            self._poller.wake()
        elif wish in ("points?", "detail?"):
            with self.folder.lock:
                self._sender.want(content)
            self._poller.wake()
        elif wish == "blobs?":
            with self.folder.lock:
                self._sender.want_blobs(content)
            self._poller.wake()

    def _ipython_display_(self) -> None:
        """Draw again in another cell; in its own cell the view is there already."""
        if current_cell() != self._cell:
            from tbnotebook.widget.opener import show_log

            show_log(self.folder.log, {name: getattr(self, name) for name in _OPTION_NAMES})

    def _display_(self) -> ViewModel:
        """Return what marimo draws where the view is a cell's last line."""
        return self.widget

    def __repr__(self) -> str:
        return f"<View of {describe(self.folder.log)}>"


_OPTION_NAMES = tuple(name for name, value in vars(View).items() if isinstance(value, Option))
