"""The graph model ↔ GraphDef. Knows no torch."""

from tbnotebook.graph.model import Edge, Graph, Node, NodeKind, Parameter, Scope, Shape, Tensor
from tbnotebook.graph.outline import outline
from tbnotebook.graph.structure import structure_hashes

__all__ = [
    "Edge",
    "Graph",
    "Node",
    "NodeKind",
    "Parameter",
    "Scope",
    "Shape",
    "Tensor",
    "outline",
    "structure_hashes",
]
