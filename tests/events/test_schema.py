from __future__ import annotations

import os
from typing import Any

import google.protobuf
import pytest

from tbnotebook.events import schema

MESSAGES = [name for name, value in vars(schema).items() if name[0] != "_" and hasattr(value, "FromString")]


def test_the_protobuf_that_was_asked_for_is_in_use() -> None:
    wanted = os.environ.get("TBNOTEBOOK_TEST_PROTOBUF", google.protobuf.__version__)
    assert (google.protobuf.__version__ + ".").startswith(wanted + ".")


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_survives_a_round_trip_with_all_fields_set(name: str) -> None:
    message = filled(getattr(schema, name), depth=3)
    again = type(message).FromString(message.SerializeToString())
    assert again == message
    assert again.SerializeToString() == message.SerializeToString()


def test_what_is_no_utf8_keeps_its_event() -> None:
    event = schema.Event(step=3)
    event.summary.value.add(tag=b"\xff\xfe", simple_value=1.0)
    assert schema.Event.FromString(event.SerializeToString()).summary.value[0].tag == b"\xff\xfe"


def test_an_unknown_enum_value_and_unknown_fields_stay() -> None:
    unknown_field = b"\xa2\x06\x03abc"  # field 100
    data = schema.SessionLog(status=77).SerializeToString() + unknown_field
    again = schema.SessionLog.FromString(data)
    assert again.status == 77
    assert again.SerializeToString() == data


def test_a_map_keeps_order_and_duplicates() -> None:
    node = schema.NodeDef(name=b"n")
    for key in (b"b", b"a", b"b"):
        node.attr.add(key=key).value.i = 1
    again = schema.NodeDef.FromString(node.SerializeToString())
    assert [entry.key for entry in again.attr] == [b"b", b"a", b"b"]


def test_a_schema_line_that_cannot_be_read_says_where() -> None:
    with pytest.raises(ValueError, match=r"line 2: cannot read '  int32 a := 1;'"):
        schema.parse_schema("message A {\n  int32 a := 1;\n}")


def test_the_default_pool_stays_clean() -> None:
    from google.protobuf import descriptor_pool

    with pytest.raises(KeyError):
        descriptor_pool.Default().FindMessageTypeByName("tbnotebook.Event")


def filled(cls: Any, depth: int) -> Any:
    """A message with a value in every field, nested ``depth`` deep; of a oneof the last field stays."""
    message = cls()
    for field in cls.DESCRIPTOR.fields:
        target = getattr(message, field.name)
        repeated = hasattr(target, "extend")
        if field.message_type is not None:
            if depth:
                inner = filled(getattr(schema, field.message_type.name), depth - 1)
                target.extend([inner]) if repeated else target.CopyFrom(inner)
            continue
        value: Any = {field.TYPE_BYTES: b"\xff\x00", field.TYPE_BOOL: True}.get(field.type, 7)
        if repeated:
            target.extend([value, value])
        else:
            setattr(message, field.name, value)
    return message
