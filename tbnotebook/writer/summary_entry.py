"""What one call gives to be made into a summary, as an entry of the scribe's list."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from tbnotebook.writer.array import Array, DeviceArray, arrived
from tbnotebook.writer.deferred import Deferred
from tbnotebook.writer.device_number import DeviceNumber, take_step
from tbnotebook.writer.values import as_bad_value, describe, to_tag, to_wall_time

if TYPE_CHECKING:
    from tbnotebook.writer.file_writer import FileWriter

Fill: TypeAlias = Callable[..., None]
"""Called with a ``Summary``, a tag and arrays, adds the values to the summary. Runs in the writer's thread; what it
raises costs the event."""

Taken: TypeAlias = tuple[Fill, Sequence[Array | DeviceArray]]
"""How a summary is filled, and the arrays that it is filled from, which are nobody else's."""


class SummaryEntry:
    """Behind all ``add_*`` whose summary the writer's thread makes.

    Attributes
    ----------
    defaults
        Step and wall time of calls that say none; see `SummaryWriter.use_metadata`.
    """

    def __init__(self, writer: FileWriter) -> None:
        self._writer = writer
        self.defaults: tuple[Any, float | None] = (None, None)

    def step_of(self, global_step: Any) -> Any:
        """Return a call's step, or what is meant where it says none."""
        return self.defaults[0] if global_step is None else global_step

    def wall_time_of(self, walltime: float | None) -> float | None:
        """Return a call's wall time, or what is meant where it says none."""
        return self.defaults[1] if walltime is None else walltime

    def warn(self, cause: str, message: str) -> None:
        """Warn, once for each cause."""
        self._writer.scribe.tally.warn(cause, message)

    def add(self, tag: Any, take: Callable[[], Taken], global_step: Any, walltime: Any) -> None:
        """Take what a summary is made from; what cannot be is left out, or raises in a strict writer.

        Parameters
        ----------
        take
            Called at once. An ImportError of it is the caller's; whatever else it raises means that it was given
            something else than it takes.
        """
        self._writer.raise_if_strict()
        global_step, walltime = self.step_of(global_step), self.wall_time_of(walltime)
        try:
            to_tag(tag)
            step: int | DeviceNumber | None = None if global_step is None else take_step(global_step)
            wall_time = time.time() if walltime is None else to_wall_time(walltime)
            fill, arrays = take()
        except ImportError:
            raise
        except Exception as error:  # a foreign object's own, too
            problem = as_bad_value(error)
            if self._writer.strict:
                raise problem from problem.__cause__
            self._writer.scribe.tally.leave_out(f"an event of tag {describe(tag)}", problem)
            return

        def make(summary: Any, name: bytes, taken: Sequence[Array | DeviceArray]) -> None:
            fill(summary, name, *map(arrived, taken))

        size = sum(array.nbytes for array in arrays)
        self._writer.scribe.add((Deferred(tag, make, size), arrays, step, wall_time))
