"""The lists of safeguards, each with its page."""

from __future__ import annotations

from typing import Final

from tests.reader.safeguards import table as reader
from tests.safeguards.page import Page
from tests.safeguards.safeguard import Safeguard
from tests.writer.programs import REPOSITORY
from tests.writer.safeguards import table as writer

LISTS: Final[list[tuple[Page, list[Safeguard]]]] = [
    (Page("writer", REPOSITORY / "tests/writer/safeguards/README.md"), writer.SAFEGUARDS),
    (Page("reader", REPOSITORY / "tests/reader/safeguards/README.md"), reader.SAFEGUARDS),
]
