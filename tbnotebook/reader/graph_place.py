"""Where the graph of a run lies, and the facts that our writer put beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tbnotebook.events.schema import SummaryValue
from tbnotebook.graph import GRAPH_PLUGIN
from tbnotebook.reader.content import Content
from tbnotebook.reader.pieces import GRAPH, META_GRAPH, Key
from tbnotebook.reader.storage import Source


@dataclass(frozen=True)
class GraphPlace:
    """A graph in one of a run's files.

    Attributes
    ----------
    content : Content
        What the file holds; that of index ``file`` of the run.
    offset, length : int
        Where the GraphDef lies.
    scopes : (int, int) or None
        Offset and length of the value that bears the facts of its scopes.
    """

    content: Content
    file: int
    offset: int
    length: int
    scopes: tuple[int, int] | None

    def read(self, source: Source) -> tuple[bytes, bytes | None]:
        """Return GraphDef and facts from the file.

        Raises
        ------
        ValueError
            The facts' bytes are no value, any more.
        """
        data = source.read(self.offset, self.length)
        if self.scopes is None:
            return data, None
        value = SummaryValue.FromString(source.read(*self.scopes))
        return data, value.metadata.plugin_data.content or None


def last_graph(contents: Sequence[Content]) -> GraphPlace | None:
    """Return the last graph_def; a graph inside a meta graph only where there is none."""
    for key in (GRAPH, META_GRAPH):
        for file in range(len(contents) - 1, -1, -1):
            places = contents[file].places.get(key)
            if places is not None and len(places):
                return _place(contents[file], file, key)
    return None


def _place(content: Content, file: int, key: Key) -> GraphPlace:
    graphs = content.places[key].points(max(len(content.places[key]) - 2, 0))
    offset, length = int(graphs.offset[-1]), int(graphs.length[-1])
    after = int(graphs.offset[0]) if len(graphs.offset) == 2 else -1
    scopes: tuple[int, int] | None = None
    for (kind, _), places in content.places.items():
        if kind == GRAPH_PLUGIN and key == GRAPH:
            for at, size in zip(places.points().offset.tolist(), places.points().length.tolist()):
                if after < at < offset and (scopes is None or at > scopes[0]):
                    scopes = (at, size)
    return GraphPlace(content, file, offset, length, scopes)
