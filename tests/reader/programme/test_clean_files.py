"""Every clean file gives the points that TensorBoard itself shows, whatever is in it."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tensorboard.backend.event_processing.plugin_event_accumulator import EventAccumulator
from tensorboard.util.tensor_util import make_ndarray

from tests.reader.files import read, scalar, start, version, write
from tests.reader.test_located import image, plugin
from tests.reader.test_stream import tensor

STEPS = st.integers(0, 2**62)
TAGS = st.sampled_from(["loss", "train/acc", "é", "x" * 200])
TIMES = st.floats(0, 1e10)
VALUES = st.floats(width=32)
EVENTS = st.one_of(
    st.builds(scalar, TAGS, STEPS, VALUES, TIMES),
    st.builds(
        lambda step, value, content: tensor(b"tensor", step, value, content=content), STEPS, VALUES, st.booleans()
    ),
    st.builds(lambda step: image(b"picture", step), STEPS),
    st.builds(lambda step: plugin(b"note", step, b"text", tensor={"dtype": 7, "string_val": [b"x"]}), STEPS),
)
ROWS = st.builds(
    lambda tags, first, count: [scalar(tag, first + n, n / 3, 1e9 + n) for n in range(count) for tag in tags],
    st.lists(TAGS, min_size=1, max_size=3, unique=True),
    st.integers(0, 10_000),
    st.integers(1, 80),
)


def tensorboards(folder):
    """Tag → (step, wall time, value) as TensorBoard's time series have them."""
    loaded = EventAccumulator(str(folder), tensor_size_guidance={"scalars": 10**6})
    loaded.Reload()
    return {
        tag: [(e.step, e.wall_time, float(make_ndarray(e.tensor_proto))) for e in loaded.Tensors(tag)]
        for tag in loaded.PluginTagToContent("scalars")
    }


def ours(folder):
    return {
        tag: list(zip(curve.step.tolist(), curve.wall_time.tolist(), curve.value.tolist()))
        for tag, curve in read(folder).run.scalars.items()
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(EVENTS.map(lambda event: [event]), ROWS), min_size=1, max_size=12))
def test_a_clean_file_gives_the_points_that_tensorboard_shows(tmp_path_factory, groups):
    payloads = [event for group in groups for event in group]
    folder = tmp_path_factory.mktemp("clean")
    write(folder, version(), scalar("loss", 0, 0.5, 1.0), *payloads)
    want, found = tensorboards(folder), ours(folder)
    assert found.keys() == want.keys()
    for tag, points in want.items():
        assert repr(found[tag]) == repr(points)


def test_the_first_start_of_a_run_voids_points_here_and_not_in_tensorboard(tmp_path):
    write(tmp_path, version(), *(scalar("loss", step, step) for step in range(5)), start(3), scalar("loss", 3, 30))
    assert [point[0] for point in tensorboards(tmp_path)["loss"]] == [0, 1, 2, 3, 4, 3]
    assert [point[0] for point in ours(tmp_path)["loss"]] == [0, 1, 2, 3]


def test_a_later_start_voids_the_same_here_and_in_tensorboard(tmp_path):
    begun = [start(0, wall_time=999.0), *(scalar("loss", step, step) for step in range(5))]
    write(tmp_path, version(), *begun, start(3), scalar("loss", 3, np.float32(30)))
    assert ours(tmp_path) == tensorboards(tmp_path)
    assert [point[0] for point in ours(tmp_path)["loss"]] == [0, 1, 2, 3]
