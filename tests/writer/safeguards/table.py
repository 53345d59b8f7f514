"""The safeguards of the writer, each with the test that must fail where it is taken out."""

from __future__ import annotations

from typing import Final

from tests.writer.safeguards.against_bad_arguments import AGAINST_BAD_ARGUMENTS
from tests.writer.safeguards.against_the_disk import AGAINST_THE_DISK
from tests.writer.safeguards.against_the_end import AGAINST_THE_END
from tests.writer.safeguards.against_the_store import AGAINST_THE_STORE
from tests.writer.safeguards.against_threads import AGAINST_THREADS

SAFEGUARDS: Final = [
    *AGAINST_THE_DISK,
    *AGAINST_THREADS,
    *AGAINST_THE_END,
    *AGAINST_THE_STORE,
    *AGAINST_BAD_ARGUMENTS,
]
