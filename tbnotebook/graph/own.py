"""A GraphDef of our own writer, with the scopes beside it, read back without loss."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast, get_args

from tbnotebook.graph.attributes import ALL_SHAPES, SHAPES, shape_of, text_of
from tbnotebook.graph.model import CONTROL, Edge, Node, NodeKind, Parameter, Tensor
from tbnotebook.graph.plain import from_plain, read_scopes

if TYPE_CHECKING:
    from tbnotebook.graph.model import Graph

_KINDS = get_args(NodeKind)
Attributes = dict[bytes, Any]


def own_graph(message: Any, scopes: bytes) -> Graph:
    """The graph that was written as `message` and `scopes`.

    Raises
    ------
    ValueError
        The two do not belong together, or somebody else wrote one of them.
    """
    graph = read_scopes(scopes)
    parameters: dict[bytes, Parameter] = {}
    numbers: dict[bytes, int] = {}
    read: list[tuple[Any, Attributes]] = []
    for node in message.node:
        facts = {entry.key: entry.value for entry in node.attr}
        if _text(facts, b"_tbnb_kind") == "parameter":
            parameters[node.name] = from_plain(Parameter, _json(facts, b"_tbnb_parameter"))
        else:
            numbers[node.name] = len(read)
            read.append((node, facts))
    for node, facts in read:
        made = _node(node, facts)
        if not -1 <= made.scope < len(graph.scopes):
            raise ValueError(f"node {text_of(node.name)[:80]!r} stands in scope {made.scope} of {len(graph.scopes)}")
        _link(made, node, facts, numbers, parameters)
        graph.nodes.append(made)
    return graph


def _node(node: Any, facts: Attributes) -> Node:
    name = text_of(node.name)
    kind = _text(facts, b"_tbnb_kind")
    if kind not in _KINDS:
        raise ValueError(f"node {name[:80]!r} has kind {kind[:40]!r}; one of {', '.join(_KINDS)} is known")
    attrs = _json(facts, b"_tbnb_attrs") if b"_tbnb_attrs" in facts else {}
    if not all(isinstance(value, str) for value in attrs.values()):
        raise ValueError(f"node {name[:80]!r} has an attribute that is no text")
    return Node(
        name=_text(facts, b"_tbnb_name") or name.rpartition("/")[2],
        op=_text(facts, b"_tbnb_op") or text_of(node.op),
        kind=cast("NodeKind", kind),
        scope=facts[b"_tbnb_scope"].i if b"_tbnb_scope" in facts else -1,
        outputs=_outputs(facts),
        attrs=attrs,
        flops=facts[b"_tbnb_flops"].i if b"_tbnb_flops" in facts else 0,
        aten=_texts(facts, b"_tbnb_aten"),
        mutates=b"_tbnb_mutates" in facts,
        is_view=b"_tbnb_view" in facts,
        device=text_of(node.device),
    )


def _outputs(facts: Attributes) -> list[Tensor]:
    key = ALL_SHAPES if ALL_SHAPES in facts else SHAPES
    shapes = facts[key].list.shape if key in facts else ()
    told = [_texts(facts, key) for key in (b"_tbnb_dtypes", b"_tbnb_devices", b"_tbnb_names")]
    dtypes, devices, names = (texts or [""] * len(shapes) for texts in told)
    return [
        Tensor(shape_of(shape), dtype, device, name)
        for shape, dtype, device, name in zip(shapes, dtypes, devices, names, strict=True)
    ]


def _link(
    made: Node, node: Any, facts: Attributes, numbers: dict[bytes, int], parameters: dict[bytes, Parameter]
) -> None:
    for reference in node.input:
        if reference in parameters:
            made.params.append(parameters[reference])
            continue
        name, _, output = reference.removeprefix(b"^").partition(b":")
        if name not in numbers or (output and not output.isdigit()):
            raise ValueError(f"node {made.name[:80]!r} reads {text_of(reference)[:80]!r}, which is not there")
        made.inputs.append(Edge(numbers[name], CONTROL if reference.startswith(b"^") else int(output or 0)))
    arguments = _texts(facts, b"_tbnb_args")
    if arguments:
        pairs = zip(made.inputs, arguments, strict=True)
        made.inputs = [Edge(edge.source, edge.output, argument) for edge, argument in pairs]


def _text(facts: Attributes, key: bytes) -> str:
    return text_of(facts[key].s) if key in facts else ""


def _texts(facts: Attributes, key: bytes) -> list[str]:
    return [text_of(text) for text in facts[key].list.s] if key in facts else []


def _json(facts: Attributes, key: bytes) -> dict[str, Any]:
    try:
        data = json.loads(_text(facts, key))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"attribute {key.decode()} is no JSON: {error}") from None
    if not isinstance(data, dict):
        raise ValueError(f"attribute {key.decode()} is {data!r:.40}, not an object")
    return data
