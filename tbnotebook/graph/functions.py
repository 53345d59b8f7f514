"""The functions of a GraphDef's library, opened where they are called."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from google.protobuf.message import DecodeError

from tbnotebook.events.schema import SealedLibrary, SealedNodeDef
from tbnotebook.graph.flow import Flow, Inputs, flow_of
from tbnotebook.graph.model import CONTROL
from tbnotebook.graph.note import counted

MOST_OPENED = 200_000
"""Nodes, edges and arguments within functions: one that is called in many places stands in each of them."""
DEEPEST_CALL = 16
LONGEST_SCOPE = 1000

Calls = list[tuple[bytes, bytes]]
"""The functions that a node calls: what it calls each ("body", nothing for its only one), and the function's name."""


class _Inner(NamedTuple):
    """A node of a function as a SealedNodeDef has it, its attributes shared by all calls."""

    name: bytes
    op: bytes
    input: Any
    device: bytes
    attr: tuple[bytes, ...]


class _Function:
    """The body of a function. In what its nodes read its arguments come first, and the nodes after them."""

    def __init__(self, definition: Any, library: Library) -> None:
        arguments = [SealedNodeDef(name=argument.name) for argument in definition.signature.input_arg]
        returned = {entry.key: entry.value for entry in definition.ret}
        results = [returned[output.name] for output in definition.signature.output_arg if output.name in returned]
        body = [_Inner(n.name, n.op, n.input, n.device, tuple(n.attr)) for n in definition.node_def]
        flow = flow_of([*arguments, *body, SealedNodeDef(input=results)], library.output_place)
        self.nodes = body
        *inputs, self.returns = flow.inputs
        self.inputs = inputs[len(arguments) :]
        self.arguments = len(arguments)
        self.taken = {source for read in flow.inputs for source, _ in read if source < self.arguments}
        self.calls = {number: calls for number, node in enumerate(body) if (calls := library.calls(node))}
        self.size = len(flow.nodes) + sum(map(len, flow.inputs))
        self.notes = flow.notes


@dataclass(eq=False, slots=True)
class _Level:
    """The graph's own nodes, or those of a function at one of its calls."""

    nodes: list[Any]
    inputs: list[Inputs]
    calls: dict[int, Calls]
    function: _Function | None = None
    name: bytes = b""
    scope: bytes = b""
    """What stands before its nodes' names."""
    around: _Level | None = None
    given: list[tuple[int, int]] = field(default_factory=list)
    """Its arguments as what its caller reads; the last inputs are, as the first of an "If" is its condition."""
    depth: int = 0
    opened: dict[int, list[_Level]] = field(default_factory=dict)
    places: list[int] = field(default_factory=list)
    """Of its nodes among all."""

    def within(self, name: bytes) -> bool:
        """Whether it stands in a call of a function, or is one."""
        level: _Level | None = self
        while level is not None and level.name != name:
            level = level.around
        return level is not None

    def resolved(self, inputs: Inputs) -> Inputs:
        """What nodes of this level read, by places among all."""
        found: Inputs = []
        for source, output in inputs:
            level = self
            while level.around is not None and source < len(level.given) and output != CONTROL:
                source, output = level.given[source]
                level = level.around
            if source >= len(level.given):
                found.append((level.places[source - len(level.given)], output))
        return found

    def results(self, number: int) -> Inputs:
        """What the functions return that a node calls."""
        opened = self.opened.get(number, ())
        return [one for level in opened if level.function for one in level.resolved(level.function.returns)]

    def read(self, number: int) -> Inputs:
        """What a node reads by itself: what its functions take goes into them."""
        opened = self.opened.get(number, ())
        taken = {level.given[source] for level in opened if level.function for source in level.function.taken}
        return self.resolved([one for one in self.inputs[number] if one not in taken])


