"""The events tests again, under every major version of protobuf that we allow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.overlays import installed

REPOSITORY = Path(__file__).parents[2]
# What needs no generated module of a peer: those pin a protobuf of their own.
CHOSEN = [
    "tests/events/test_crc.py",
    "tests/events/test_loss.py",
    "tests/events/test_record.py",
    "tests/events/test_scalars.py",
    "tests/events/test_schema.py",
    "tests/writer/test_values.py",
]


@pytest.mark.overlay
@pytest.mark.timeout(600)
@pytest.mark.parametrize("version", ["3.20.3", "4.25", "5", "6", "7"])
def test_events_pass_under_protobuf(version: str) -> None:
    spec = f"protobuf=={version}" if version.count(".") == 2 else f"protobuf=={version}.*"
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(installed(f"protobuf-{version}", [spec])), str(REPOSITORY)]),
        "TBNOTEBOOK_TEST_PROTOBUF": version,
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *CHOSEN]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
