"""The list of safeguards fits the package, the tests and the page. What the list claims is run by `make safeguards`."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tests.writer.programs import REPOSITORY
from tests.writer.safeguards.page import PAGE, made_of, names_on
from tests.writer.safeguards.safeguard import Safeguard
from tests.writer.safeguards.table import SAFEGUARDS


@pytest.mark.parametrize("safeguard", SAFEGUARDS, ids=lambda safeguard: safeguard.name)
def test_a_safeguard_can_be_taken_out(safeguard: Safeguard) -> None:
    whole = (REPOSITORY / "tbnotebook" / safeguard.file).read_text(encoding="utf-8")
    without = safeguard.taken_out_of(whole)
    assert ast.dump(ast.parse(without)) != ast.dump(ast.parse(whole))


def test_each_test_that_must_fail_is_there() -> None:
    named = sorted({f"tests/{safeguard.test}" for safeguard in SAFEGUARDS})
    command = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider", *named]
    collected = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert collected.returncode == 0, collected.stdout + collected.stderr


def test_the_page_names_the_safeguards_and_none_that_may_be_taken_out() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == made_of((safeguard, True) for safeguard in SAFEGUARDS), "run `make safeguards`"
    assert names_on(page) == [safeguard.name for safeguard in SAFEGUARDS]


def test_what_is_not_there_once_is_refused() -> None:
    safeguard = Safeguard("a lock", "writer/x.py", "lock", "", "x")
    for source in ("", "lock lock"):
        with pytest.raises(ValueError, match="and not once"):
            safeguard.taken_out_of(source)
