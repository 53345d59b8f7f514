"""The long table of a log: a row a point, for pandas, polars, DuckDB and whatever else reads Arrow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tbnotebook.reader.columns import Points
from tbnotebook.reader.dataframes import categorical, importing
from tbnotebook.reader.kinds import KINDS as TABLES
from tbnotebook.reader.kinds import table_of
from tbnotebook.reader.names import natural
from tbnotebook.reader.table import Table

if TYPE_CHECKING:
    import pandas
    import polars

    from tbnotebook.reader.logdir import LogDir

SCALARS: Final = "scalars"
KINDS = (SCALARS, *TABLES)

# A batch is small enough that one more of them is nothing beside a log, and so large that none is felt; a part of at
# least _ALONE rows is a batch of its own, as views of the log's own arrays, while smaller ones are copied together.
_ROWS = 1 << 17
_ALONE = 1 << 14


class Batch(NamedTuple):
    """Consecutive rows of a frame: six arrays of the same length.

    Attributes
    ----------
    run, tag : int32 array
        Indices into the frame's `runs` and `tags`.
    attempt : int32 array
        0 for a run's oldest.
    step : int64 array
    wall_time, value : float64 array
    """

    run: NDArray[np.int32]
    attempt: NDArray[np.int32]
    tag: NDArray[np.int32]
    step: NDArray[np.int64]
    wall_time: NDArray[np.float64]
    value: NDArray[np.float64]


COLUMNS = Batch._fields


@dataclass(frozen=True)
class Part:
    """The points of one tag in one attempt; ``run`` and ``tag`` are indices into the frame's `runs` and `tags`."""

    run: int
    attempt: int
    tag: int
    points: Points

    def __len__(self) -> int:
        return len(self.points.step)


