"""The low-level writer: whole events and summaries into one folder."""

from __future__ import annotations

import os
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Self

from tbnotebook.events import schema
from tbnotebook.events.address import absolute
from tbnotebook.writer.encoder import RAW
from tbnotebook.writer.scribe import Scribe
from tbnotebook.writer.store.connection import connect
from tbnotebook.writer.values import BadValue, to_step, to_wall_time


class FileWriter:
    """Writes protocol buffers to event files; a drop-in for the ``FileWriter`` of torch and of tensorboardX.

    The messages may be those of tensorboard, tensorboardX, TensorFlow or `tbnotebook.events.schema`.

    Parameters
    ----------
    log_dir
        The folder; created if it is missing. Or a URL that fsspec knows, as ``"s3://bucket/run"``.
    max_queue, flush_secs
        Accepted for their sake. Whatever they are, an event is in the file within 0.2 s.
    filename_suffix
        Ends the names of the event files.

    write_to_disk
        If false, nothing is written at all.
    strict
        A step or wall time that no event can hold raises `BadValue` where the event would else be left out and
        counted. While the disk takes nothing, and once after events were lost, ``add_*`` raise and add nothing;
        ``flush`` and ``close`` raise after they have done what they can.
    lazy
        Begin the file with the first event and not now.

    Raises
    ------
    OSError
        The folder or the file cannot be created.
    ImportError
        The package for an object store is not installed.
    """

    def __init__(
        self,
        log_dir: str | os.PathLike[str],
        max_queue: int = 10,
        flush_secs: float = 120,
        filename_suffix: str = "",
        *,
        write_to_disk: bool = True,
        strict: bool = False,
        lazy: bool = False,
    ) -> None:
        self._log_dir = os.fspath(log_dir)
        self._suffix = filename_suffix
        self._write_to_disk = write_to_disk
        self._meant: tuple[Any, float | None] = (None, None)  # step and wall time of events that are given none
        self.strict = strict
        # Absolute: a file that is begun later must not follow a change of the working directory.
        self._place = absolute(self._log_dir)
        self.scribe = Scribe(self._place, filename_suffix, muted=not write_to_disk)
        self._uploader = connect(self.scribe, self._place) if write_to_disk else None
        weakref.finalize(self, self.scribe.disown).atexit = False
        if not lazy:
            self.scribe.open()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as the configuration: a copy has a file of its own, opened when it is needed."""
        like_this = partial(
            type(self),
            filename_suffix=self._suffix,
            write_to_disk=self._write_to_disk,
            strict=self.strict,
            lazy=True,
        )
        return like_this, (self._place,)

    @property
    def folder(self) -> str:
        """The folder of this machine that has the event files: for an object store the spool."""
        return self._place if self._uploader is None else self._uploader.folder

    @property
    def place(self) -> str:
        """The folder that is written to, from the file system's root, or its URL."""
        return self._place

    @property
    def writes(self) -> bool:
        """Whether anything is written at all."""
        return self._write_to_disk

    @property
    def event_writer(self) -> FileWriter:
        """Where torch's FileWriter has its ``EventFileWriter``: this object has the methods of both."""
        return self

    @property
    def _file_name(self) -> str:
        # Composer asks for it: the file being written, or written last.
        return self.scribe.outbox.path

    def get_logdir(self) -> str:
        """Return the folder as it was given."""
        return self._log_dir

    def add_event(self, event: Any, step: Any = None, walltime: float | None = None) -> None:
        """Write an ``Event``; its wall time is set to ``walltime``, or now, and its step to ``step`` if given."""
        self.raise_if_strict()
        step = self._meant[0] if step is None else step
        walltime = self._meant[1] if walltime is None else walltime
        try:
            event.wall_time = time.time() if walltime is None else to_wall_time(walltime)
            if step is not None:
                event.step = to_step(step)
        except BadValue as problem:
            if self.strict:
                raise
            self.scribe.tally.leave_out("an event", problem)
            return
        self.scribe.add((RAW, event.SerializeToString(), event.step, event.wall_time))

    @contextmanager
    def use_metadata(self, *, global_step: Any = None, walltime: float | None = None) -> Iterator[Self]:
        """Give all events that are added here within the block a step and a wall time, where none is said."""
        before, self._meant = self._meant, (global_step, walltime)
        try:
            yield self
        finally:
            self._meant = before

    def add_summary(self, summary: Any, global_step: Any = None, walltime: float | None = None) -> None:
        """Write a ``Summary``, given as a message or serialized."""
        serialized = summary if isinstance(summary, bytes) else summary.SerializeToString()
        event = schema.Event(summary=schema.Summary.FromString(serialized))
        self.add_event(event, global_step, walltime)

    def add_graph(self, graph_profile: tuple[Any, Any], walltime: float | None = None) -> None:
        """Write a ``GraphDef`` and its ``RunMetadata``, given as a pair."""
        graph, run_metadata = graph_profile
        self.add_onnx_graph(graph, walltime)
        tagged = schema.TaggedRunMetadata(tag=b"step1", run_metadata=run_metadata.SerializeToString())
        self.add_event(schema.Event(tagged_run_metadata=tagged), None, walltime)

    def add_onnx_graph(self, graph: Any, walltime: float | None = None) -> None:
        """Write a ``GraphDef`` alone."""
        self.add_event(schema.Event(graph_def=graph.SerializeToString()), None, walltime)

    def add_openvino_graph(self, graph: Any, walltime: float | None = None) -> None:
        """Write a ``GraphDef`` alone, under tensorboardX's other name."""
        self.add_onnx_graph(graph, walltime)

    def flush(self, *, fsync: bool = False) -> bool:
        """Write all that was added before. Returns whether that worked.

        With ``fsync`` it is on the disk then, and in the object store if that is where ``log_dir`` lies.
        """
        worked = self.scribe.flush(fsync=fsync)
        uploaded = not fsync or self._uploader is None or self._uploader.upload()
        self._raise_if_left(uploaded)
        self.raise_if_strict()
        return worked and uploaded

    def close(self) -> None:
        """Write what is left and close the file. Whatever is added later begins a new file.

        Waits for the upload to an object store, for half a minute at most; the rest goes on in the background.
        """
        self.scribe.close()
        uploaded = self._uploader is None or self._uploader.finish()
        self._raise_if_left(uploaded)
        self.raise_if_strict()

    def _raise_if_left(self, uploaded: bool) -> None:
        if self.strict and not uploaded:
            raise OSError(f"{self._log_dir}: not all is uploaded; what is left stays in {self.folder}")

    def raise_if_strict(self) -> None:
        """Raise, if the writer is strict, what kept events from being written since the last call.

        Raises
        ------
        OSError
            The disk takes nothing, or events were dropped for want of room.
        BadValue
            A number that came from a GPU is none that an event can hold.
        """
        if self.strict:
            self.scribe.tally.raise_trouble()

    def reopen(self) -> None:
        """Begin a new file if the last one was closed."""
        self.scribe.open()
