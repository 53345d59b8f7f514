"""The graph of a run: located while reading, parsed when somebody looks at it."""

from __future__ import annotations

import pytest

from tbnotebook.events.record import frame
from tbnotebook.reader import LogDir
from tests.reader.files import append, read, scalar, version, write
from tests.reader.graph_events import graph_event, graphdef, meta_graph_event, model_event, scopes_event


@pytest.fixture
def parsed(monkeypatch):
    """What the reader hands over for parsing."""
    calls = []

    def parse(*args):
        calls.append(args)
        return f"graph {len(calls)}"

    monkeypatch.setattr("tbnotebook.reader.run.from_graphdef", parse)
    return calls


def test_a_graph_is_parsed_once_and_only_when_asked_for(tmp_path, parsed):
    path = write(tmp_path, version(), graph_event(graphdef("a")), scalar("loss", 1))
    log = read(tmp_path)
    assert (log.run.graph_version, parsed) == (1, [])
    assert (log.run.graph, log.run.graph) == ("graph 1", "graph 1")
    assert parsed == [(graphdef("a"), None)]
    append(path, scalar("loss", 2))
    log.poll()
    assert (log.run.graph_version, log.run.graph) == (1, "graph 1")


def test_the_last_graph_wins_with_the_facts_written_just_before_it(tmp_path, parsed):
    path = write(
        tmp_path, version(), scopes_event(b"old facts"), graph_event(graphdef("old")), scopes_event(b"{new facts}")
    )
    log = read(tmp_path)
    assert log.run.graph == "graph 1"
    append(path, graph_event(graphdef("new")))
    log.poll()
    assert (log.run.graph_version, log.run.graph) == (2, "graph 2")
    append(path, graph_event(graphdef("newest")))
    log.poll()
    assert log.run.graph == "graph 3"
    assert parsed == [
        (graphdef("old"), b"old facts"),
        (graphdef("new"), b"{new facts}"),
        (graphdef("newest"), None),
    ]


def test_a_meta_graph_counts_only_where_there_is_no_graph(tmp_path, parsed):
    path = write(tmp_path, version(), meta_graph_event(graphdef("meta")))
    log = read(tmp_path)
    assert log.run.graph == "graph 1"
    append(path, graph_event(graphdef("real")), meta_graph_event(graphdef("later")))
    log.poll()
    assert log.run.graph == "graph 2"
    assert [args[0] for args in parsed] == [graphdef("meta"), graphdef("real")]


def test_the_attempt_of_the_graph_is_told(tmp_path):
    write(tmp_path, version(), graph_event(graphdef("a")), scalar("loss", 5), name="1.tfevents")
    write(tmp_path, version(), scalar("loss", 1), name="2.tfevents")
    log = read(tmp_path)
    assert (len(log.run.attempts), log.run.graph_attempt) == (2, 0)
    write(tmp_path, version(), scalar("loss", 0), graph_event(graphdef("b")), name="3.tfevents")
    log.poll()
    assert (len(log.run.attempts), log.run.graph_attempt) == (3, 2)


def test_a_graph_that_is_none_is_a_problem_and_no_exception(tmp_path):
    first = len(frame(version()))
    write(tmp_path, version(), graph_event(b"\xff\xff nothing"))
    log = read(tmp_path)
    assert log.problems == []
    assert log.run.graph is None
    (problem,) = log.problems
    assert problem.kind == "graph"
    assert problem.offset > first


def test_a_graph_whose_file_is_gone_meanwhile_is_a_problem_and_no_exception(tmp_path):
    path = write(tmp_path, version(), graph_event(graphdef("a")))
    log = read(tmp_path)
    path.unlink()
    assert log.run.graph is None
    assert [p.kind for p in log.problems] == ["graph"]


def test_the_writers_graph_is_read_back_as_it_was_traced(tmp_path):
    torch = pytest.importorskip("torch")
    from tbnotebook.tracer import trace_input
    from tbnotebook.writer import SummaryWriter

    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(10, 4), torch.nn.ReLU(), torch.nn.Linear(4, 1))
    example = torch.rand(2, 10)
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("loss", 1.0, 1)
        writer.add_graph(model, example)
    log = LogDir(tmp_path)
    log.poll()
    assert log.run.graph == trace_input(model, example)
    assert log.run.ended
    assert log.problems == []


def test_keras_models_are_there_besides_the_graph(tmp_path):
    layers = b'[{"class_name": "Dense", "config": {"name": "fc"}}, {"class_name": "Dense", "config": {"name": "out"}}]'
    model = b'{"class_name": "Sequential", "config": {"name": "net", "layers": ' + layers + b"}}"
    path = write(tmp_path, version(), graph_event(graphdef("a")), scalar("loss", 1))
    log = read(tmp_path)
    assert dict(log.run.models) == {}
    append(path, model_event(b"no model"))
    log.poll()
    assert (list(log.run.models), log.run.keras_model("keras")) == (["keras"], None)
    append(path, model_event(model))
    log.poll()
    graph = log.run.keras_model("keras")
    assert graph is not None
    assert [node.name for node in graph.nodes] == ["fc", "out"]
    assert log.run.graph.nodes[0].name == "a"
