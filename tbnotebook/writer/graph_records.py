"""The records of a network's graph."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tbnotebook.events import schema
from tbnotebook.writer.encoder import RAW

if TYPE_CHECKING:
    from tbnotebook.graph import Graph


def graph_records(graph: Graph) -> tuple[Any, ...]:
    """What the scribe is given, in one call: a reader takes the facts for those of the graph that follows."""
    from tbnotebook.graph import GRAPH_PLUGIN, to_events_payload

    scopes, graph_def = to_events_payload(graph)
    now = time.time()
    facts = schema.Event(wall_time=now)
    metadata = facts.summary.value.add(tag=GRAPH_PLUGIN.encode()).metadata
    metadata.plugin_data.plugin_name = GRAPH_PLUGIN.encode()
    metadata.plugin_data.content = scopes
    event = schema.Event(wall_time=now, graph_def=graph_def)
    return (RAW, facts.SerializeToString(), None, now, RAW, event.SerializeToString(), None, now)
