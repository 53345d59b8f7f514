"""What a forward pass did, as it happens: module calls and operations become scopes and nodes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import torch

from tbnotebook.graph import Edge, Node, NodeKind
from tbnotebook.tracer.flow import Flow
from tbnotebook.tracer.scopes import Frame, ScopeTree
from tbnotebook.tracer.values import describe, storage_key, storage_of, tensors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import nn

    from tbnotebook.tracer.values import Named


class Recorder:
    """The graph of one forward pass while it grows."""

    def __init__(self, model: Any) -> None:
        self.tree = ScopeTree(model)
        self.nodes: list[Node] = []
        self.notes: list[str] = []
        self.failure: tuple[BaseException, Frame] | None = None
        """The last exception that left a module, and the innermost call that it left."""
        self.active = True
        self._flow = Flow()
        self._occupied: set[int] = set()  # scopes in which an operation was recorded, and those around them
        self._stacks: dict[int, list[Frame]] = {}
        self._thread = threading.get_ident()
        self.lock = threading.RLock()
        """Held while something is recorded: a pass may have threads."""

    @property
    def frames(self) -> list[Frame]:
        """The module calls that are under way in this thread, outermost first."""
        return self._stacks.setdefault(threading.get_ident(), [])

    @property
    def is_new_thread(self) -> bool:
        """Whether this is another thread than that of the pass, in which no module call is under way."""
        return threading.get_ident() != self._thread and not self.frames

    def sees(self, module: nn.Module) -> bool:
        """Whether a call of `module` here and now belongs to the pass: another thread may run another model."""
        mine = threading.get_ident() == self._thread
        return self.active and (mine or self.tree.names.path(module) is not None)

    def enter(self, module: nn.Module, inputs: list[Named], read: list[torch.Tensor]) -> Frame:
        """A module call begins with `inputs`; `read` are all tensors that it could reach through them."""
        frames = self.frames
        frame = self.tree.enter(module, frames, len(self.nodes))
        frame.read = read
        self.tree.scopes[frame.scope].inputs = [describe(tensor, name) for name, tensor in inputs]
        frames.append(frame)
        return frame

    def leave(self, frame: Frame, output: Any) -> None:
        """The module call returned `output`."""
        scope = self.tree.scopes[frame.scope]
        scope.cls = type(frame.module).__name__  # a lazy module is another now
        scope.outputs = [describe(tensor, name) for name, tensor in tensors(output, objects=False)]
        made = [tensor for _, tensor in tensors(output)]
        # A body of C++, a script, another thread, or none at all: the call itself is the operation.
        if made and frame.scope not in self._occupied:
            self.add(scope.cls, "module", frame.read, made)
        self.frames.remove(frame)

    def fail(self, frame: Frame, error: BaseException) -> None:
        """The module call ended with `error`."""
        if self.failure is None or self.failure[0] is not error:
            self.failure = (error, frame)
        self.frames.remove(frame)

    def add(
        self,
        op: str,
        kind: NodeKind,
        inputs: Sequence[torch.Tensor],
        outputs: Sequence[torch.Tensor],
        *,
        wrote: Sequence[torch.Tensor] = (),
        arguments: Sequence[str] = (),
    ) -> Node:
        """Add a node that read `inputs` and made `outputs`, and wrote in place into those of `wrote`.

        `arguments` names the inputs, one name each, or is empty.
        """
        frames = self.frames
        node = Node(op, op, kind, frames[-1].scope if frames else 0)
        scope = node.scope
        while scope >= 0 and scope not in self._occupied:
            self._occupied.add(scope)
            scope = self.tree.scopes[scope].parent
        keys = [storage_key(tensor) for tensor in inputs]
        self._read(node, inputs, keys, arguments)
        self.nodes.append(node)
        number = len(self.nodes) - 1
        for place, tensor in enumerate(outputs):
            node.outputs.append(describe(tensor))
            storage = storage_of(tensor)
            view = storage is not None and storage._cdata in keys and not any(tensor is other for other in wrote)
            node.is_view |= view and not wrote
            self._flow.made(tensor, storage, number, place, view=view)
        node.mutates = bool(wrote)
        return node

    def add_input(self, name: str, tensor: torch.Tensor) -> None:
        """Add an input of the model."""
        self._source(Node(name, "input", "input"), tensor)

    def add_output(self, name: str, tensor: torch.Tensor) -> None:
        """Add an output of the model."""
        node = Node(name, "output", "output", outputs=[describe(tensor)])
        self._read(node, [tensor], [storage_key(tensor)], ())
        self.nodes.append(node)

    def _read(
        self, node: Node, inputs: Sequence[torch.Tensor], keys: Sequence[int | None], arguments: Sequence[str]
    ) -> None:
        """Link `node` to what made `inputs`: parameters by name, unknown tensors as constants."""
        names = self.tree.names
        for place, tensor in enumerate(inputs):
            parameter = names.parameter(tensor)
            edges = self._flow.sources(tensor, keys[place])
            if parameter is None and not edges:
                parameter = names.parameter_of_memory(keys[place])
            if parameter is not None and parameter not in node.params:
                node.params.append(parameter)
            if parameter is None and not edges:
                edges = [self._source(Node("constant", "constant", "const", node.scope), tensor)]
            argument = arguments[place] if arguments else ""
            node.inputs += [edge._replace(arg=argument) for edge in edges] if argument else edges

    def _source(self, node: Node, tensor: torch.Tensor) -> Edge:
        """Add a node that `tensor` comes from, out of nothing that was seen."""
        node.outputs.append(describe(tensor))
        self.nodes.append(node)
        self._flow.made(tensor, storage_of(tensor), len(self.nodes) - 1, 0)
        return Edge(len(self.nodes) - 1)
