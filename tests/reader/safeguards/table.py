"""The safeguards of the reader, each with the test that must fail where it is taken out."""

from __future__ import annotations

from typing import Final

from tests.reader.safeguards.against_change import AGAINST_CHANGE
from tests.reader.safeguards.against_damage import AGAINST_DAMAGE
from tests.reader.safeguards.against_forgery import AGAINST_FORGERY
from tests.reader.safeguards.against_odd_content import AGAINST_ODD_CONTENT
from tests.reader.safeguards.against_others import AGAINST_OTHERS

SAFEGUARDS: Final = [
    *AGAINST_DAMAGE,
    *AGAINST_FORGERY,
    *AGAINST_CHANGE,
    *AGAINST_ODD_CONTENT,
    *AGAINST_OTHERS,
]
