"""Every call to the system that concerns an event file fails once, and from some moment on."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.events.reading import events
from tests.soaking import SOAK
from tests.writer.programme.records import whole_records
from tests.writer.programs import ENVIRONMENT
from tests.writer.strace import strace_path

PROGRAM = Path(__file__).with_name("small_writer.py")
EVENTS = 9
NAMES = [f"events.out.tfevents.1700000000.host.7.{serial:04d}" for serial in range(60)]
# What a system says, by the call that says it. EINTR is for the system's libraries: Python calls again.
ERRORS = {
    "write": ["EIO", "ENOSPC", "EDQUOT", "EINTR"],
    "openat": ["EMFILE", "EACCES", "ENOSPC"],
    "fsync": ["EIO"],
    "newfstatat": ["EIO", "ESTALE"],
    "close": ["EIO"],
}


@dataclass(frozen=True)
class Fault:
    """From its `first` on a call fails, ``lasting`` so often or for ever."""

    call: str
    error: str
    first: int
    lasting: int | None

    @property
    def when(self) -> str:
        if self.lasting is None:
            return f"{self.first}+"
        return f"{self.first}..{self.first + self.lasting - 1}"


def run(folder: Path, *options: str) -> tuple[dict[str, Any], str]:
    """Run the small writer under strace; return what it saw and the calls that concern its files."""
    trace = folder.with_suffix(".trace")
    paths = [option for name in NAMES for option in ("-P", str(folder / name))]
    command = [strace_path(), "-f", "--seccomp-bpf", "-o", str(trace), *paths, *options, sys.executable, str(PROGRAM)]
    done = subprocess.run([*command, str(folder)], env=ENVIRONMENT, capture_output=True, text=True, timeout=90)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen, trace.read_text()


def calls(folder: Path) -> Counter[str]:
    """Count the calls of an undisturbed run."""
    seen, trace = run(folder, "-e", "trace=" + ",".join(ERRORS))
    assert (seen["flushed"], seen["warnings"]) == ([True] * 5, [])
    assert (seen["written"], seen["dropped"], seen["retried"]) == (EVENTS, 0, 0)
    return Counter(re.findall(r"^\d+ +(\w+)\(", trace, re.MULTILINE))


def check(folder: Path, fault: Fault) -> None:
    injection = f"inject={fault.call}:error={fault.error}:when={fault.when}"
    seen, trace = run(folder, "-e", f"trace={fault.call}", "-e", injection)
    assert "(INJECTED)" in trace, fault
    files = sorted(folder.glob("*")) if folder.exists() else []
    assert {file.name for file in files} <= set(NAMES)
    if "refused" in seen:
        assert os.strerror(getattr(errno, fault.error)) in seen["refused"]
        assert files == []
        return
    assert seen["seconds"] < 5
    steps = []
    for number, file in enumerate(files):
        data = file.read_bytes()
        sound = whole_records(data)
        # A record that was cut off stands at the end of a file that was left, never before another.
        assert data == sound or number < len(files) - 1 or fault.lasting is None
        steps += [event.step for event in events(sound) if event.HasField("summary")]
    assert steps == sorted(set(steps)), "once, and in order"
    assert (seen["written"], seen["dropped"]) == (len(steps), EVENTS - len(steps))
    if fault.lasting:
        assert seen["dropped"] == 0
    causes = [tuple(message.split()[1:3]) for message in seen["warnings"]]
    assert len(causes) == len(set(causes)), seen["warnings"]
    if fault.call == "fsync":
        assert False in (seen["flushed"][0], seen["flushed"][4])


def faults(counts: Counter[str], *, everyone: bool) -> list[Fault]:
    """All that can be made of ``counts`` calls, or for each call one error at each place and for ever at one."""
    chosen = []
    for call, errors in ERRORS.items():
        for error in errors if everyone else errors[:1]:
            for first in range(1, counts[call] + 1):
                chosen.append(Fault(call, error, first, 1))
                if everyone and error != "EINTR":
                    chosen += [Fault(call, error, first, 3), Fault(call, error, first, None)]
        if not everyone:
            chosen.append(Fault(call, errors[0], 2, None))
            chosen += [Fault(call, error, 2, 1) for error in errors[1:]]
    return chosen


@pytest.mark.usefixtures("tracing")
@pytest.mark.scales
@pytest.mark.timeout(900)
def test_whatever_call_fails_each_event_is_written_once_or_counted(tmp_path: Path) -> None:
    counts = calls(tmp_path / "undisturbed")
    assert min(counts[call] for call in ERRORS) >= 2
    for number, fault in enumerate(faults(counts, everyone=SOAK)):
        print(number, fault)
        check(tmp_path / str(number), fault)
