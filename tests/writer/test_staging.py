"""Memory for copies: used again once nobody has what lay in it, never before, and given up with its writer."""

from __future__ import annotations

import gc
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tbnotebook import SummaryWriter
from tbnotebook.writer.staging import Staging, staging

LARGE = 1 << 18  # values
DRAW = np.random.default_rng(0)


def address(array: np.ndarray) -> int:
    return int(array.__array_interface__["data"][0])


def loan_of(copy: np.ndarray) -> np.ndarray:
    """The block that a copy lies in."""
    block: np.ndarray = copy.base._block  # type: ignore[union-attr]
    return block


@pytest.mark.parametrize(
    "array",
    [
        DRAW.normal(size=(4, LARGE // 2)).astype(np.float32),
        DRAW.normal(size=(LARGE, 3)).T,
        DRAW.normal(size=(LARGE, 4))[::2, 1:],
        DRAW.integers(0, 9, LARGE).astype(">i4"),
        DRAW.random(LARGE) < 0.5,
        DRAW.normal(size=LARGE).astype(np.float16),
        np.broadcast_to(np.float64(1.5), (LARGE,)),
        np.arange(7),
        np.empty((0, 3)),
    ],
    ids=["plain", "transposed", "strided", "big endian", "bool", "half", "broadcast", "small", "empty"],
)
def test_a_copy_is_what_numpy_copies(array: np.ndarray) -> None:
    here = Staging()
    for _ in range(2):  # in new memory, and in such as was used before
        copy, wanted = here.copy(array), array.copy()
        assert copy.dtype == wanted.dtype
        assert copy.strides == np.ascontiguousarray(wanted).strides
        assert np.array_equal(copy, wanted)
        assert not np.shares_memory(copy, array)
        assert copy.flags.writeable
        del copy


def test_memory_is_used_again_when_the_copy_is_gone() -> None:
    here = Staging()
    first = here.copy(np.zeros(LARGE))
    place = address(first)
    del first
    assert address(here.copy(np.zeros(LARGE - 100))) == place


@pytest.mark.parametrize(
    "part",
    [lambda copy: copy[5:9], lambda copy: copy.reshape(2, -1).T, lambda copy: copy.view(np.uint8), memoryview],
    ids=["slice", "reshaped", "other dtype", "memoryview"],
)
def test_memory_is_not_used_again_while_anybody_has_a_part_of_it(part: object) -> None:
    here = Staging()
    copy = here.copy(np.zeros(LARGE))
    held = part(copy)  # type: ignore[operator]
    del copy
    gc.collect()
    others = [here.copy(np.ones(LARGE)) for _ in range(3)]
    assert not np.asarray(held).any()
    assert all(other.all() for other in others)
    assert here.nbytes == 0


def test_of_what_does_not_fit_as_much_is_given_up_as_is_needed_anew() -> None:
    here = Staging()
    small = [here.copy(np.zeros(LARGE // 8)) for _ in range(16)]
    del small
    held = 16 * LARGE
    assert here.nbytes == held
    large = here.copy(np.zeros(LARGE))
    assert here.nbytes + large.nbytes == held


def test_a_small_copy_takes_no_large_memory() -> None:
    here = Staging()
    large = here.copy(np.zeros(4 * LARGE))
    place = address(large)
    del large
    assert address(here.copy(np.zeros(LARGE))) != place
    assert here.nbytes == 8 * LARGE


def test_threads_that_copy_and_give_up_memory_do_not_disturb_each_other() -> None:
    here = Staging()

    def copies_stay(number: int) -> bool:
        array = np.full(1 << 14, float(number))
        for _ in range(500):
            copies = [here.copy(array) for _ in range(5)]
            if not all((copy == number).all() for copy in copies):
                return False
            here.clear()
        return True

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(copies_stay, range(8)))
    finally:
        sys.setswitchinterval(before)


def test_what_is_in_use_is_little_more_than_the_copies() -> None:
    here = Staging()
    large = [here.copy(np.zeros(LARGE // 8)) for _ in range(16)]
    del large
    smaller = [here.copy(np.zeros(LARGE // 8 * size // 16)) for size in range(8, 17) for _ in range(2)]
    taken = [here.copy(np.zeros(LARGE)) for _ in range(2)]
    blocks = sum(len(loan_of(copy)) for copy in (*smaller, *taken))
    assert blocks <= 1.125 * sum(copy.nbytes for copy in (*smaller, *taken))


def test_a_writer_that_is_closed_or_idle_leaves_no_memory_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SummaryWriter(tmp_path / "closed") as writer:
        writer.add_histogram("weights", np.zeros(LARGE), 0)
    assert staging.nbytes == 0
    monkeypatch.setattr("tbnotebook.writer.scribe._OFF_DUTY_AFTER", 2)
    idle = SummaryWriter(tmp_path / "idle")
    idle.add_histogram("weights", np.zeros(LARGE), 0)
    idle.flush()
    assert staging.nbytes >= 8 * LARGE
    deadline = time.monotonic() + 30
    while staging.nbytes:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    idle.close()
