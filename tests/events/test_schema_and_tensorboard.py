"""Our schema beside the generated messages of the installed tensorboard: the same numbers and wire types."""

from __future__ import annotations

import importlib
from operator import attrgetter
from typing import Any

import pytest

from tbnotebook.events import schema

# Module of tensorboard, path of the message in it, name in our schema.
PAIRS = [
    ("compat.proto.event_pb2", "Event", "Event"),
    ("compat.proto.event_pb2", "SourceMetadata", "SourceMetadata"),
    ("compat.proto.event_pb2", "LogMessage", "LogMessage"),
    ("compat.proto.event_pb2", "SessionLog", "SessionLog"),
    ("compat.proto.event_pb2", "TaggedRunMetadata", "TaggedRunMetadata"),
    ("compat.proto.summary_pb2", "Summary", "Summary"),
    ("compat.proto.summary_pb2", "Summary.Value", "SummaryValue"),
    ("compat.proto.summary_pb2", "Summary.Image", "Image"),
    ("compat.proto.summary_pb2", "Summary.Audio", "Audio"),
    ("compat.proto.summary_pb2", "SummaryMetadata", "SummaryMetadata"),
    ("compat.proto.summary_pb2", "SummaryMetadata.PluginData", "PluginData"),
    ("compat.proto.histogram_pb2", "HistogramProto", "HistogramProto"),
    ("compat.proto.tensor_pb2", "TensorProto", "TensorProto"),
    ("compat.proto.tensor_shape_pb2", "TensorShapeProto", "TensorShapeProto"),
    ("compat.proto.tensor_shape_pb2", "TensorShapeProto.Dim", "TensorShapeDim"),
    ("compat.proto.graph_pb2", "GraphDef", "GraphDef"),
    ("compat.proto.versions_pb2", "VersionDef", "VersionDef"),
    ("compat.proto.node_def_pb2", "NodeDef", "NodeDef"),
    ("compat.proto.node_def_pb2", "NodeDef.AttrEntry", "AttrEntry"),
    ("compat.proto.graph_pb2", "GraphDef", "SealedGraphDef"),
    ("compat.proto.node_def_pb2", "NodeDef", "SealedNodeDef"),
    ("compat.proto.function_pb2", "FunctionDefLibrary", "SealedLibrary"),
    ("compat.proto.function_pb2", "FunctionDef", "SealedFunctionDef"),
    ("compat.proto.op_def_pb2", "OpDef", "FunctionSignature"),
    ("compat.proto.op_def_pb2", "OpDef.ArgDef", "FunctionArgument"),
    ("compat.proto.function_pb2", "FunctionDef.RetEntry", "FunctionReturn"),
    ("compat.proto.attr_value_pb2", "AttrValue", "AttrValue"),
    ("compat.proto.attr_value_pb2", "AttrValue.ListValue", "AttrList"),
    ("compat.proto.attr_value_pb2", "NameAttrList", "NameAttrList"),
    ("compat.proto.config_pb2", "RunMetadata", "RunMetadata"),
    ("compat.proto.step_stats_pb2", "StepStats", "StepStats"),
    ("compat.proto.step_stats_pb2", "DeviceStepStats", "DeviceStepStats"),
    ("compat.proto.step_stats_pb2", "NodeExecStats", "NodeExecStats"),
    ("compat.proto.step_stats_pb2", "NodeOutput", "NodeOutput"),
    ("compat.proto.step_stats_pb2", "AllocatorMemoryUsed", "AllocatorMemoryUsed"),
    ("compat.proto.tensor_description_pb2", "TensorDescription", "TensorDescription"),
    ("plugins.scalar.plugin_data_pb2", "ScalarPluginData", "ScalarPluginData"),
    ("plugins.image.plugin_data_pb2", "ImagePluginData", "ImagePluginData"),
    ("plugins.audio.plugin_data_pb2", "AudioPluginData", "AudioPluginData"),
    ("plugins.histogram.plugin_data_pb2", "HistogramPluginData", "HistogramPluginData"),
    ("plugins.text.plugin_data_pb2", "TextPluginData", "TextPluginData"),
    ("plugins.pr_curve.plugin_data_pb2", "PrCurvePluginData", "PrCurvePluginData"),
    ("plugins.mesh.plugin_data_pb2", "MeshPluginData", "MeshPluginData"),
    ("plugins.custom_scalar.layout_pb2", "Layout", "Layout"),
    ("plugins.custom_scalar.layout_pb2", "Category", "Category"),
    ("plugins.custom_scalar.layout_pb2", "Chart", "Chart"),
    ("plugins.custom_scalar.layout_pb2", "MultilineChartContent", "MultilineChartContent"),
    ("plugins.custom_scalar.layout_pb2", "MarginChartContent", "MarginChartContent"),
    ("plugins.custom_scalar.layout_pb2", "MarginChartContent.Series", "MarginSeries"),
    ("plugins.hparams.plugin_data_pb2", "HParamsPluginData", "HParamsPluginData"),
    ("plugins.hparams.plugin_data_pb2", "SessionStartInfo", "SessionStartInfo"),
    ("plugins.hparams.plugin_data_pb2", "SessionStartInfo.HparamsEntry", "HParamEntry"),
    ("plugins.hparams.plugin_data_pb2", "SessionEndInfo", "SessionEndInfo"),
    ("plugins.hparams.api_pb2", "Experiment", "Experiment"),
    ("plugins.hparams.api_pb2", "HParamInfo", "HParamInfo"),
    ("plugins.hparams.api_pb2", "Interval", "Interval"),
    ("plugins.hparams.api_pb2", "MetricInfo", "MetricInfo"),
    ("plugins.hparams.api_pb2", "MetricName", "MetricName"),
]

KEPT_AS_BYTES = ("FunctionDefLibrary", "AttrEntry")


@pytest.mark.parametrize(("module", "path", "name"), PAIRS, ids=[pair[2] for pair in PAIRS])
def test_field_numbers_and_wire_types_are_tensorboards(module: str, path: str, name: str) -> None:
    theirs = attrgetter(path)(importlib.import_module(f"tensorboard.{module}")).DESCRIPTOR
    ours = getattr(schema, name).DESCRIPTOR
    for field in ours.fields:
        assert field.number in theirs.fields_by_number, f"tensorboard's {path} has no field {field.number}"
        peer = theirs.fields_by_number[field.number]
        assert on_the_wire(field) == on_the_wire(peer), field.name
        assert bool(field.containing_oneof) == bool(peer.containing_oneof), field.name


def on_the_wire(field: Any) -> tuple[int, bool]:
    """Type and repeatedness as far as they show in the bytes: a string is bytes, an enum an int32."""
    kind = field.type
    if kind == field.TYPE_STRING or (kind == field.TYPE_MESSAGE and field.message_type.name in KEPT_AS_BYTES):
        kind = field.TYPE_BYTES
    elif kind == field.TYPE_ENUM:
        kind = field.TYPE_INT32
    return kind, field.is_repeated
