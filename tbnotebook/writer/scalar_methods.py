"""The methods of `SummaryWriter` for curves."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tbnotebook.writer.custom_scalars import layout_payload
from tbnotebook.writer.encoder import RAW
from tbnotebook.writer.values import BadValue

if TYPE_CHECKING:
    from tbnotebook.writer.file_writer import FileWriter
    from tbnotebook.writer.scalars_entry import ScalarsEntry
    from tbnotebook.writer.summary_entry import SummaryEntry


class ScalarMethods:
    """Adds points, and says which curves make a chart."""

    file_writer: FileWriter
    _add_scalar: Callable[..., None]
    _scalars: ScalarsEntry
    _summaries: SummaryEntry

    def add_scalar(
        self,
        tag: str,
        scalar_value: Any,
        global_step: Any = None,
        walltime: float | None = None,
        new_style: bool | str = False,
        double_precision: bool | str = False,
        display_name: str = "",
        summary_description: str = "",
    ) -> None:
        """Add one point of a curve.

        Parameters
        ----------
        tag
            The curve's name; ``/`` groups.
        scalar_value
            One real number: of Python, of numpy, or an array or tensor of one element. Stored as float32. What it
            is at the call counts; for a tensor on a GPU the writer's thread waits, not the caller.
        global_step
            A whole number within int64. By default the tag's own count goes on: its last step + 1, at first 0.
        walltime
            Seconds since the epoch, by default now.
        new_style
            Store a tensor of plugin ``scalars``, as TensorFlow 2 does, and no ``simple_value``.
        double_precision
            Keep the value as float64, in such a tensor. TensorBoard's fast loader does not show it.
        display_name, summary_description
            Shown for the tag. A text in the place of ``new_style`` is taken for the name, and what stands behind it for
            the description: so they stand in tensorboardX.

        Raises
        ------
        BadValue
            Only in a strict writer: an argument that no event can hold.
        OSError
            Only in a strict writer: the disk takes nothing, or events were lost since the last call.
        """
        self._add_scalar(
            tag,
            scalar_value,
            self._summaries.step_of(global_step),
            self._summaries.wall_time_of(walltime),
            new_style,
            double_precision,
            display_name,
            summary_description,
        )

    def add_scalars(
        self,
        main_tag: str,
        tag_scalar_dict: Mapping[str, Any],
        global_step: Any = None,
        walltime: float | None = None,
        *,
        new_style: bool = False,
        double_precision: bool = False,
    ) -> None:
        """Add a point to each of several curves of one chart.

        A curve's tag is ``main_tag``; what tells the curves apart is the run, one a key, in a folder of its own:
        ``<log_dir>/<main_tag>_<key>``, with ``_`` for each ``/`` of ``main_tag``. A key that no folder can be named
        after, or that would lead out of ``log_dir``, gets a similar name with a hash. A view shows the curves as
        those of this run, in one chart; TensorBoard shows runs beside it.

        Parameters
        ----------
        main_tag
            The chart's name; ``/`` groups.
        tag_scalar_dict
            Key → one real number, as `add_scalar` takes it.
        global_step, walltime
            As for `add_scalar`; the same for all keys. By default the count of each key's curve goes on.
        new_style, double_precision
            As for `add_scalar`.

        Raises
        ------
        BadValue, OSError
            Only in a strict writer, as for `add_scalar`; then nothing is added.
        """
        self._scalars.add(
            main_tag,
            tag_scalar_dict,
            self._summaries.step_of(global_step),
            self._summaries.wall_time_of(walltime),
            new_style=new_style,
            double_precision=double_precision,
        )

    def add_custom_scalars(self, layout: Mapping[str, Mapping[str, Any]]) -> None:
        """Say which tags make a chart. It may be said before or after they are written to; the last layout counts.

        Parameters
        ----------
        layout
            Category → title of a chart → ``["Multiline", tags]``, where a tag is a regular expression that matches
            tags from their beginning, or ``["Margin", [value, lower, upper]]``, three tags.

        Raises
        ------
        BadValue
            Only in a strict writer: it is something else.
        OSError
            Only in a strict writer, as for `add_scalar`.
        """
        self.file_writer.raise_if_strict()
        now = time.time()
        try:
            payload = layout_payload(layout, now)
        except BadValue as problem:
            if self.file_writer.strict:
                raise
            self.file_writer.scribe.tally.leave_out("a layout of custom scalars", problem)
            return
        self.file_writer.scribe.add((RAW, payload, None, now))

    def add_custom_scalars_multilinechart(
        self, tags: Sequence[str], category: str = "default", title: str = "untitled"
    ) -> None:
        """Let tags make one chart of lines: `add_custom_scalars` for a single chart."""
        self.add_custom_scalars({category: {title: ["Multiline", tags]}})

    def add_custom_scalars_marginchart(
        self, tags: Sequence[str], category: str = "default", title: str = "untitled"
    ) -> None:
        """Let three tags, a value and its lower and upper bound, make one chart: `add_custom_scalars` for that."""
        self.add_custom_scalars({category: {title: ["Margin", tags]}})
