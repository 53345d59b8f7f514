"""The lists of safeguards fit the package, the tests and the pages. What they claim is run by `make safeguards`."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tests.safeguards.lists import LISTS
from tests.safeguards.page import Page
from tests.safeguards.safeguard import Safeguard
from tests.writer.programs import REPOSITORY

SAFEGUARDS = [safeguard for _, safeguards in LISTS for safeguard in safeguards]


@pytest.mark.parametrize("safeguard", SAFEGUARDS, ids=lambda safeguard: safeguard.name)
def test_a_safeguard_can_be_taken_out(safeguard: Safeguard) -> None:
    whole = (REPOSITORY / "tbnotebook" / safeguard.file).read_text(encoding="utf-8")
    without = safeguard.taken_out_of(whole)
    assert ast.dump(ast.parse(without)) != ast.dump(ast.parse(whole))


def test_each_test_that_must_fail_is_there(request: pytest.FixtureRequest) -> None:
    named = {f"tests/{safeguard.test}" for safeguard in SAFEGUARDS}
    # To collect the tests of other files takes long, and is done already where all tests are run.
    there = {item.nodeid for item in request.session.items}
    there |= {test.partition("[")[0] for test in there}
    elsewhere = sorted(named - there)
    if not elsewhere:
        return
    command = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider", *elsewhere]
    collected = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert collected.returncode == 0, collected.stdout + collected.stderr


@pytest.mark.parametrize(("page", "safeguards"), LISTS, ids=[page.room for page, _ in LISTS])
def test_the_page_names_the_safeguards_and_none_that_may_be_taken_out(page: Page, safeguards: list[Safeguard]) -> None:
    made = page.path.read_text(encoding="utf-8")
    assert made == page.made_of((safeguard, True) for safeguard in safeguards), "run `make safeguards`"
    assert page.names_on(made) == [safeguard.name for safeguard in safeguards]


def test_what_is_not_there_once_is_refused() -> None:
    safeguard = Safeguard("a lock", "writer/x.py", "lock", "", "x")
    for source in ("", "lock lock"):
        with pytest.raises(ValueError, match="and not once"):
            safeguard.taken_out_of(source)
