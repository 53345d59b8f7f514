"""Number columns ↔ the one binary buffer of a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Column = dict[str, Any]
Raw: TypeAlias = bytes  # a packer's own `bytes` is a method

_DTYPES: dict[str, np.dtype[Any]] = {"f8": np.dtype("<f8"), "f4": np.dtype("<f4"), "i4": np.dtype("<i4")}
# How far numbers go on, beyond the least of these distances, in ticks.
_DISTANCES: dict[str, np.dtype[Any]] = {"t1": np.dtype("<u1"), "t2": np.dtype("<u2"), "t4": np.dtype("<u4")}
TICK = 2.0**-22  # seconds: what a float64 tells apart from 2004 to 2038
_INT32 = np.iinfo(np.int32)


class Packer:
    """Collects columns into one buffer; each begins at a multiple of 8 so that a page can view it in place."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def steps(self, values: NDArray[np.int64]) -> Column:
        """Pack steps: as a rule (first, difference) where they have one, else as int32 or float64."""
        if len(values) and _is_arithmetic(values):
            stride = int(values[1] - values[0]) if len(values) > 1 else 1
            return {"k": "seq", "a": int(values[0]), "d": stride}
        return self.together(values)

    def together(self, values: NDArray[np.int64]) -> Column:
        """Pack steps, of one series or of several: as int32 or float64."""
        if not len(values) or (values.min() >= _INT32.min and values.max() <= _INT32.max):
            return self._add("i4", values)
        return self._add("f8", values)

    def floats(self, values: NDArray[np.float64]) -> Column:
        """Pack floats: as float32 where that loses nothing (a `simple_value` is one), else as float64."""
        with np.errstate(over="ignore"):
            narrow = values.astype(_DTYPES["f4"])
        same = narrow == values
        exact = same.all() or (same | np.isnan(values)).all()
        return self._add("f4", narrow) if exact else self._add("f8", values)

    def times(self, values: NDArray[np.float64]) -> Column:
        """Pack wall times: by their distances, in a half or less of the bytes, where that loses nothing."""
        with np.errstate(over="ignore"):
            ticks = values / TICK
        if len(values) and (np.abs(ticks) < 2**53).all() and (np.rint(ticks) == ticks).all():
            distances = np.diff(ticks.astype(np.int64))
            least, most = (int(distances.min()), int(distances.max())) if len(distances) else (0, 0)
            before = int(ticks[0]) - least
            exact = abs(before) < 2**53 and (np.abs(ticks - before) < 2**53).all()
            for kind, dtype in _DISTANCES.items():
                if exact and most - least <= np.iinfo(dtype).max:
                    column = self._add(kind, np.concatenate([np.zeros(1, np.int64), distances - least]))
                    return {**column, "a": before, "d": least}
        return self.floats(values)

    def body(self, data: Raw) -> list[int]:
        """Pack bytes as they are; return where they lie and how many they are."""
        return [self._append(data), len(data)]

    def cut(self, size: int) -> None:
        """Take back the columns that begin at `size` or behind it."""
        while self.size > size:
            self.size -= len(self._parts.pop())

    def bytes(self) -> bytes:
        """Return the buffer of all columns packed so far."""
        return b"".join(self._parts)

    def _add(self, kind: str, values: NDArray[Any]) -> Column:
        return {"k": kind, "o": self._append(values.astype((_DTYPES | _DISTANCES)[kind], copy=False).tobytes())}

    def _append(self, data: Raw) -> int:
        offset = self.size
        data += b"\0" * (-len(data) % 8)
        self._parts.append(data)
        self.size += len(data)
        return offset


def parts_of(column: Column, counts: Iterable[int]) -> Iterator[Column]:
    """Cut a packed column, which is no rule, into parts of so many numbers."""
    kind, offset = column["k"], column["o"]
    size = _DTYPES[kind].itemsize
    for count in counts:
        yield {"k": kind, "o": offset}
        offset += count * size


def unpack(column: Column, count: int, buffer: bytes) -> NDArray[np.float64]:
    """Return a packed column as float64, shape (count,).

    Raises
    ------
    ValueError
        If the column's kind is unknown or it reaches beyond the buffer.
    """
    kind = column.get("k")
    if kind == "seq":
        rule: NDArray[np.float64] = float(column["a"]) + float(column["d"]) * np.arange(count, dtype=np.float64)
        return rule
    known = _DTYPES | _DISTANCES
    if kind not in known:
        raise ValueError(f"a column of kind {kind!r}; known are seq, {', '.join(known)}")
    dtype = known[kind]
    start = int(column["o"])
    if start < 0 or start + count * dtype.itemsize > len(buffer):
        raise ValueError(f"a column of {count} × {kind} at {start} reaches beyond its buffer of {len(buffer)} bytes")
    values: NDArray[np.float64] = np.frombuffer(buffer, dtype, count, start).astype(np.float64)
    if kind in _DISTANCES:
        return (float(column["a"]) + np.cumsum(values + float(column["d"]))) * TICK
    return values


def _is_arithmetic(values: NDArray[np.int64]) -> bool:
    if len(values) < 3:
        return True
    stride = values[1] - values[0]
    return bool(values[-1] - values[0] == stride * (len(values) - 1) and (values[1:] - values[:-1] == stride).all())
