"""What only sets a network of TensorFlow 1 up, saves it and restores it: nothing of it flows into what is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tbnotebook.graph.model import CONTROL

if TYPE_CHECKING:
    from tbnotebook.graph.model import Graph, Node

VARIABLE_OPS = frozenset(["Variable", "VariableV2", "VarHandleOp"])
_ASSIGN_OPS = frozenset(["Assign", "AssignVariableOp"])
_READ_OPS = frozenset(["Identity", "ReadVariableOp"])
_QUESTION_OPS = ("IsVariableInitialized", "VarIsInitializedOp")
_SAVE_OPS = ("Save", "SaveSlices", "SaveV2", "MergeV2Checkpoints", "ShardedFilename", "ShardedFilespec")
_RESTORE_OPS = ("Restore", "RestoreSlice", "RestoreV2")
_UPKEEP_OPS = frozenset([*_QUESTION_OPS, *_SAVE_OPS, *_RESTORE_OPS])


def upkeep_of(graph: Graph) -> set[int]:
    """The numbers of such nodes, if there are others besides them; they have to be in an order in which they could run.

    It begins with what TensorFlow 1 itself makes: the first assignment of a variable, which stands beside it; the
    questions whether it has been made; saving and restoring; the no-ops that wait for these. What else reads only from
    them belongs to them, as does what only they read: the random numbers that a variable begins with. Whatever gives
    the rest of the graph a tensor does not.
    """
    begun = _begun(graph)
    if all(graph.nodes[number].op == "NoOp" for number in begun):
        return set()
    readers: list[list[tuple[int, bool]]] = [[] for _ in graph.nodes]
    for number, node in enumerate(graph.nodes):
        for edge in node.inputs:
            readers[edge.source].append((number, edge.output != CONTROL))
    found: set[int] = set()
    for number in reversed(range(len(graph.nodes))):
        if graph.nodes[number].kind == "output":
            continue
        outside = [flows for reader, flows in readers[number] if reader not in found]
        if not any(outside) if number in begun else bool(readers[number]) and not outside:
            found.add(number)
    rest = any(node.kind == "op" and number not in found for number, node in enumerate(graph.nodes))
    return found if rest else set()


def reads_of(graph: Graph) -> dict[int, int]:
    """By node that only gives on the value of a variable: the variable.

    Such are "<variable>/read" and ``ReadVariableOp``, unless they wait for something that may change the value.
    """
    found: dict[int, int] = {}
    for number, node in enumerate(graph.nodes):
        if node.op not in _READ_OPS or len(node.inputs) != 1:
            continue
        variable = _variable(graph, node)
        beside = variable is not None and variable.scope == node.scope and node.name == "read"
        if variable is not None and (beside or node.op == "ReadVariableOp"):
            found[number] = node.inputs[0].source
    return found


def _begun(graph: Graph) -> set[int]:
    """Where it begins, and what reads only from there, what is given, and what is made of constants alone."""
    read = {edge.source for node in graph.nodes for edge in node.inputs}
    found: set[int] = set()
    given: set[int] = set()
    for number, node in enumerate(graph.nodes):
        reads = {edge.source for edge in node.inputs}
        if node.kind != "op":
            given.add(number)
        elif _begins(graph, node, is_read=number in read) or (reads & found and reads <= found | given):
            found.add(number)
        elif reads and reads <= given and not any(_varies(graph.nodes[source]) for source in reads):
            given.add(number)
    return found


def _varies(node: Node) -> bool:
    return node.kind == "input" or node.op in VARIABLE_OPS


def _begins(graph: Graph, node: Node, *, is_read: bool) -> bool:
    if node.op == "NoOp":
        return not node.inputs
    if node.op in _READ_OPS:
        return not is_read and _variable(graph, node) is not None
    return node.op in _UPKEEP_OPS or _is_first_assignment(graph, node)


def _is_first_assignment(graph: Graph, node: Node) -> bool:
    """Whether it is called "<variable>/Assign"; an assignment elsewhere is a step of a training."""
    variable = _variable(graph, node) if node.op in _ASSIGN_OPS else None
    return (
        variable is not None and variable.scope == node.scope and variable.name == f"({graph.scopes[node.scope].name})"
    )


def _variable(graph: Graph, node: Node) -> Node | None:
    """The variable that a node reads or assigns first."""
    if not node.inputs or node.inputs[0].output == CONTROL:
        return None
    source = graph.nodes[node.inputs[0].source]
    return source if source.op in VARIABLE_OPS else None
