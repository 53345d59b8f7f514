"""One case of the zoo by one writer, into a file and back: what is in the graph, and what has changed.

``python -m tests.tracer.zoo_case RESULTS WRITER NAME...`` writes a line of JSON a case into the file RESULTS.
"""

from __future__ import annotations

import json
import re
import signal
import sys
import tempfile
import time
import unittest
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any

import torch
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.backend.process_graph import prepare_graph_for_ui
from torch import nn

from tbnotebook import LogDir
from tbnotebook.graph import Graph
from tests.tracer.zoo import ZOO, Record, oracle

OURS = "tbnotebook"
PEER = "torch.utils.tensorboard"
SECONDS = 300
"""A case that takes longer ends its process."""

OK, CHANGED, WRONG, FAILED, MISSING = "ok", "changed", "wrong", "failed", "missing"


@dataclass(frozen=True)
class Verdict:
    """What came of a case.

    Attributes
    ----------
    name : str
    verdict : str
        ``ok``; ``changed``: the model, its inputs or a random generator are not as before; ``wrong``: a module that
        was called is not in the graph, or has other shapes; ``failed``: an error, or another than was expected;
        ``missing``: a package is not there.
    detail : str
        What is not ok.
    nodes : int
    milliseconds : float
        Of CPU time, from the call of ``add_graph`` to the end of ``close``.
    """

    name: str
    verdict: str
    detail: str = ""
    nodes: int = 0
    milliseconds: float = 0.0


def judged(name: str, writer: str) -> Verdict:
    """Run a case."""
    try:
        model, args, kwargs = dict(ZOO.CASES)[name]()
    except unittest.SkipTest as reason:
        return Verdict(name, MISSING, str(reason))
    before = Record(model, args, kwargs)
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        try:
            with import_module(writer).SummaryWriter(folder) as opened:
                opened.add_graph(model, ZOO.as_input(args, kwargs))
            error = None
        except Exception as raised:
            error = raised
        spent = 1e3 * (time.process_time() - began)
        after = Record(model, args, kwargs)
        changed = [fact for fact, value in before.facts.items() if after.facts[fact] != value]
        graph = None if error else read_back(folder)
        dangling = [] if error or writer != OURS else edges_missing(folder)
    verdict, detail = content(name, writer, graph, error)
    if verdict == OK and dangling:
        verdict, detail = WRONG, ", ".join(dangling)
    if verdict == OK and changed:
        verdict, detail = CHANGED, ", ".join(changed)
    return Verdict(name, verdict, detail[:300], len(graph.nodes) if graph else 0, spent)


def read_back(folder: str) -> Graph:
    """The graph in the event file, by our own reader."""
    log = LogDir(folder)
    while log.poll().more:
        pass
    return log.run.graph


def edges_missing(folder: str) -> list[str]:
    """The edges that TensorBoard's page could not draw, or draw with a shape."""
    accumulator = EventAccumulator(folder)
    accumulator.Reload()
    message = accumulator.Graph()
    prepare_graph_for_ui(message)
    nodes = {node.name: node.attr for node in message.node}
    missing = []
    for node in message.node:
        for reference in node.input:
            source, _, output = reference.partition(":")
            known = len(nodes[source]["_output_shapes"].list.shape) if source in nodes else 0
            if int(output or 0) >= known and "_tbnb_shapes" not in nodes.get(source, ()):
                missing.append(f"{reference} of {node.name}")
    return missing


def content(name: str, writer: str, graph: Graph | None, error: Exception | None) -> tuple[str, str]:
    """Whether the graph, or the error, is what the case asks for."""
    expected = ZOO.META[name]["expect"]
    if expected.startswith("error:"):
        text = str(error)
        if error is None or expected.removeprefix("error:") not in text:
            return FAILED, f"{expected} was expected, not {text}"
        if writer == OURS and not re.search(r" in (\S+|the model) \(\w+\), given \w", text):
            return FAILED, f"the error does not say in which module: {text}"
        return OK, ""
    if error is not None:
        return FAILED, f"{type(error).__name__}: {' '.join(str(error).split())}"
    absent = calls_missing(graph, name) if writer == OURS else leaves_missing(graph, name)
    return (WRONG, ", ".join(absent)) if absent else (OK, "")


def calls_missing(graph: Graph, name: str) -> list[str]:
    """The module calls of a real pass that the graph does not have with their class and all their shapes."""
    called = Counter(
        (scope.path, scope.cls, plain(shapes(scope.inputs)), plain(shapes(scope.outputs)))
        for scope in graph.scopes
        if scope.called
    )
    first = first_names(name, {path for path, *_ in called})
    known = Counter((first.get(path, path), *rest) for path, *rest in called.elements())
    wanted = Counter((path, cls, plain(given), plain(made)) for path, cls, _, given, made, _ in oracle(name))
    absent = [f"{path or 'the root'} ({cls}) {given} → {made}" for path, cls, given, made in wanted - known]
    inside = {number for number, node in enumerate(graph.nodes) if node.kind in ("op", "module")}
    occupied = {graph.nodes[number].scope for number in inside}
    return absent + [
        f"{scope.path} ({scope.cls}) without a node"
        for index, scope in enumerate(graph.scopes)
        if scope.called
        and scope.outputs
        and index not in occupied
        and not any(other.parent == index for other in graph.scopes)
    ]


def leaves_missing(graph: Graph, name: str) -> list[str]:
    """The modules without children that a real pass called and that a graph of torch's does not name.

    torch names a module by the attributes that lead to it, those of containers that are not called left out. A module
    that hands on its input has no node there, and is not asked for; shapes are not, either.
    """
    known: set[tuple[str, ...]] = set()
    chains: list[tuple[str, ...]] = []
    for scope in graph.scopes:
        chains.append((*chains[scope.parent], scope.name) if scope.parent >= 0 else ())
        known.add(chains[-1][1:])
    calls = oracle(name)
    called = {path for path, *_ in calls}
    absent = []
    for path, cls, children, _, _, hands_on in calls:
        parts = path.split(".")
        above = [".".join(parts[: count + 1]) for count in range(len(parts))]
        chain = tuple(place.rpartition(".")[2] for place in above if place in called and place)
        if not children and not hands_on and chain not in known:
            absent.append(f"{path} ({cls})")
    return absent


def first_names(name: str, paths: Iterable[str]) -> dict[str, str]:
    """The first name of the module at each path, as the oracle has only that."""
    model = dict(ZOO.CASES)[name]()[0]
    model = getattr(model, "_orig_mod", model)
    if not isinstance(model, nn.Module) or isinstance(model, torch.jit.ScriptModule):
        return {}
    first = {module: path for path, module in model.named_modules()}
    names = {}
    for path in paths:
        with suppress(AttributeError):  # not registered: the oracle does not have it either
            names[path] = first[model.get_submodule(path)]
    return names


def shapes(tensors: list[Any]) -> list[Any]:
    """Shapes as the oracle tells them."""
    return [tensor.shape if tensor.shape is not None else ("nested",) for tensor in tensors]


def plain(shapes: list[Any]) -> str:
    """Shapes as text; a size that is no number (j1 of a jagged tensor) is a question mark."""
    return str([tuple(size if isinstance(size, (int, str)) else "?" for size in shape) for shape in shapes])


def main(results: str, writer: str, names: list[str]) -> None:
    """Run cases one after another; a result is written as soon as it is there."""
    import_module(writer)
    for name in names:
        signal.alarm(SECONDS)
        verdict = judged(name, writer)
        signal.alarm(0)
        with open(results, "a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(verdict)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