@dataclass(frozen=True, eq=False, repr=False)
class Frame:
    """The long table ``run, attempt, tag, step, wall_time, value``, as the log was when it was asked for.

    Rows are in the order of the runs, their attempts (oldest first), their tags, and the records. Libraries that
    know Arrow's PyCapsule interface take a frame as it is, for which nanoarrow must be installed: DuckDB finds it
    by its variable's name (``duckdb.sql("from frame")``), and there are ``pyarrow.table(frame)`` and
    ``polars.DataFrame(frame)``. ``run`` and ``tag`` are dictionary-encoded strings, ``attempt`` is int32, ``step``
    int64, ``wall_time`` (seconds since the epoch) and ``value`` float64.

    Attributes
    ----------
    runs, tags : tuple of str
        What there is a row of, in natural order.
    """

    runs: tuple[str, ...]
    tags: tuple[str, ...]
    _parts: tuple[Part, ...] = field(default=())

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return COLUMNS

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def __repr__(self) -> str:
        return f"<Frame: {self.summary}; {', '.join(COLUMNS)}>"

    @property
    def summary(self) -> str:
        """What there is, in words."""
        counts = (len(self), "row"), (len(self.runs), "run"), (len(self.tags), "tag")
        return ", ".join(f"{number:,} {thing}{'' if number == 1 else 's'}" for number, thing in counts)

    def batches(self) -> Iterator[Batch]:
        """Yield the rows, some 100,000 at a time at most; long series as views of the log's own arrays."""
        small: list[Part] = []
        rows = 0
        for part in self._parts:
            alone = len(part) >= _ALONE
            if small and (alone or rows + len(part) > _ROWS):
                yield gathered(small)
                small, rows = [], 0
            if alone:
                yield from _slices(part)
            else:
                small.append(part)
                rows += len(part)
        if small:
            yield gathered(small)

    def to_numpy(self) -> dict[str, NDArray[Any]]:
        """Return the columns as arrays; ``run`` and ``tag`` as int32 indices into `runs` and `tags`."""
        return gathered(self._parts)._asdict()

    def to_pandas(self) -> pandas.DataFrame:
        """Return the table as a pandas DataFrame; ``run`` and ``tag`` are categoricals.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        with importing("pandas"):
            import pandas
        columns: dict[str, Any] = self.to_numpy()
        for name, names in (("run", self.runs), ("tag", self.tags)):
            columns[name] = categorical(columns[name], names)
        return pandas.DataFrame(columns, copy=False)

    def to_polars(self) -> polars.DataFrame:
        """Return the table as a polars DataFrame; ``run`` and ``tag`` are categoricals.

        Raises
        ------
        ImportError
            If polars or nanoarrow is not installed, or polars is one of 2024 that loses rows.
        """
        with importing("polars", "nanoarrow"):
            import polars
        table = polars.DataFrame(self)
        if table.height != len(self):
            raise ImportError(f"polars {polars.__version__} reads an Arrow stream in part only: pip install -U polars")
        return table

    def __arrow_c_schema__(self) -> object:
        """Return a capsule of the table's Arrow schema; ``ImportError`` if nanoarrow is not installed."""
        from tbnotebook.reader.arrow import schema

        return schema().__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return a capsule of the table as a stream of record batches; all have the same dictionaries.

        Parameters
        ----------
        requested_schema
            Another schema that the consumer would like; the protocol lets a producer keep to its own, as here.

        Raises
        ------
        ImportError
            If nanoarrow is not installed.
        """
        from tbnotebook.reader.arrow import stream

        return stream(self.batches(), self.runs, self.tags).__arrow_c_stream__()


def frame_of(
    log: LogDir, kind: str, runs: str | None = None, tags: str | None = None, *, encoded: bool = False
) -> Frame | Table:
    """Return all that has been read of a log as one table, every attempt's; later polls do not change it.

    A log of which no run is known yet is polled first.

    Parameters
    ----------
    log
    kind
        ``"scalars"``: a row a point, with ``value``. Of all others the records are read when rows are asked for, and a
        row has, behind ``run, attempt, tag, step, wall_time``: ``"histograms"`` a bin's ``left, right, count``;
        ``"texts"`` ``index, value``; ``"images"`` ``index, width, height, format``; ``"audio"`` ``index, label,
        format``; ``"tensors"`` an element's ``index, shape, value, text``; ``"pr_curves"`` ``threshold, precision,
        recall, tp, fp, tn, fn``. ``"hparams"`` has a row a hyperparameter: ``run, session, name, type, value, number``;
        behind those of a session, which is a call of `add_hparams`, its metrics' last values, of type "metric".
    runs, tags
        Regular expressions, found anywhere in a name and in whatever case, as in the view: the table has only these
        runs, or tags (of hyperparameters: names).
    encoded
        Pictures and sounds have a column ``encoded``, too: their files as they were written.

    Raises
    ------
    ValueError
        For another kind, or what is no regular expression.
    """
    if kind not in KINDS:
        raise ValueError(f"there is no frame of {kind!r}: the kinds are {', '.join(map(repr, KINDS))}")
    wanted_run, wanted_tag = _matcher("runs", runs), _matcher("tags", tags)
    if not log.runs:
        log.poll()
    if kind != SCALARS:
        return table_of(log, kind, wanted_run, wanted_tag, encoded=encoded)
    found = [
        (name, attempt.index, tag, Points(series.step, series.wall_time, series.value))
        for name, run in log.runs.items()
        if wanted_run(name)
        for attempt in run.attempts
        for tag, series in attempt.scalars.items()
        if wanted_tag(tag) and len(series)
    ]
    run_codes = _codes(dict.fromkeys(name for name, *_ in found))
    tag_codes = _codes(sorted({tag for _, _, tag, _ in found}, key=natural))
    parts = tuple(Part(run_codes[run], attempt, tag_codes[tag], points) for run, attempt, tag, points in found)
    return Frame(tuple(run_codes), tuple(tag_codes), parts)


def _codes(names: Iterable[str]) -> dict[str, int]:
    return {name: code for code, name in enumerate(names)}


def _matcher(option: str, pattern: str | None) -> Callable[[str], object]:
    """What tells whether a name is wanted: a regular expression that fits anywhere in it, in whatever case."""
    try:
        return re.compile(pattern or "", re.IGNORECASE).search
    except re.error as error:
        raise ValueError(f"{option}={pattern!r} is no regular expression: {error}") from error


def _slices(part: Part) -> Iterator[Batch]:
    codes = [np.full(min(len(part), _ROWS), code, np.int32) for code in (part.run, part.attempt, part.tag)]
    for start in range(0, len(part), _ROWS):
        rows = slice(start, start + _ROWS)
        step, wall_time, value = part.points.step[rows], part.points.wall_time[rows], part.points.value[rows]
        run, attempt, tag = (column[: len(step)] for column in codes)
        yield Batch(run, attempt, tag, step, wall_time, value)


def gathered(parts: Sequence[Part]) -> Batch:
    """Return the rows of all parts, copied together."""
    lengths = [len(part) for part in parts]

    def codes(of: Iterable[int]) -> NDArray[np.int32]:
        return np.repeat(np.fromiter(of, np.int32, len(parts)), lengths)

    return Batch(
        codes(part.run for part in parts),
        codes(part.attempt for part in parts),
        codes(part.tag for part in parts),
        np.concatenate([np.empty(0, np.int64), *(part.points.step for part in parts)]),
        np.concatenate([np.empty(0, np.float64), *(part.points.wall_time for part in parts)]),
        np.concatenate([np.empty(0, np.float64), *(part.points.value for part in parts)]),
    )
