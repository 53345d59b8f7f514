"""One writer for a whole process, as tensorboardX has it."""

from __future__ import annotations

import os
from typing import Any, ClassVar

from tbnotebook.writer.summary_writer import SummaryWriter


class GlobalSummaryWriter:
    """A writer that keeps the step of each tag itself; a drop-in for tensorboardX's ``GlobalSummaryWriter``.

    Safe from any thread. Each process has a file and counts of its own, as `SummaryWriter` has it.

    Parameters
    ----------
    logdir, comment, purge_step, max_queue, flush_secs, filename_suffix, write_to_disk, log_dir
        As for `SummaryWriter`.
    coalesce_process
        Accepted for tensorboardX's sake.
    """

    _writer: ClassVar[GlobalSummaryWriter | None] = None

    def __init__(
        self,
        logdir: str | os.PathLike[str] | None = None,
        comment: str = "",
        purge_step: Any = None,
        max_queue: int = 10,
        flush_secs: float = 120,
        filename_suffix: str = "",
        write_to_disk: bool = True,
        log_dir: str | os.PathLike[str] | None = None,
        coalesce_process: bool = True,
        **options: Any,
    ) -> None:
        self.smw = SummaryWriter(
            log_dir,
            comment,
            purge_step,
            max_queue,
            flush_secs,
            filename_suffix,
            write_to_disk,
            logdir=logdir,
            **options,
        )

    @classmethod
    def getSummaryWriter(cls) -> GlobalSummaryWriter:  # noqa: N802 (tensorboardX's name)
        """Return the writer of this process, made at the first call with all defaults."""
        if GlobalSummaryWriter._writer is None:
            GlobalSummaryWriter._writer = cls()
        return GlobalSummaryWriter._writer

    @property
    def file_writer(self) -> Any:
        """The low-level writer."""
        return self.smw.file_writer

    def add_scalar(self, tag: str, scalar_value: Any, walltime: float | None = None) -> None:
        """Add one point; see `SummaryWriter.add_scalar`."""
        self.smw.add_scalar(tag, scalar_value, None, walltime)

    def add_image(self, tag: str, img_tensor: Any, walltime: float | None = None, dataformats: str = "CHW") -> None:
        """Add a picture; see `SummaryWriter.add_image`."""
        self.smw.add_image(tag, img_tensor, None, walltime, dataformats)

    def add_histogram(
        self,
        tag: str,
        values: Any,
        bins: Any = "tensorflow",
        walltime: float | None = None,
        max_bins: int | None = None,
    ) -> None:
        """Add a histogram; see `SummaryWriter.add_histogram`."""
        self.smw.add_histogram(tag, values, None, bins, walltime, max_bins)

    def add_audio(self, tag: str, snd_tensor: Any, sample_rate: int = 44100, walltime: float | None = None) -> None:
        """Add a sound; see `SummaryWriter.add_audio`."""
        self.smw.add_audio(tag, snd_tensor, None, sample_rate, walltime)

    def add_text(self, tag: str, text_string: Any, walltime: float | None = None) -> None:
        """Add a text; see `SummaryWriter.add_text`."""
        self.smw.add_text(tag, text_string, None, walltime)

    def flush(self) -> bool:
        """Write all that was added before; see `SummaryWriter.flush`."""
        return self.smw.flush()

    def close(self) -> None:
        """Write what is left and close the file."""
        self.smw.close()
