"""Events that hold graphs, as their producers write them."""

from __future__ import annotations

from tbnotebook.events.schema import Event, GraphDef
from tbnotebook.graph import GRAPH_PLUGIN


def graphdef(*names):
    graph = GraphDef()
    for name in names:
        graph.node.add(name=name.encode(), op=b"NoOp")
    return graph.SerializeToString()


def graph_event(data):
    return Event(wall_time=1.0, graph_def=data).SerializeToString()


def scopes_event(content):
    event = Event(wall_time=1.0)
    value = event.summary.value.add(tag=GRAPH_PLUGIN.encode())
    value.metadata.plugin_data.plugin_name = GRAPH_PLUGIN.encode()
    value.metadata.plugin_data.content = content
    return event.SerializeToString()


def meta_graph_event(data):
    meta = b"\x12" + bytes([len(data)]) + data  # MetaGraphDef.graph_def = 2
    return Event(wall_time=1.0, meta_graph_def=meta).SerializeToString()


def model_event(content):
    event = Event(wall_time=1.0)
    value = event.summary.value.add(tag=b"keras")
    value.metadata.plugin_data.plugin_name = b"graph_keras_model"
    value.tensor.dtype = 7
    value.tensor.string_val.append(content)
    return event.SerializeToString()
