"""What a walk through the folders of a log has seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from tbnotebook.reader.storage import Folder

State: TypeAlias = Literal["missing", "empty", "foreign", "ok"]


@dataclass
class Walked:
    """What a walk through the folders has seen so far.

    Attributes
    ----------
    files : int
        Of whatever kind.
    event_folders : set of str
        Names of the folders that have event files, or refuse to be listed.
    missing : bool
        There is no root.
    """

    files: int = 0
    event_folders: set[str] = field(default_factory=set)
    missing: bool = False

    def add(self, folder: Folder) -> None:
        """Take notice of a folder."""
        self.files += folder.other_files + len(folder.event_files)
        if isinstance(folder.error, FileNotFoundError):
            self.missing |= folder.name == "."
        elif folder.error is not None or folder.event_files:
            self.event_folders.add(folder.name)

    @property
    def state(self) -> State:
        """What the log is; see `LogDir.state`."""
        if self.missing:
            return "missing"
        if self.event_folders:
            return "ok"
        return "foreign" if self.files else "empty"
