"""The two widget models: one asset a kernel that brings the bundle, one small model a view."""

from __future__ import annotations

import re
import time
from typing import Any

import anywidget
import traitlets

from tbnotebook.widget.bundle import bundle
from tbnotebook.wire import DEFAULTS, PANELS, Message

SETTLE = 0.5  # seconds in which a page that has asked for a model's state has made the model


class PageModel(anywidget.AnyWidget):
    """A model that notices when a page takes it over anew, as after a reload.

    Such a page has the traits and none of the messages. It could ask for them, but JupyterLab sends the question to
    a subshell that ended with the page before, so it may never be heard.
    """

    _taken_at: float | None = None

    @property
    def ended(self) -> bool:
        """Whether the host has closed the model by itself, as marimo does when its cell is run again or deleted."""
        return bool(getattr(self.comm, "_closed", False))

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> Any:
        """Return the traits' values; asked for all of them once the model is open, it is a page that asks."""
        if key is None and self.comm is not None:
            self._taken_at = time.monotonic()
        return super().get_state(key, drop_defaults)

    def taken_anew(self, now: float) -> bool:
        """Tell, once, that a new page has the model; `now` is monotonic."""
        if self._taken_at is None or now - self._taken_at < SETTLE:
            return False
        self._taken_at = None
        return True


class AssetModel(PageModel):
    """Brings the bundle to the page, as a custom message: no saved notebook ever holds it."""

    _esm = traitlets.Unicode().tag(sync=True)

    def __init__(self) -> None:
        super().__init__(_esm=bundle().asset)
        # A view found no page that could draw it, and none has spoken since.
        self.given_up = False
        self.bring()

    def bring(self) -> None:
        """Send the bundle."""
        self.send({"type": "bundle", "hash": bundle().hash}, [bundle().gzip])


class _Hex(traitlets.Unicode):  # type: ignore[type-arg]
    """A colour as ``#rrggbb``."""

    info_text = "a colour of the palette, an index from 0 on, or a text like '#1b53b9'"

    def validate(self, obj: Any, value: Any) -> Any:
        if not (isinstance(value, str) and re.fullmatch("#[0-9a-fA-F]{6}", value)):
            self.error(obj, value)
        return value


_COLOR = traitlets.Union([traitlets.Int(min=0), _Hex()])


class ViewModel(PageModel):
    """The page's side of a view: its options as traits; the data go as messages and are never saved with it."""

    _esm = traitlets.Unicode().tag(sync=True)
    _bundle = traitlets.Unicode().tag(sync=True)
    _view_id = traitlets.Unicode().tag(sync=True)
    panel = traitlets.Enum(PANELS, DEFAULTS["panel"]).tag(sync=True)
    smoothing = traitlets.Float(DEFAULTS["smoothing"], min=0, max=0.999).tag(sync=True)
    x = traitlets.Unicode(DEFAULTS["x"]).tag(sync=True)
    log_y = traitlets.Bool(DEFAULTS["log_y"]).tag(sync=True)
    log_x = traitlets.Bool(DEFAULTS["log_x"]).tag(sync=True)
    outliers = traitlets.Bool(DEFAULTS["outliers"]).tag(sync=True)
    tags = traitlets.Unicode(DEFAULTS["tags"]).tag(sync=True)
    hidden = traitlets.List(traitlets.Unicode()).tag(sync=True)
    height = traitlets.Int(None, allow_none=True, min=120).tag(sync=True)
    groups = traitlets.Unicode(DEFAULTS["groups"]).tag(sync=True)
    average = traitlets.Enum(("mean", "median"), DEFAULTS["average"]).tag(sync=True)
    band = traitlets.Enum(("std", "stderr", "minmax", "none"), DEFAULTS["band"]).tag(sync=True)
    members = traitlets.Bool(DEFAULTS["members"]).tag(sync=True)
    baseline = traitlets.Unicode(DEFAULTS["baseline"]).tag(sync=True)
    compare = traitlets.Enum(("difference", "ratio"), DEFAULTS["compare"]).tag(sync=True)
    charts = traitlets.List(
        traitlets.Dict(per_key_traits={"title": traitlets.Unicode(), "tags": traitlets.List(traitlets.Unicode())})
    ).tag(sync=True)
    tooltip_sort = traitlets.Enum(("value", "nearest", "name"), DEFAULTS["tooltip_sort"]).tag(sync=True)
    pins = traitlets.List(traitlets.Unicode()).tag(sync=True)
    card_width = traitlets.Int(None, allow_none=True, min=120).tag(sync=True)
    runs = traitlets.Unicode(DEFAULTS["runs"]).tag(sync=True)
    colors = traitlets.Dict(key_trait=traitlets.Unicode(), value_trait=_COLOR).tag(sync=True)
    color_by = traitlets.Unicode(DEFAULTS["color_by"]).tag(sync=True)
    attempts = traitlets.Enum(("all", "newest"), DEFAULTS["attempts"]).tag(sync=True)
    ui = traitlets.Dict().tag(sync=True)

    def __init__(self, view_id: str, cell: str, options: dict[str, Any], *, whole: bool = False) -> None:
        code = bundle().whole if whole else bundle().loader
        super().__init__(_esm=code, _bundle=bundle().hash, _view_id=view_id, **options)
        self._address = {"view": view_id, "cell": cell}

    @property
    def options(self) -> dict[str, Any]:
        """The view's state as a snapshot keeps it."""
        return {**{name: getattr(self, name) for name in DEFAULTS}, "ui": self.ui}

    def __repr__(self) -> str:
        return "a live view, drawn where the kernel that made it runs"

    def post(self, message: Message) -> None:
        """Send a frame; safe from any thread.

        It bears the view's address, because a page that was loaded while a cell ran has no model to hear it by.
        """
        self.send({**message.content, **self._address}, [message.buffer] if message.buffer else None)

    def close(self) -> None:
        """End the model and the layout model that ipywidgets makes with each."""
        if self.comm is not None:
            self.layout.close()
        super().close()

    def post_bundle(self) -> None:
        """Send the bundle on the view's own channel: for hosts that isolate each output."""
        self.send({"type": "bundle", "hash": bundle().hash}, [bundle().gzip])


def check_options(options: dict[str, Any]) -> dict[str, Any]:
    """Return a view's options without those that are None.

    Raises
    ------
    TypeError
        If a name is no option; the error lists those that are.
    """
    unknown = sorted(options.keys() - DEFAULTS.keys())
    if unknown:
        raise TypeError(f"no such option: {', '.join(unknown)}; a view has {', '.join(DEFAULTS)}")
    return {name: value for name, value in options.items() if value is not None}
