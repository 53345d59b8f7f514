"""What a feed needs of a log: a folder's `LogDir` has it, and so has a graph that was only traced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray


class SeriesSource(Protocol):
    """The points of one tag in one attempt."""

    @property
    def step(self) -> NDArray[np.int64]: ...
    @property
    def wall_time(self) -> NDArray[np.float64]: ...
    @property
    def value(self) -> NDArray[np.float64]: ...
    @property
    def generation(self) -> int: ...


class AttemptSource(Protocol):
    """One attempt of a run."""

    @property
    def scalars(self) -> Mapping[str, SeriesSource]: ...


class MarginSource(Protocol):
    """Three tags: a curve and its bounds."""

    @property
    def value(self) -> str: ...
    @property
    def lower(self) -> str: ...
    @property
    def upper(self) -> str: ...


class ChartSource(Protocol):
    """One chart of a layout of custom scalars."""

    @property
    def title(self) -> str: ...
    @property
    def tags(self) -> Sequence[str]: ...
    @property
    def margins(self) -> Sequence[MarginSource]: ...


class CategorySource(Protocol):
    """Charts of such a layout under one title. Two are equal if all in them is."""

    @property
    def title(self) -> str: ...
    @property
    def charts(self) -> Sequence[ChartSource]: ...
    @property
    def closed(self) -> bool: ...


class RunSource(Protocol):
    """One run."""

    @property
    def revision(self) -> int | None:
        """The same number as before: nothing of the run has changed since. None where that is not known."""

    @property
    def attempts(self) -> Sequence[AttemptSource]: ...
    @property
    def graph(self) -> Any: ...
    @property
    def graph_version(self) -> int: ...
    @property
    def models(self) -> Mapping[str, Sized]: ...
    def keras_model(self, tag: str) -> Any: ...
    @property
    def ended(self) -> bool: ...
    @property
    def ended_by(self) -> str | None: ...
    @property
    def first_wall_time(self) -> float | None: ...
    @property
    def last_wall_time(self) -> float | None: ...
    @property
    def parent(self) -> str | None: ...
    @property
    def keys(self) -> Mapping[str, str]: ...
    @property
    def layout(self) -> Sequence[CategorySource]: ...
    @property
    def lost(self) -> dict[str, Any] | None: ...


class ProblemSource(Protocol):
    """Something in the files that could not be read as it should."""

    @property
    def path(self) -> str: ...
    @property
    def offset(self) -> int | None: ...
    @property
    def reason(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def run(self) -> str | None: ...


class LogSource(Protocol):
    """A folder of runs, as far as it has been read."""

    @property
    def path(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def file_count(self) -> int: ...
    @property
    def bytes_read(self) -> int: ...
    @property
    def bytes_total(self) -> int: ...
    @property
    def runs(self) -> Mapping[str, RunSource]: ...
    @property
    def problems(self) -> Sequence[ProblemSource]: ...