class Library:
    """The functions that a GraphDef brings along.

    Parameters
    ----------
    data
        A serialized FunctionDefLibrary.
    named
        Tells which functions the attributes of a node name, and what they call them.
    """

    def __init__(self, data: bytes, named: Callable[[Any], Iterable[tuple[bytes, bytes]]]) -> None:
        self._named = named
        self._used: dict[bytes, _Function] = {}
        self._damaged = False
        try:
            functions = SealedLibrary.FromString(data).function
        except DecodeError:
            functions = ()
            self._damaged = True
        self._definitions = {function.signature.name: function for function in functions}

    def opened(self, flow: Flow) -> Flow:
        """The graph with the nodes of each function just before what calls it.

        A graph that is nothing but functions shows those that no other one calls. The outermost calls are opened
        first. One of a function within itself, or for which there is no room, stays closed and is counted.
        """
        inner = [node for definition in self._definitions.values() for node in definition.node_def]
        called = {name for node in (*flow.nodes, *inner) for _, name in self.calls(node)}
        alone = [name for name in self._definitions if name not in called]
        nodes = flow.nodes or [SealedNodeDef(name=name, op=name) for name in alone]
        calls = {number: calls for number, node in enumerate(nodes) if (calls := self.calls(node))}
        outermost = _Level(nodes, flow.inputs or [[] for _ in nodes], calls)
        closed = self._open(outermost)
        made = _joined(outermost)
        made.notes += flow.notes
        made.notes += [f"In a function: {note}" for function in self._used.values() for note in function.notes]
        if closed:
            made.notes.append(counted(closed, "call of a function is", "calls of functions are") + " not opened.")
        if alone and flow.nodes:
            made.notes.append(counted(len(alone), "function is", "functions are") + " called by nothing here.")
        if self._damaged:
            made.notes.append("The library of functions is damaged and left out.")
        return made

    def calls(self, node: Any) -> Calls:
        """The functions that a node calls."""
        if node.op in self._definitions:
            return [(b"", node.op)]
        found = [(part, name) for part, name in self._named(node) if name in self._definitions]
        return found if len(found) > 1 else [(b"", name) for _, name in found]

    def output_place(self, op: bytes, output: bytes) -> int:
        """Which output of a function has this name; the first of what is none of ours."""
        definition = self._definitions.get(op)
        names = [] if definition is None else [argument.name for argument in definition.signature.output_arg]
        return names.index(output) if output in names else 0

    def _open(self, outermost: _Level) -> int:
        """Make the levels within; returns how many calls stay closed."""
        room, closed = MOST_OPENED, 0
        waiting = deque([outermost])
        while waiting:
            level = waiting.popleft()
            for number, calls in level.calls.items():
                tensors = [one for one in level.inputs[number] if one[1] != CONTROL]
                for part, name in calls:
                    function = self._function(name)
                    scope = level.scope + level.nodes[number].name + b"/" + (part + b"/" if part else b"")
                    size = function.size + len(tensors)
                    if level.within(name) or size > room or level.depth == DEEPEST_CALL or len(scope) > LONGEST_SCOPE:
                        closed += 1
                        continue
                    room -= size
                    inner = _Level(function.nodes, function.inputs, function.calls, function, name, scope, level)
                    inner.given = _given(tensors, function.arguments)
                    inner.depth = level.depth + 1
                    level.opened.setdefault(number, []).append(inner)
                    waiting.append(inner)
        return closed

    def _function(self, name: bytes) -> _Function:
        known = self._used.get(name)
        if known is None:
            known = self._used[name] = _Function(self._definitions[name], self)
        return known


_NOTHING = (-1, CONTROL)


def _given(tensors: Inputs, arguments: int) -> Inputs:
    before = len(tensors) - arguments
    if not tensors:
        return [_NOTHING] * arguments
    return [tensors[max(before + number, 0)] for number in range(arguments)]


def _joined(outermost: _Level) -> Flow:
    """All levels as one graph."""
    order: list[tuple[_Level, int]] = []

    def place(level: _Level) -> None:
        for number in range(len(level.nodes)):
            for inner in level.opened.get(number, ()):
                place(inner)
            level.places.append(len(order))
            order.append((level, number))

    place(outermost)
    flow = Flow()
    for level, number in order:
        node = level.nodes[number]
        if level.around is not None:
            flow.inside.add(len(flow.nodes))
            node = node._replace(name=level.scope + node.name)
        for inner in level.opened.get(number, ()):
            flow.functions[inner.scope.removesuffix(b"/")] = inner.name
        results = level.results(number)
        if results:
            flow.results[len(flow.nodes)] = len(results)
        flow.nodes.append(node)
        flow.inputs.append(results + level.read(number))
    return flow
