"""The messages of event files, from a schema of our own (``messages.proto``) in a private descriptor pool.

The generated modules of tensorboard, tensorboardX and TensorFlow register the same message names in
protobuf's default pool and pin the protobuf runtime. A private pool clashes with none of them, and building
the classes at import works on every runtime from 3.20.3 to 7.

The schema differs from the public ``.proto`` files in three ways, none of which changes a byte on the disk:

- names, tags and texts are ``bytes``: a tag that is no UTF-8 must not lose the event;
- enums are ``int32``, their values named by `DataType` and its like below: an unknown value is kept;
- a map is the repeated entry that it is on the wire (`AttrEntry`, `HParamEntry`): order and duplicates stay.
"""

from __future__ import annotations

import re
from enum import IntEnum
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_PACKAGE = "tbnotebook"
_SCHEMA = Path(__file__).with_name("messages.proto")

_FieldProto: Any = descriptor_pb2.FieldDescriptorProto
_OPEN = re.compile(r"(message|oneof) (\w+) \{")
_FIELD = re.compile(r"(repeated )?(\w+) (\w+) = (\d+);")
_SCALAR_TYPES = ("double", "float", "int64", "uint64", "int32", "uint32", "bool", "bytes")


class SessionStatus(IntEnum):
    """Values of ``SessionLog.status``."""

    START = 1
    STOP = 2
    CHECKPOINT = 3


class DataClass(IntEnum):
    """Values of ``SummaryMetadata.data_class``."""

    SCALAR = 1
    TENSOR = 2
    BLOB_SEQUENCE = 3


class DataType(IntEnum):
    """Values of ``TensorProto.dtype`` and of a node's ``type`` attributes: TensorFlow's DT_*."""

    FLOAT = 1
    DOUBLE = 2
    INT32 = 3
    UINT8 = 4
    INT16 = 5
    INT8 = 6
    STRING = 7
    COMPLEX64 = 8
    INT64 = 9
    BOOL = 10
    BFLOAT16 = 14
    UINT16 = 17
    COMPLEX128 = 18
    HALF = 19
    RESOURCE = 20
    UINT32 = 22
    UINT64 = 23
    FLOAT8_E5M2 = 24
    FLOAT8_E4M3FN = 25


class LogLevel(IntEnum):
    """Values of ``LogMessage.level``."""

    DEBUGGING = 10
    INFO = 20
    WARN = 30
    ERROR = 40
    FATAL = 50


def parse_schema(text: str) -> Any:
    """Return the ``FileDescriptorProto`` of a schema in the subset of proto3 that ``messages.proto`` uses.

    The subset: top-level messages with singular and repeated fields and oneofs, one declaration a line, and
    ``//`` for whole-line comments. A line outside it raises ``ValueError``.
    """
    schema = descriptor_pb2.FileDescriptorProto(name=f"{_PACKAGE}/messages.proto", package=_PACKAGE)
    schema.syntax = "proto3"
    message: Any = None
    in_oneof = False
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith(("//", "syntax ", "package ")):
            continue
        if opening := _OPEN.fullmatch(line):
            in_oneof = opening[1] == "oneof"
            if in_oneof:
                message.oneof_decl.add(name=opening[2])
            else:
                message = schema.message_type.add(name=opening[2])
        elif line == "}":
            in_oneof = False
        elif field := _FIELD.fullmatch(line):
            _add_field(message, repeated=bool(field[1]), kind=field[2], name=field[3], number=int(field[4]))
            if in_oneof:
                message.field[-1].oneof_index = len(message.oneof_decl) - 1
        else:
            raise ValueError(f"schema line {number}: cannot read {raw!r}; wanted `type name = number;`")
    return schema


def _add_field(message: Any, *, repeated: bool, kind: str, name: str, number: int) -> None:
    field = message.field.add(name=name, number=number)
    field.label = _FieldProto.LABEL_REPEATED if repeated else _FieldProto.LABEL_OPTIONAL
    if kind in _SCALAR_TYPES:
        field.type = _FieldProto.Type.Value(f"TYPE_{kind.upper()}")
    else:
        field.type = _FieldProto.TYPE_MESSAGE
        field.type_name = f".{_PACKAGE}.{kind}"


