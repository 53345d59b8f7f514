"""The long table of what is no scalar: a row a bin, a picture, a text, a hyperparameter."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tbnotebook.reader.dataframes import categorical, importing

if TYPE_CHECKING:
    import pandas
    import polars

# A batch ends behind so many rows, or bytes of texts and files: Arrow's offsets end at 2 GiB.
_ROWS = 1 << 17
_BYTES = 1 << 26

Type: TypeAlias = Literal["names", "int32", "int64", "float64", "text", "bytes"]
Column: TypeAlias = "NDArray[Any] | list[Any]"
Columns: TypeAlias = dict[str, Column]


class Field(NamedTuple):
    """A column of a table.

    Attributes
    ----------
    name : str
    type : str
        ``"names"``: int32 indices into ``names``; ``"text"`` and ``"bytes"`` are lists, in which None is nothing.
    names : tuple of str
    """

    name: str
    type: Type
    names: tuple[str, ...] = ()


class Unreadable(NamedTuple):
    """A record of which a table has no rows.

    Attributes
    ----------
    what : str
        Which: run, tag and step.
    reason : str
    """

    what: str
    reason: str


Piece: TypeAlias = "Columns | Unreadable"


@dataclass(frozen=True, eq=False, repr=False)
class Table:
    """A long table of what was recorded, as the log was when it was asked for.

    Records are read when rows are asked for, and anew each time; nothing of them is kept. A record that cannot be read
    has no rows, which a warning tells. Libraries that know Arrow's PyCapsule interface take a table as it is, as they
    do the `Frame` of scalars, for which nanoarrow must be installed.

    Attributes
    ----------
    kind : str
    fields : tuple of Field
    """

    kind: str
    fields: tuple[Field, ...]
    _pieces: Callable[[], Iterator[Piece]]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(field.name for field in self.fields)

    def __repr__(self) -> str:
        return f"<Table of {self.kind}: {', '.join(self.columns)}>"

    def batches(self) -> Iterator[Columns]:
        """Yield the rows as arrays and lists by column, some 100,000 rows or 64 MB at a time.

        Warns
        -----
        UserWarning
            At the end, if records could not be read.
        """
        gathered: list[Columns] = []
        rows = size = 0
        lost: list[Unreadable] = []
        for piece in self._pieces():
            if isinstance(piece, Unreadable):
                lost.append(piece)
                continue
            gathered.append(piece)
            rows += len(piece[self.fields[0].name])
            size += sum(_bytes_in(piece[field.name]) for field in self.fields if field.type in ("text", "bytes"))
            if rows >= _ROWS or size >= _BYTES:
                yield self._joined(gathered)
                gathered, rows, size = [], 0, 0
        if gathered:
            yield self._joined(gathered)
        if lost:
            count = f"1 record of {self.kind}" if len(lost) == 1 else f"{len(lost)} records of {self.kind}"
            first = ": " if len(lost) == 1 else ", the first "
            warnings.warn(f"{count} cannot be read{first}{lost[0].what}: {lost[0].reason}", stacklevel=2)

    def to_numpy(self) -> dict[str, NDArray[Any]]:
        """Return the columns as arrays; names as int32 indices into their field's ``names``."""
        columns = self._joined(list(self.batches()))
        return {field.name: _array(columns[field.name]) for field in self.fields}

    def to_pandas(self) -> pandas.DataFrame:
        """Return the table as a pandas DataFrame; names are categoricals.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        with importing("pandas"):
            import pandas
        columns: dict[str, Any] = dict(self._joined(list(self.batches())))
        for field in self.fields:
            if field.type == "names":
                columns[field.name] = categorical(columns[field.name], field.names)
            elif field.type in ("text", "bytes"):
                dtype = str if field.type == "text" else object
                columns[field.name] = pandas.Series(columns[field.name], dtype=dtype)
        return pandas.DataFrame(columns, copy=False)

    def to_polars(self) -> polars.DataFrame:
        """Return the table as a polars DataFrame; names are categoricals.

        Raises
        ------
        ImportError
            If polars or nanoarrow is not installed.
        """
        with importing("polars", "nanoarrow"):
            import polars
        return polars.DataFrame(self)

    def __arrow_c_schema__(self) -> object:
        """Return a capsule of the table's Arrow schema; ``ImportError`` if nanoarrow is not installed."""
        from tbnotebook.reader.arrow import table_schema

        return table_schema(self.fields).__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return a capsule of the table as a stream of record batches; see `Frame`."""
        from tbnotebook.reader.arrow import table_stream

        return table_stream(self.batches(), self.fields).__arrow_c_stream__()

    def _joined(self, pieces: Sequence[Columns]) -> Columns:
        return {field.name: _joined(field, [piece[field.name] for piece in pieces]) for field in self.fields}


def _joined(field: Field, parts: Sequence[Column]) -> Column:
    if field.type in ("text", "bytes"):
        return [value for part in parts for value in part]
    dtype = np.dtype("int32" if field.type == "names" else field.type)
    return np.concatenate([np.empty(0, dtype), *(np.asarray(part, dtype) for part in parts)])


def _array(column: Column) -> NDArray[Any]:
    if not isinstance(column, list):
        return column
    array = np.empty(len(column), object)
    array[:] = column
    return array


def _bytes_in(column: Column) -> int:
    return sum(len(value) for value in column if value is not None)
