"""Keras's own picture of a model, read when somebody looks at it."""

from __future__ import annotations

from google.protobuf.message import DecodeError

from tbnotebook.events.schema import SummaryValue
from tbnotebook.graph import Graph
from tbnotebook.graph.keras import KERAS_PLUGIN, keras_graph
from tbnotebook.reader.located import Located

__all__ = ["KERAS_PLUGIN", "last_model"]


def last_model(places: Located) -> Graph | None:
    """Return the last picture of a model; None if it is not legible."""
    try:
        return keras_graph(SummaryValue.FromString(places.read(-1)).tensor.string_val[0])
    except (OSError, ValueError, IndexError, DecodeError):
        return None