def _build_classes(schema: Any) -> dict[str, Any]:
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(schema.SerializeToString())
    factory: Any = message_factory
    # GetMessageClass came with 4.22; the class that it replaced is gone since 5.
    get_class = getattr(factory, "GetMessageClass", None) or factory.MessageFactory(pool).GetPrototype
    return {
        declared.name: get_class(pool.FindMessageTypeByName(f"{_PACKAGE}.{declared.name}"))
        for declared in schema.message_type
    }


_classes = _build_classes(parse_schema(_SCHEMA.read_text(encoding="utf-8")))

Event: Any = _classes["Event"]
SourceMetadata: Any = _classes["SourceMetadata"]
LogMessage: Any = _classes["LogMessage"]
SessionLog: Any = _classes["SessionLog"]
TaggedRunMetadata: Any = _classes["TaggedRunMetadata"]
Summary: Any = _classes["Summary"]
SummaryValue: Any = _classes["SummaryValue"]
Image: Any = _classes["Image"]
Audio: Any = _classes["Audio"]
HistogramProto: Any = _classes["HistogramProto"]
SummaryMetadata: Any = _classes["SummaryMetadata"]
PluginData: Any = _classes["PluginData"]
TensorProto: Any = _classes["TensorProto"]
TensorShapeProto: Any = _classes["TensorShapeProto"]
TensorShapeDim: Any = _classes["TensorShapeDim"]
GraphDef: Any = _classes["GraphDef"]
VersionDef: Any = _classes["VersionDef"]
NodeDef: Any = _classes["NodeDef"]
AttrEntry: Any = _classes["AttrEntry"]
SealedGraphDef: Any = _classes["SealedGraphDef"]
SealedNodeDef: Any = _classes["SealedNodeDef"]
SealedLibrary: Any = _classes["SealedLibrary"]
SealedFunctionDef: Any = _classes["SealedFunctionDef"]
FunctionSignature: Any = _classes["FunctionSignature"]
FunctionArgument: Any = _classes["FunctionArgument"]
FunctionReturn: Any = _classes["FunctionReturn"]
AttrValue: Any = _classes["AttrValue"]
AttrList: Any = _classes["AttrList"]
NameAttrList: Any = _classes["NameAttrList"]
RunMetadata: Any = _classes["RunMetadata"]
StepStats: Any = _classes["StepStats"]
DeviceStepStats: Any = _classes["DeviceStepStats"]
NodeExecStats: Any = _classes["NodeExecStats"]
AllocatorMemoryUsed: Any = _classes["AllocatorMemoryUsed"]
NodeOutput: Any = _classes["NodeOutput"]
TensorDescription: Any = _classes["TensorDescription"]
ScalarPluginData: Any = _classes["ScalarPluginData"]
ImagePluginData: Any = _classes["ImagePluginData"]
AudioPluginData: Any = _classes["AudioPluginData"]
HistogramPluginData: Any = _classes["HistogramPluginData"]
TextPluginData: Any = _classes["TextPluginData"]
PrCurvePluginData: Any = _classes["PrCurvePluginData"]
MeshPluginData: Any = _classes["MeshPluginData"]
Layout: Any = _classes["Layout"]
Category: Any = _classes["Category"]
Chart: Any = _classes["Chart"]
MultilineChartContent: Any = _classes["MultilineChartContent"]
MarginChartContent: Any = _classes["MarginChartContent"]
MarginSeries: Any = _classes["MarginSeries"]
HParamsPluginData: Any = _classes["HParamsPluginData"]
Experiment: Any = _classes["Experiment"]
HParamInfo: Any = _classes["HParamInfo"]
Interval: Any = _classes["Interval"]
MetricInfo: Any = _classes["MetricInfo"]
MetricName: Any = _classes["MetricName"]
SessionStartInfo: Any = _classes["SessionStartInfo"]
SessionEndInfo: Any = _classes["SessionEndInfo"]
HParamEntry: Any = _classes["HParamEntry"]
HParamValue: Any = _classes["HParamValue"]
HParamStruct: Any = _classes["HParamStruct"]
HParamList: Any = _classes["HParamList"]
