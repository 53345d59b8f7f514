"""The public face of the tracer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tbnotebook.tracer.attempt import TraceError, trace_call
from tbnotebook.tracer.inputs import calls_of

if TYPE_CHECKING:
    from tbnotebook.graph import Graph


class Trace:
    """A traced network; as the last value of a cell it draws itself."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def __repr__(self) -> str:
        graph = self.graph
        return f"<Trace of {graph.name}: {len(graph.nodes)} nodes, {graph.params:,} parameters>"

    def _ipython_display_(self) -> None:
        from tbnotebook.widget import show_graph

        show_graph(self.graph)


def trace(model: Any, *args: Any, **kwargs: Any) -> Trace:
    """Run ``model(*args, **kwargs)`` once and return its graph.

    Nothing is changed by it: parameters, buffers, gradients, random generators, flags and the inputs are as
    they were. A model on the meta device is traced without memory.

    Raises
    ------
    TraceError
        The model's forward pass raises; the model's own exception is the cause.
    """
    return Trace(trace_call(model, (args, kwargs)))


def trace_input(model: Any, input_to_model: Any, *, depth: int | None = None, fake: bool | None = None) -> Graph:
    """The graph of the model called with an ``input_to_model`` of ``SummaryWriter.add_graph``.

    A tensor is one argument, a tuple or list the arguments, a dict keyword arguments if its keys bind to the
    signature and one argument else; ``(x, {…})`` ends with keyword arguments. Where the model raises and the value
    may stand for another call as well, that is tried, too.
    """
    if depth is not None and (not isinstance(depth, int) or depth < 0):
        raise ValueError(f"depth is how many levels of modules are opened, 0 or more, not {depth!r}")
    errors: list[TraceError] = []
    for call in calls_of(model, input_to_model):
        try:
            return trace_call(model, call, depth=depth, fake=fake)
        except TraceError as error:
            errors.append(error)
    raise errors[0]
