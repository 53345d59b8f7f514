"""One safeguard: where it stands, and the test that fails without it."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent


@dataclass(frozen=True)
class Safeguard:
    """A few lines of the package that can be taken out.

    Attributes
    ----------
    name
        What it does, for people.
    file
        Where it stands, below ``tbnotebook``.
    text
        What is taken out: a piece that occurs once in the file.
    instead
        What stands there then, so that the rest of the file still works.
    test
        What must fail then: file below ``tests``, two colons, the test's name, and its parameters where they matter.
    """

    name: str
    file: str
    text: str
    instead: str
    test: str

    def taken_out_of(self, source: str) -> str:
        """Return a file's text without the safeguard.

        Raises
        ------
        ValueError
            The text to be taken out does not occur exactly once.
        """
        count = source.count(self.text)
        if count != 1:
            raise ValueError(f"{self.name!r}: in {self.file} stands {count} times, and not once, {dedent(self.text)!r}")
        return source.replace(self.text, self.instead)
