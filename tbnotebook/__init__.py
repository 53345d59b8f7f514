"""The TensorBoard that lives inside the notebook."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tbnotebook.reader import LogDir
    from tbnotebook.tracer import trace
    from tbnotebook.widget import show
    from tbnotebook.writer import FileWriter, GlobalSummaryWriter, SummaryWriter, patch

__version__ = "0.1.0"
__all__ = ["FileWriter", "GlobalSummaryWriter", "LogDir", "SummaryWriter", "patch", "show", "trace"]

_HOMES = {
    "FileWriter": "tbnotebook.writer",
    "GlobalSummaryWriter": "tbnotebook.writer",
    "LogDir": "tbnotebook.reader",
    "SummaryWriter": "tbnotebook.writer",
    "patch": "tbnotebook.writer",
    "show": "tbnotebook.widget",
    "trace": "tbnotebook.tracer",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: a cluster node that only writes loads no widget."""
    if name not in _HOMES:
        raise AttributeError(f"module 'tbnotebook' has no attribute {name!r}; it has {', '.join(__all__)}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])


def load_ipython_extension(ipython: Any) -> None:
    """Register the magics; called by ``%load_ext tbnotebook``."""
    from tbnotebook.widget.magics import register

    register(ipython)
