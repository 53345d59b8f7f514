"""One attempt of a run, as its readers see it."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from typing import TYPE_CHECKING

from tbnotebook.reader.located import Located
from tbnotebook.reader.recorded import Recorded
from tbnotebook.reader.series import Scalars

if TYPE_CHECKING:
    from tbnotebook.reader.run import Run


class Attempt(Recorded):
    """One attempt of a run: the files that go on where the one before stopped.

    Attributes
    ----------
    index : int
        0 for the oldest.
    """

    def __init__(self, run: Run, index: int) -> None:
        self._run = run
        self.index = index

    @property
    def scalars(self) -> Mapping[str, Scalars]:
        """The scalars of the attempt, by tag in natural order."""
        return _ScalarsByTag(self._run, self.index)

    @property
    def kinds(self) -> tuple[str, ...]:
        """What there is besides scalars; see `Run.kinds`."""
        return tuple(sorted({kind for kind, _ in self._run.keys_of(self.index)}))

    def located(self, kind: str) -> Mapping[str, Located]:
        """Return where the payloads of a kind lie; see `Run.located`."""
        return self._run.located_of(self.index, kind)

    def __repr__(self) -> str:
        return f"<Attempt {self.index} of run {self._run.name!r}: {len(self.scalars)} scalar tags>"


class _ScalarsByTag(Mapping[str, Scalars]):
    """Looks every tag up when it is asked for: a look costs only the tags that are looked at."""

    def __init__(self, run: Run, attempt: int) -> None:
        self._run = run
        self._attempt = attempt

    def __getitem__(self, tag: str) -> Scalars:
        return self._run.scalars_of(self._attempt, tag)

    def __iter__(self) -> Iterator[str]:
        return iter(self._run.tags_of(self._attempt))

    def __len__(self) -> int:
        return len(self._run.tags_of(self._attempt))

    def items(self) -> ItemsView[str, Scalars]:
        """Return tags and points as they are now."""
        return self._run.all_scalars_of(self._attempt).items()

    def values(self) -> ValuesView[Scalars]:
        """Return the points of all tags as they are now."""
        return self._run.all_scalars_of(self._attempt).values()

    def __repr__(self) -> str:
        return f"<scalars: {', '.join(self)}>"
