"""How a writer comes by its uploader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tbnotebook.events.address import is_store, require

if TYPE_CHECKING:
    from tbnotebook.writer.scribe import Scribe
    from tbnotebook.writer.store.uploader import Uploader


def connect(scribe: Scribe, place: str) -> Uploader | None:
    """Let the files of ``scribe`` be spooled and uploaded if ``place`` is in a store; None if it is a folder.

    Raises
    ------
    ImportError, ValueError
        As for `require`.
    """
    if not is_store(place):
        return None
    require(place)
    from tbnotebook.writer.store.uploader import Uploader

    uploader = Uploader(place, scribe.tally)
    scribe.outbox.begin = uploader.begin
    return uploader
