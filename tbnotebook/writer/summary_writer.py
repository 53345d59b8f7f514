"""`SummaryWriter`: the writer that people use."""

from __future__ import annotations

import os
import socket
import sys
import time
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from tbnotebook.events import schema
from tbnotebook.writer.array_methods import ArrayMethods
from tbnotebook.writer.event_file import version_payload
from tbnotebook.writer.file_writer import FileWriter
from tbnotebook.writer.graph_methods import GraphMethods
from tbnotebook.writer.health import WriterWarning
from tbnotebook.writer.hparams_entry import HParamsEntry
from tbnotebook.writer.picture_methods import PictureMethods
from tbnotebook.writer.rank import current_rank, folder_of_rank, writes
from tbnotebook.writer.run_methods import RunMethods
from tbnotebook.writer.scalar_entry import scalar_entry
from tbnotebook.writer.scalar_methods import ScalarMethods
from tbnotebook.writer.scalars_entry import ScalarsEntry
from tbnotebook.writer.summary_entry import SummaryEntry
from tbnotebook.writer.values import to_step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from tbnotebook.writer.health import Health
    from tbnotebook.writer.rank import Ranks
    from tbnotebook.writer.scribe import Scribe


class SummaryWriter(ScalarMethods, PictureMethods, ArrayMethods, GraphMethods, RunMethods):
    """Writes what a training gives to event files; a drop-in for torch's and tensorboardX's ``SummaryWriter``.

    ``add_*`` never wait for the disk and never raise on its account: a thread writes, and what was added is in the
    file within 0.2 s. A value that no event can hold is left out, counted in `health` and warned of once. Only a
    model that raises makes `add_graph` raise.

    Parameters
    ----------
    log_dir, logdir
        The folder; two names for one thing. By default ``runs/<date>_<time>_<host><comment>``. Or a URL that fsspec
        knows, as ``"s3://bucket/run"``: a folder of this machine is uploaded there in the background. The network is
        not asked before; a store that cannot be reached is warned of, and tried again.
    comment
        Ends the default folder's name; without effect if a folder is given.
    purge_step
        A run is resumed from here: what earlier files of the folder have at this step or later is void.
    max_queue, flush_secs
        Accepted for the peers' sake. Whatever they are, nothing waits for longer than 0.2 s.
    filename_suffix
        Ends the names of the event files.
    write_to_disk
        If false, nothing is written at all.
    comet_config
        Accepted for tensorboardX's sake; nothing is sent to Comet.
    strict
        What would else be left out and counted raises: `BadValue` at the call; OSError while the disk takes nothing
        and once after events were lost, when ``add_*`` add nothing, and ``flush`` and ``close`` have done what
        they can.
    ranks
        Where several processes train together (torchrun, torch.distributed): with ``"all"`` each rank writes a run
        of its own, rank 0 into the folder and any other into ``rank<number>`` below it; with ``"zero"`` only rank 0
        writes, and the calls of the others do nothing.

    Raises
    ------
    OSError
        The folder or the first file cannot be created.
    ImportError
        The package for an object store is not installed.
    BadValue
        ``purge_step`` is no step.
    ValueError
        ``ranks`` is something else, or ``log_dir`` and ``logdir`` differ.
    """

    def __init__(
        self,
        log_dir: str | os.PathLike[str] | None = None,
        comment: str = "",
        purge_step: Any = None,
        max_queue: int = 10,
        flush_secs: float = 120,
        filename_suffix: str = "",
        write_to_disk: bool = True,
        *,
        logdir: str | os.PathLike[str] | None = None,
        comet_config: Mapping[str, Any] | None = None,
        strict: bool = False,
        ranks: Ranks = "all",
    ) -> None:
        if log_dir and logdir and os.fspath(log_dir) != os.fspath(logdir):
            raise ValueError(f"log_dir={log_dir!r} and logdir={logdir!r} name one thing; give one of them")
        if comet_config is not None and not comet_config.get("disabled", False):
            warnings.warn("tbnotebook: comet_config: nothing is sent to Comet", WriterWarning, stacklevel=2)
        folder = log_dir or logdir
        rank = current_rank()
        write_to_disk = writes(ranks, rank) and write_to_disk
        given = os.fspath(folder) if folder else _default_folder(comment or "")
        self.log_dir = folder_of_rank(given, rank) if write_to_disk else given
        self.purge_step = None if purge_step is None else to_step(purge_step)
        self.max_queue = max_queue
        self.flush_secs = flush_secs
        self.filename_suffix = filename_suffix
        self.file_writer = FileWriter(
            self.log_dir, max_queue, flush_secs, filename_suffix, write_to_disk=write_to_disk, strict=strict, lazy=True
        )
        self._make_entry()
        self._scribe.open(_purge_payloads(self.purge_step))
        if write_to_disk and "tbnotebook.widget" in sys.modules:
            from tbnotebook.widget import writer_opened

            writer_opened(self._folder)

    @property
    def _folder(self) -> str:
        return self.file_writer.folder

    @property
    def _scribe(self) -> Scribe:
        return self.file_writer.scribe

    def _make_entry(self) -> None:
        self._add_scalar = scalar_entry(self.file_writer)
        self._add_scalar.__doc__ = SummaryWriter.add_scalar.__doc__
        self._scalars = ScalarsEntry(self.file_writer)
        self._summaries = SummaryEntry(self.file_writer)
        self._hparams = HParamsEntry(self.file_writer)
        self._embeddings = {}
        self._put_entry_first()

    def _put_entry_first(self) -> None:
        if type(self).add_scalar is SummaryWriter.add_scalar:
            # Found before the method, and saves its call; a subclass that overrides the method keeps it.
            self.__dict__["add_scalar"] = self._add_scalar

    def __getstate__(self) -> dict[str, Any]:
        """Pickle as the configuration: a copy has a file of its own, opened when it is needed."""
        entries = ("add_scalar", "_add_scalar", "_scalars", "_summaries", "_hparams", "_embeddings")
        return {key: value for key, value in vars(self).items() if key not in entries}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self._make_entry()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.log_dir!r})"

    @property
    def logdir(self) -> str:
        """The folder that is written to; tensorboardX's name for `log_dir`."""
        return self.log_dir

    @property
    def all_writers(self) -> dict[str, FileWriter]:
        """The file writers by folder. There is one: the folders of `add_scalars` are written by it, too."""
        return {self.log_dir: self.file_writer}

    @property
    def health(self) -> Health:
        """What was written, dropped and retried up to now."""
        return self._scribe.tally.health()

    def get_logdir(self) -> str:
        """Return the folder that is written to: as it was given, but for the rank."""
        return self.log_dir

    def _get_file_writer(self) -> FileWriter:
        # Lightning and others reach for it under this name.
        return self.file_writer

    @contextmanager
    def use_metadata(self, *, global_step: Any = None, walltime: float | None = None) -> Iterator[Self]:
        """Give all ``add_*`` within the block a step and a wall time, where the call has none of its own."""
        before = self._summaries.defaults
        self._summaries.defaults = (global_step, walltime)
        self.__dict__.pop("add_scalar", None)  # the method asks what is meant
        try:
            yield self
        finally:
            self._summaries.defaults = before
            if before == (None, None):
                self._put_entry_first()

    def show(self, **options: Any) -> Any:
        """Draw this writer's folder under the cell, live; returns the view. Options as for `tbnotebook.show`."""
        from tbnotebook.widget import show

        return show(self._folder, **options)

    def flush(self, *, fsync: bool = False) -> bool:
        """Write all that was added before. Returns whether that worked.

        With ``fsync`` it is on the disk then, and in the object store if that is where ``log_dir`` lies.
        """
        return self.file_writer.flush(fsync=fsync)

    def close(self) -> None:
        """Write what is left, note the end of the session, close the file. Adding more begins a new file.

        Waits for the upload to an object store, for half a minute at most; the rest goes on in the background.
        What views in this kernel have saved of the folder is brought up to date.
        """
        try:
            self.file_writer.close()
        finally:
            if "tbnotebook.widget" in sys.modules:
                from tbnotebook.widget import refresh

                refresh(self._folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close; what a ``with`` block was left by stands in the file, and a view says so."""
        if kind is not None:
            self._scribe.ending = kind.__name__
        self.close()


def _default_folder(comment: str) -> str:
    moment = time.strftime("%b%d_%H-%M-%S")
    return os.path.join("runs", f"{moment}_{socket.gethostname()}{comment}")


def _purge_payloads(step: int | None) -> list[bytes]:
    """Return the events that make void what the folder has from ``step`` on."""
    if step is None:
        return []
    now = time.time()
    start = schema.SessionLog(status=schema.SessionStatus.START)
    event = schema.Event(wall_time=now, step=step, session_log=start)
    return [version_payload(now, step), event.SerializeToString()]
