"""Which values are scalars, and what becomes of odd ones."""

from __future__ import annotations

import math
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tbnotebook.events.schema import DataType, Event, TensorProto
from tbnotebook.reader.decode import decode
from tbnotebook.reader.pieces import Batch, Broken, Metadata
from tbnotebook.reader.tensor import number
from tests.reader.files import append, read, scalar, start, steps, stop, version, write


def rows(*payloads, metadata=None):
    """Decode payloads laid one behind the other; return tag → [(step, wall time, value)]."""
    buffer = b"??".join(payloads)
    spans, at = [], 0
    for payload in payloads:
        spans.append((at, at + len(payload)))
        at += len(payload) + 2
    found = {}
    for piece in decode(buffer, spans, {} if metadata is None else metadata):
        if isinstance(piece, Batch):
            for tag, columns in piece.rows.items():
                found.setdefault(tag, []).extend(zip(*columns))
    return found


def tensor_event(tag, tensor, step=1, plugin=None):
    event = Event(wall_time=5.0, step=step)
    value = event.summary.value.add(tag=tag, tensor=tensor)
    if plugin is not None:
        value.metadata.plugin_data.plugin_name = plugin
    return event.SerializeToString()


@given(
    tag=st.binary(max_size=300),
    step=st.integers(-(2**63), 2**63 - 1),
    wall_time=st.floats(),
    value=st.floats(width=32),
)
def test_a_scalar_event_is_read_as_it_was_written(tag, step, wall_time, value):
    [(found_tag, [(found_step, found_wall, found_value)])] = rows(scalar(tag, step, value, wall_time)).items()
    assert (found_tag, found_step) == (tag, step)
    assert struct.pack("<d", found_wall) == struct.pack("<d", wall_time)
    assert found_value == value or (math.isnan(found_value) and math.isnan(value))


@given(st.binary(max_size=80) | st.builds(lambda tail: b"\x09" + b"\x00" * 8 + tail, st.binary(max_size=60)))
def test_no_payload_raises(payload):
    decode(payload, [(0, len(payload))], {})


@given(st.data())
def test_a_changed_byte_gives_what_the_schema_reads_or_is_marked(data):
    payload = bytearray(scalar("loss", 300, 0.5))
    payload[data.draw(st.integers(0, len(payload) - 1))] = data.draw(st.integers(0, 255))
    pieces = decode(bytes(payload), [(0, len(payload))], {})
    found = rows(bytes(payload))
    if not any(isinstance(piece, Broken) for piece in pieces):
        event = Event.FromString(bytes(payload))
        wanted = [
            (event.step, event.wall_time, value.simple_value)
            for value in event.summary.value
            if value.HasField("simple_value")
        ]
        assert repr([row for points in found.values() for row in points]) == repr(wanted)


def test_all_values_of_an_event_are_read_in_order():
    event = Event(wall_time=1.0, step=4)
    for tag, value in ((b"a", 1.0), (b"b", 2.0), (b"a", 3.0)):
        event.summary.value.add(tag=tag, simple_value=value)
    assert rows(scalar("a", 3), event.SerializeToString(), scalar("a", 5)) == {
        b"a": [(3, 1003.0, 3.0), (4, 1.0, 1.0), (4, 1.0, 3.0), (5, 1005.0, 5.0)],
        b"b": [(4, 1.0, 2.0)],
    }


def test_fields_in_another_order_are_read_alike():
    event = Event(step=7, wall_time=9.0)
    summary = Event()
    summary.summary.value.add(tag=b"loss", simple_value=0.5)
    swapped = summary.SerializeToString() + event.SerializeToString()
    assert rows(swapped) == {b"loss": [(7, 9.0, 0.5)]}


CONTENT = {
    DataType.FLOAT: np.array([1.5], "<f4"),
    DataType.DOUBLE: np.array([1.1], "<f8"),
    DataType.HALF: np.array([1.5], "<f2"),
    DataType.INT8: np.array([-3], "<i1"),
    DataType.UINT8: np.array([200], "<u1"),
    DataType.INT16: np.array([-300], "<i2"),
    DataType.UINT16: np.array([60000], "<u2"),
    DataType.INT32: np.array([-70000], "<i4"),
    DataType.UINT32: np.array([4_000_000_000], "<u4"),
    DataType.INT64: np.array([-(2**40)], "<i8"),
    DataType.UINT64: np.array([2**60], "<u8"),
}


@pytest.mark.parametrize(("dtype", "array"), CONTENT.items(), ids=lambda item: getattr(item, "name", ""))
def test_every_type_of_number_is_read_from_tensor_content(dtype, array):
    assert number(TensorProto(dtype=dtype, tensor_content=array.tobytes())) == float(array[0])


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({"dtype": DataType.FLOAT, "float_val": [0.25]}, 0.25),
        ({"dtype": DataType.DOUBLE, "double_val": [1.1]}, 1.1),
        ({"dtype": DataType.INT32, "int_val": [-7]}, -7.0),
        ({"dtype": DataType.INT64, "int64_val": [2**50]}, 2.0**50),
        ({"dtype": DataType.HALF, "half_val": [0x3E00]}, 1.5),
        ({"dtype": DataType.BFLOAT16, "half_val": [0x3FC0]}, 1.5),
        ({"dtype": DataType.BFLOAT16, "tensor_content": b"\xc0\x3f"}, 1.5),
        ({"dtype": DataType.FLOAT, "float_val": [1.0, 2.0]}, None),
        ({"dtype": DataType.FLOAT, "float_val": [1.0], "tensor_shape": {"dim": [{"size": 9}]}}, None),
        ({"dtype": DataType.FLOAT}, None),
        ({"dtype": DataType.FLOAT, "tensor_content": b"\x00" * 8}, None),
        ({"dtype": DataType.STRING, "string_val": [b"1"]}, None),
        ({"dtype": 99, "float_val": [1.0]}, None),
    ],
)
def test_only_a_tensor_of_one_number_is_a_scalar(fields, value):
    assert number(TensorProto(**fields)) == value


