"""A reader in a process of its own meets a fault, and what it shows."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.child import Child
from tests.reader.faults.logs import Log, Points
from tests.reader.faults.scenarios import Scenario

PATIENCE = 20.0  # seconds that a look may take
_MEMORY = Path("/dev/shm")  # of some disks ten thousand new folders take ten seconds
_ROOM = 2**27  # bytes, twice of what they need there


@dataclass(frozen=True)
class Seen:
    """What a reader showed.

    Attributes
    ----------
    log
        What it should show when the fault is there.
    late
        The points that were appended afterwards.
    looks
        What it told of each look: ``curves`` by run and tag, ``problems``, the exception that it ``raised``, the
        ``seconds`` it took, the ``memory`` it took so far in bytes, and the most ``files`` that were open at once.
    wanted
        How many looks there were to be.
    exit
        Its exit code, negative if a signal ended it; None if it had to be ended.
    errors
        What stands on its stderr.
    """

    log: Log
    late: Points
    looks: list[dict[str, Any]]
    wanted: int
    exit: int | None = None
    errors: str = ""

    @property
    def at_fault(self) -> dict[str, Any] | None:
        """The look at the fault, before events were appended; None if it did not come to that."""
        at = self.wanted - 1 - bool(self.late)
        return self.looks[at] if at < len(self.looks) else None


def seen_by(reader: str, scenario: Scenario) -> Seen:
    """Let a reader look when the fault is there, and again after events were appended.

    Where the fault is a change it looks before, too.
    """
    disk = _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM else None
    with tempfile.TemporaryDirectory(prefix="fault-", dir=disk, ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o755)  # some readers become nobody
        folder = Path(place, "logs")
        folder.mkdir()
        log = scenario.make(folder)
        late: Points = []
        looks: list[dict[str, Any]] = []
        acts: list[Callable[[Path], Any]] = [act for act in (scenario.change, scenario.late) if act is not None]
        with Child("tests.reader.faults.readers", reader, folder, json.dumps(scenario.limits)) as child:
            for number in range(len(acts) + 1):
                if number:
                    outcome = acts[number - 1](folder)
                    log, late = (outcome, late) if isinstance(outcome, Log) else (log, outcome)
                child.go_on()
                if not child.wait_for(f"look {number}", PATIENCE):
                    break
                looks.append(child.told[f"look {number}"])
            complete = len(looks) == len(acts) + 1
            exit_code = child.ended(0 if complete else 1)  # one that has died closes its pipes a moment earlier
        return Seen(log, late, looks, len(acts) + 1, None if complete else exit_code, child.errors)
