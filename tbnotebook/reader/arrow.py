"""Batches of a frame or a table as an Arrow C stream, made by nanoarrow: buffers are shared, not copied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from tbnotebook.reader.frame import Batch
    from tbnotebook.reader.table import Columns, Field


def schema() -> Any:
    """Return the Arrow schema of a frame of scalars, as a nanoarrow ``CSchema``.

    Raises
    ------
    ImportError
        If nanoarrow is not installed.
    """
    nanoarrow = _nanoarrow()
    names = nanoarrow.dictionary(nanoarrow.int32(), nanoarrow.string())
    return nanoarrow.c_schema(
        nanoarrow.struct(
            {
                "run": names,
                "attempt": nanoarrow.int32(),
                "tag": names,
                "step": nanoarrow.int64(),
                "wall_time": nanoarrow.float64(),
                "value": nanoarrow.float64(),
            }
        )
    )


def stream(batches: Iterable[Batch], runs: Iterable[str], tags: Iterable[str]) -> Any:
    """Return the batches as a nanoarrow ``CArrayStream``.

    Parameters
    ----------
    batches
        Their arrays must not change any more.
    runs, tags
        The strings that the batches' ``run`` and ``tag`` are indices into.

    Raises
    ------
    ImportError
        If nanoarrow is not installed.
    """
    described = schema()
    from nanoarrow.c_array import c_array_from_buffers
    from nanoarrow.c_array_stream import CArrayStream

    names = {"run": _Strings(runs), "tag": _Strings(tags)}

    def record_batch(batch: Batch) -> Any:
        columns = []
        for index, (name, values) in enumerate(batch._asdict().items()):
            buffers = [None, np.ascontiguousarray(values)]
            column = c_array_from_buffers(described.child(index), len(values), buffers, null_count=0)
            if name in names:
                names[name].become_dictionary_of(column)
            columns.append(column)
        return c_array_from_buffers(described, len(batch.step), [None], null_count=0, children=columns, move=True)

    # A stream takes its schema over; `described` belongs to the arrays.
    return CArrayStream.from_c_arrays([record_batch(batch) for batch in batches], schema(), move=True, validate=False)


def table_schema(fields: Sequence[Field]) -> Any:
    """Return the Arrow schema of a table, as a nanoarrow ``CSchema``; errors as `schema`."""
    nanoarrow = _nanoarrow()
    types = {
        "names": nanoarrow.dictionary(nanoarrow.int32(), nanoarrow.string()),
        "int32": nanoarrow.int32(),
        "int64": nanoarrow.int64(),
        "float64": nanoarrow.float64(),
        "text": nanoarrow.string(),
        "bytes": nanoarrow.binary(),
    }
    return nanoarrow.c_schema(nanoarrow.struct({field.name: types[field.type] for field in fields}))


def table_stream(batches: Iterable[Columns], fields: Sequence[Field]) -> Any:
    """Return the batches of a table as a nanoarrow ``CArrayStream``; errors as `schema`."""
    described = table_schema(fields)
    from nanoarrow import c_array
    from nanoarrow.c_array import c_array_from_buffers
    from nanoarrow.c_array_stream import CArrayStream

    names = [_Strings(field.names) if field.type == "names" else None for field in fields]

    def record_batch(columns: Columns) -> Any:
        children = []
        for index, field in enumerate(fields):
            values = columns[field.name]
            if isinstance(values, list):
                children.append(c_array(values, described.child(index)))
                continue
            column = c_array_from_buffers(
                described.child(index), len(values), [None, np.ascontiguousarray(values)], null_count=0
            )
            known = names[index]
            if known is not None:
                known.become_dictionary_of(column)
            children.append(column)
        length = len(columns[fields[0].name])
        return c_array_from_buffers(described, length, [None], null_count=0, children=children, move=True)

    arrays = [record_batch(batch) for batch in batches]
    return CArrayStream.from_c_arrays(arrays, table_schema(fields), move=True, validate=False)


def _nanoarrow() -> Any:
    try:
        import nanoarrow
    except ImportError as error:
        what = f"a frame needs nanoarrow to be read as Arrow ({error})"
        raise ImportError(f'{what}: pip install "tbnotebook[arrow]"') from error
    return nanoarrow


class _Strings:
    """Strings as the two buffers that Arrow has them in."""

    def __init__(self, strings: Iterable[str]) -> None:
        encoded = [string.encode() for string in strings]
        ends = np.cumsum([0, *map(len, encoded)])
        if ends[-1] > np.iinfo(np.int32).max:
            raise ValueError(f"names of {ends[-1]:,} bytes: an Arrow dictionary of strings ends at 2 GiB")
        self._length = len(encoded)
        self._offsets = ends.astype(np.int32)
        self._data = np.frombuffer(b"".join(encoded), np.uint8)

    def become_dictionary_of(self, array: Any) -> None:
        """Fill the dictionary of a dictionary-encoded ``CArray``, which nanoarrow has left empty."""
        from nanoarrow.c_array import CArrayBuilder
        from nanoarrow.c_buffer import c_buffer

        builder = CArrayBuilder(array.dictionary)
        builder.set_buffer(1, c_buffer(self._offsets), move=True).set_buffer(2, c_buffer(self._data), move=True)
        builder.set_length(self._length).set_null_count(0).finish()
