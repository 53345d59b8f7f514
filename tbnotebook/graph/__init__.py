"""The graph model ↔ GraphDef. Knows no torch."""

from tbnotebook.graph.depth import closed_below
from tbnotebook.graph.graphdef import GRAPH_PLUGIN, from_graphdef, to_events_payload, to_graphdef
from tbnotebook.graph.model import Edge, Graph, Node, NodeKind, Parameter, Scope, Shape, Tensor
from tbnotebook.graph.names import name_nodes
from tbnotebook.graph.onnx_file import onnx_graph
from tbnotebook.graph.openvino_file import openvino_graph
from tbnotebook.graph.outline import outline
from tbnotebook.graph.plain import scopes_json
from tbnotebook.graph.structure import structure_hashes

__all__ = [
    "GRAPH_PLUGIN",
    "Edge",
    "Graph",
    "Node",
    "NodeKind",
    "Parameter",
    "Scope",
    "Shape",
    "Tensor",
    "closed_below",
    "from_graphdef",
    "name_nodes",
    "onnx_graph",
    "openvino_graph",
    "outline",
    "scopes_json",
    "structure_hashes",
    "to_events_payload",
    "to_graphdef",
]
