"""Coverage-guided fuzzing of records, payloads and graphs, from the seeds of real files: minutes each."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from itertools import islice

import pytest

from tbnotebook.events.schema import Event
from tests.events.reading import sound_start
from tests.reader.files import records
from tests.reader.programme.test_flips import MIXED
from tests.writer.programs import ENVIRONMENT, REPOSITORY

pytestmark = [
    pytest.mark.soak,
    pytest.mark.timeout(900),
    pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="no atheris for this Python and system"),
]
SECONDS = 180


def seeds(shared):
    """Payloads of the corpus and of each kind that our tests know."""
    found = list(MIXED)
    for file in sorted((shared / "corpus/files").rglob("*tfevents*")):
        payloads, _ = sound_start(file.read_bytes()[: 1 << 20])
        found += islice((payload for payload in payloads if len(payload) < 4096), 20)
    return found


def files(target, payloads):
    """Yield what a target begins with."""
    for begin in range(0, len(payloads), 8):
        group = payloads[begin : begin + 8]
        if target == "record":
            yield records(*group)
        elif target == "records":
            yield b"".join(bytes([len(payload)]) + payload for payload in group if len(payload) < 256)
        elif target == "proto":
            yield from group
        else:
            graphs = [event.graph_def for event in map(Event.FromString, group) if event.HasField("graph_def")]
            yield from (facts + data for data in graphs for facts in (b"", b'{"scopes": []}\xff\xfe'))


@pytest.mark.parametrize("target", ["record", "records", "proto", "graph"])
def test_whatever_a_fuzzer_makes_is_read_alike_or_refused(shared, tmp_path, target):
    begin, found = tmp_path / "seeds", tmp_path / "found"
    begin.mkdir()
    found.mkdir()
    for number, data in enumerate(files(target, seeds(shared))):
        (begin / str(number)).write_bytes(data)
    assert any(begin.iterdir())
    limits = [f"-max_total_time={SECONDS}", "-max_len=4096", "-timeout=20", "-rss_limit_mb=2048"]
    command = [sys.executable, "-m", "tests.reader.programme.fuzz", target, *limits]
    ran = subprocess.run(
        [*command, f"-artifact_prefix={found}/", str(begin)],
        cwd=REPOSITORY,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        errors="replace",
    )
    print("\n".join(line for line in ran.stderr.splitlines() if "DONE" in line or "Done" in line))
    assert ran.returncode == 0, ran.stdout + ran.stderr[-5000:] + repr([path.read_bytes() for path in found.iterdir()])
