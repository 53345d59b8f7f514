"""Ours in the place of torch's and tensorboardX's writers, for code that imports them itself."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

from tbnotebook.writer.file_writer import FileWriter
from tbnotebook.writer.global_writer import GlobalSummaryWriter
from tbnotebook.writer.summary_writer import SummaryWriter

_TORCHS: dict[str, Any] = {"SummaryWriter": SummaryWriter, "FileWriter": FileWriter}
_TENSORBOARDXS = _TORCHS | {"GlobalSummaryWriter": GlobalSummaryWriter}
_MODULES: dict[str, dict[str, Any]] = {
    "torch.utils.tensorboard": _TORCHS,
    "torch.utils.tensorboard.writer": _TORCHS,
    "tensorboardX": _TENSORBOARDXS,
    "tensorboardX.writer": _TORCHS,
    "tensorboardX.global_writer": {"GlobalSummaryWriter": GlobalSummaryWriter},
}


class Patch:
    """What `patch` has replaced; `undo` puts it back, as does the end of a ``with`` block."""

    def __init__(self) -> None:
        self._attributes: list[tuple[Any, str, Any]] = []
        self._finder = _Finder()

    def undo(self) -> None:
        """Put back all that was replaced. What was imported meanwhile stays ours where it was imported to."""
        for owner, name, before in reversed(self._attributes):
            setattr(owner, name, before)
        self._attributes = []
        if self._finder in sys.meta_path:
            sys.meta_path.remove(self._finder)
        self._finder.forget()

    def __enter__(self) -> Patch:
        return self

    def __exit__(self, *_: object) -> None:
        self.undo()

    def _replace(self) -> None:
        if self._finder not in sys.meta_path:
            sys.meta_path.insert(0, self._finder)
        theirs: dict[int, Any] = {}
        for name, ours in _MODULES.items():
            for attribute, value in ours.items():
                before = vars(sys.modules.get(name, sys)).get(attribute, value)
                if before is not value:
                    theirs[id(before)] = value
        for module in [module for module in list(sys.modules.values()) if isinstance(module, ModuleType)]:
            for attribute, before in list(vars(module).items()):
                if id(before) in theirs:
                    self._attributes.append((module, attribute, before))
                    setattr(module, attribute, theirs[id(before)])


class _Finder(MetaPathFinder, Loader):
    """Gives modules that have ours, and find the rest of their package where that is installed.

    The real ones are not imported: they may not be there, and where they are it takes a second and more.
    """

    def __init__(self) -> None:
        self._made: list[ModuleType] = []

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in _MODULES:
            return None
        spec = ModuleSpec(fullname, self, is_package=fullname.rpartition(".")[0] not in _MODULES)
        if spec.submodule_search_locations is not None:
            real = PathFinder.find_spec(fullname, path)
            spec.submodule_search_locations += (real and real.submodule_search_locations) or []
        return spec

    def exec_module(self, module: ModuleType) -> None:
        vars(module).update(_MODULES[module.__name__])
        self._made.append(module)

    def forget(self) -> None:
        """Take the modules away again, so that the next import finds the real ones."""
        for module in self._made:
            parent, _, own = module.__name__.rpartition(".")
            if sys.modules.get(module.__name__) is module:
                del sys.modules[module.__name__]
            if vars(sys.modules.get(parent, sys)).get(own) is module:
                delattr(sys.modules[parent], own)
        self._made = []


_patch: Patch | None = None


def patch() -> Patch:
    """Make ``SummaryWriter`` of ``torch.utils.tensorboard`` and of ``tensorboardX`` ours.

    Code that imports them from now on gets ours, whether or not these packages, or tensorboard, are installed. Where
    a module has imported them before, its names are replaced; writers that were made before stay what they are.

    Returns
    -------
    Patch
        Its ``undo()`` takes everything back; it may also stand in a ``with`` statement. A second call replaces what
        was imported since, and is undone with the first.

    Examples
    --------
    >>> import tbnotebook
    >>> tbnotebook.patch()
    >>> from torch.utils.tensorboard import SummaryWriter  # tbnotebook's
    """
    global _patch
    if _patch is None:
        _patch = Patch()
    _patch._replace()
    return _patch
