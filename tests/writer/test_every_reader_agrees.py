"""One file with every odd value in it, as TensorBoard's two loaders, tbparse and our own reader read it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.context import RequestContext
from tensorboard.data.server_ingester import SubprocessServerDataIngester, get_server_binary
from tensorboard.util.grpc_util import ChannelCredsType

from tbnotebook import LogDir, SummaryWriter
from tests.soaking import scaled
from tests.writer.waiting import wait_until

pytestmark = pytest.mark.scales

COUNT = scaled(200_000, 1_000_000)
ROUND = 1000  # points of a tag that are drawn at once
TAGS: list[Any] = [
    "loss",
    "train/loss",
    "a/b/c/d",
    "",
    " ",
    "tag with spaces, \t and \n",
    "Ünïcode/損失/📉",
    "x" * 300,
    "..",
    "<script>alert(1)</script>",
    "quo\"te's\\",
    "\x00nul",
    "\ud800 lone surrogate",
    b"bytes/\xff",
]
ODD: list[Any] = [
    float("nan"),
    -float("nan"),
    float("inf"),
    -float("inf"),
    0.0,
    -0.0,
    1e-45,
    5e-324,
    -1e-40,
    3.4028235e38,
    3.4028236e38,
    1e300,
    -1e300,
    0.1,
    2**70,
    -(2**63),
    16_777_217,
    True,
    Fraction(1, 3),
    Decimal("1e-3"),
    np.float16(65504),
    np.float32(0.1),
    np.longdouble(0.1),
    np.uint64(2**64 - 1),
    np.int8(-128),
    np.bool_(False),
    np.array([[0.5]]),
    torch.tensor(1e5, dtype=torch.bfloat16),
    torch.tensor([0.25], dtype=torch.float8_e5m2),
    torch.tensor(0.5, requires_grad=True),
    torch.tensor(True),
]
Points = dict[bytes, NDArray[Any]]  # tag → rows of step (int64), wall time (float64), value (float32)
ROW = np.dtype([("step", "<i8"), ("wall_time", "<f8"), ("value", "<f4")])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with SummaryWriter(folder, strict=True) as writer:
            for tag, step, wall_time, value in odd_points(COUNT):
                writer.add_scalar(tag, value, step, wall_time)
    assert writer.health.written == COUNT
    return folder


def odd_points(count: int) -> Iterator[tuple[Any, int, float, Any]]:
    """Points of all tags in mixed order; steps of a tag rise from below zero to the last one that there is."""
    generator = np.random.default_rng(11)
    wall_time = 1.7e9
    steps = {tag: -(2**63) if tag == "loss" else -500 for tag in TAGS}
    for begin in range(0, count, ROUND):
        numbers = generator.normal(size=ROUND) * 10.0 ** generator.integers(-40, 40, ROUND)
        odd = generator.random(ROUND) < 0.2
        tags = generator.integers(0, len(TAGS), ROUND)
        kinds = generator.integers(0, len(ODD), ROUND)
        for at in range(min(ROUND, count - begin)):
            tag = TAGS[tags[at]]
            wall_time += 1e-3 * kinds[at]
            yield tag, steps[tag], wall_time, ODD[kinds[at]] if odd[at] else float(numbers[at])
            # Strictly: of two points of one step the fast loader keeps the later.
            steps[tag] = max(steps[tag] + 1, 2**63 - 1 - count if tag == "loss" else -500)


@pytest.fixture(scope="module")
def expected() -> Points:
    rows: dict[bytes, list[tuple[int, float, np.float32]]] = {}
    with np.errstate(over="ignore"):
        for tag, step, wall_time, value in odd_points(COUNT):
            number = np.float32(float(value.item() if hasattr(value, "item") else value))
            rows.setdefault(written_tag(tag), []).append((step, wall_time, number))
    return {tag: np.array(points, ROW) for tag, points in rows.items()}


def written_tag(tag: str | bytes) -> bytes:
    return {b"bytes/\xff": rb"bytes/\xff"}[tag] if isinstance(tag, bytes) else tag.encode("utf-8", "backslashreplace")


def table(step: Any, wall_time: Any, value: Any) -> NDArray[Any]:
    rows = np.empty(len(step), ROW)
    with np.errstate(over="ignore"):
        rows["step"], rows["wall_time"], rows["value"] = step, wall_time, value
    return rows


def check(found: Points, expected: Points) -> None:
    assert set(found) == set(expected)
    for tag, points in expected.items():
        assert len(found[tag]) == len(points), tag
        assert (found[tag]["step"] == points["step"]).all(), tag
        assert (found[tag]["wall_time"] == points["wall_time"]).all(), tag
        found_values, values = found[tag]["value"], points["value"]
        assert np.array_equal(found_values, values, equal_nan=True), tag
        assert (np.signbit(found_values) == np.signbit(values))[~np.isnan(values)].all(), tag


def test_our_reader(folder: Path, expected: Points) -> None:
    log = LogDir(folder)
    log.poll()
    curves = log.run.scalars.items()
    check({tag.encode(): table(curve.step, curve.wall_time, curve.value) for tag, curve in curves}, expected)
    assert not log.run.problems


def test_tensorboards_own_loader(folder: Path, expected: Points) -> None:
    accumulator = EventAccumulator(str(folder), size_guidance={"scalars": 0})
    accumulator.Reload()
    found = {}
    for tag in accumulator.Tags()["scalars"]:
        points = accumulator.Scalars(tag)
        found[tag.encode()] = table(*zip(*((point.step, point.wall_time, point.value) for point in points)))
    check(found, expected)


def test_tensorboards_fast_loader(folder: Path, expected: Points) -> None:
    server = SubprocessServerDataIngester(
        get_server_binary(),
        str(folder),
        reload_interval=0,
        channel_creds_type=ChannelCredsType.LOCAL,
        samples_per_plugin={"scalars": 0},
    )
    server.start()
    curves: dict[str, list[Any]] = {}

    def has_all() -> bool:
        arguments = {"experiment_id": "", "plugin_name": "scalars", "downsample": COUNT}
        for run in server.data_provider.read_scalars(RequestContext(), **arguments).values():
            curves.update(run)
        return sum(map(len, curves.values())) == COUNT

    try:
        wait_until(has_all, 30 + COUNT / 10_000)
    finally:
        server._stdin_handle.close()  # ends the process
    found = {
        tag.encode(): table(*zip(*((point.step, point.wall_time, point.value) for point in points)))
        for tag, points in curves.items()
    }
    check(found, expected)


def test_tbparse(folder: Path, expected: Points) -> None:
    from tbparse import SummaryReader

    frame = SummaryReader(str(folder), extra_columns={"wall_time"}).scalars
    groups = frame.groupby("tag", sort=False)
    check({tag.encode(): table(rows.step, rows.wall_time, rows.value) for tag, rows in groups}, expected)