def test_a_tensor_of_one_element_is_a_scalar_and_one_of_more_is_not():
    one, two = TensorProto(dtype=DataType.FLOAT, float_val=[3.0]), TensorProto(dtype=DataType.FLOAT, float_val=[3.0])
    one.tensor_shape.dim.add(size=1)
    two.tensor_shape.dim.add(size=2)
    assert (number(one), number(two)) == (3.0, None)


TENSOR = TensorProto(dtype=DataType.FLOAT, float_val=[3.0])


def test_the_first_metadata_of_a_tag_decides_whether_its_tensors_are_scalars():
    found = rows(
        tensor_event(b"loss", TENSOR, 1, b"scalars"),
        tensor_event(b"loss", TENSOR, 2),
        tensor_event(b"other", TENSOR, 1, b"histograms"),
        tensor_event(b"other", TENSOR, 2, b"scalars"),
        tensor_event(b"bare", TENSOR, 1),
    )
    assert {tag: [row[0] for row in points] for tag, points in found.items()} == {b"loss": [1, 2], b"bare": [1]}


def test_metadata_of_earlier_events_of_the_file_still_counts():
    known = {b"t": Metadata(b"mesh", b"", b"")}
    assert rows(tensor_event(b"t", TENSOR, 2), metadata=known) == {}


def test_display_name_and_description_come_from_the_first_metadata(tmp_path):
    def named(step, name, description):
        event = Event(wall_time=1.0, step=step)
        value = event.summary.value.add(tag=b"loss", simple_value=1.0)
        value.metadata.display_name = name
        value.metadata.summary_description = description
        return event.SerializeToString()

    write(tmp_path, version(), named(1, b"Loss", b"mean over the batch"), named(2, b"other", b""), scalar("plain", 1))
    scalars = read(tmp_path).run.scalars
    assert (scalars["loss"].display_name, scalars["loss"].description) == ("Loss", "mean over the batch")
    assert (scalars["plain"].display_name, scalars["plain"].description) == ("plain", "")


def test_a_tag_that_is_no_utf8_is_shown_with_visible_escapes(tmp_path):
    write(tmp_path, version(), scalar(b"caf\xe9/\xff", 1), scalar("né", 2), scalar("", 3))
    tags = list(read(tmp_path).run.scalars)
    assert sorted(tags) == sorted(["caf\\xe9/\\xff", "né", ""])
    assert all(tag.encode() for tag in tags if tag)


HOSTILE = ["__proto__", "constructor", "<img src=x onerror=alert(1)>", "\u202e", "a\x00b\x1b\n", "x" * 100_000, "%{x}"]


def test_hostile_tags_are_kept_as_text(tmp_path):
    write(tmp_path, version(), *(scalar(tag, index) for index, tag in enumerate(HOSTILE)))
    assert steps(read(tmp_path).run.scalars) == {tag: [index] for index, tag in enumerate(HOSTILE)}


def test_lookalike_tags_stay_two_series(tmp_path):
    write(tmp_path, version(), scalar("loss", 1), scalar("lo\u200bss", 2))
    assert len(read(tmp_path).run.scalars) == 2


def test_nan_and_infinite_values_and_wall_times_are_points_like_others(tmp_path):
    nan, inf = math.nan, math.inf
    write(
        tmp_path,
        version(),
        scalar("loss", 1, nan, 10.0),
        scalar("loss", 2, -inf, nan),
        scalar("loss", 3, 1.0, inf),
        scalar("loss", 4, 1.0, 12.0),
    )
    run = read(tmp_path).run
    assert run.scalars["loss"].step.tolist() == [1, 2, 3, 4]
    assert (run.first_wall_time, run.last_wall_time) == (10.0, 12.0)


def test_a_run_has_ended_when_its_last_record_is_a_stop(tmp_path):
    path = write(tmp_path, version(), scalar("loss", 1))
    log = read(tmp_path)
    assert (log.run.ended, log.run.ended_by) == (False, None)
    append(path, stop(message=b"closed"))
    log.poll()
    assert (log.run.ended, log.run.ended_by) == (True, "closed")
    append(path, scalar("loss", 2))
    log.poll()
    assert (log.run.ended, log.run.ended_by) == (False, None)
    write(tmp_path, version(), start(2), scalar("loss", 2, wall_time=1.0), stop(), name="later.tfevents")
    log.poll()
    assert not log.run.ended, "the older file has a later value and no STOP"
    append(path, stop())
    log.poll()
    assert log.run.ended


def test_tags_of_many_digits_are_read_and_stand_in_the_order_of_their_numbers(tmp_path):
    """Python's own ``int`` refuses them."""
    tags = ["9", "1" + "0" * 5000, "2" + "0" * 5000, "a 7 " * 500]
    write(tmp_path, version(), *(scalar(tag, 1) for tag in reversed(tags)))
    assert list(read(tmp_path).run.scalars) == tags
