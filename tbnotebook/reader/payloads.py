"""The payloads of one tag, decoded when they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from tbnotebook.reader.located import Located

T = TypeVar("T", covariant=True)


class Payloads(Sequence[T], Generic[T]):
    """What was written of one tag, in the order of the records: ``run.images["samples"][-1]``.

    Nothing is read before it is asked for, and nothing is kept.

    Parameters
    ----------
    located
        Where they lie.
    decode
        Makes of a payload's bytes what it holds.

    Raises
    ------
    OSError
        By indexing: the file is gone or cannot be read.
    ValueError
        By indexing: the bytes make no sense.
    """

    def __init__(self, located: Located, decode: Callable[[bytes], T]) -> None:
        self._located = located
        self._decode = decode

    @property
    def step(self) -> NDArray[np.int64]:
        """The step of each; read-only."""
        return self._located.step

    @property
    def wall_time(self) -> NDArray[np.float64]:
        """Seconds since the epoch of each; read-only."""
        return self._located.wall_time

    @property
    def located(self) -> Located:
        """Where they lie."""
        return self._located

    def __len__(self) -> int:
        return len(self._located)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        numbers = range(len(self))[index]
        if isinstance(numbers, range):
            return [self._read(number) for number in numbers]
        return self._read(numbers)

    def __repr__(self) -> str:
        return f"<{len(self)} payloads of {int(self._located.length.sum())} bytes>"

    def _read(self, number: int) -> T:
        return self._decode(self._located.read(number))


class PayloadsByTag(Mapping[str, Payloads[T]], Generic[T]):
    """The payloads of a kind by tag, in natural order."""

    def __init__(self, places: Mapping[str, Located], decode: Callable[[bytes], T]) -> None:
        self._places = places
        self._decode = decode

    def __getitem__(self, tag: str) -> Payloads[T]:
        return Payloads(self._places[tag], self._decode)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __repr__(self) -> str:
        return f"<{', '.join(self)}>"
