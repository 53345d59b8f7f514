"""What a run was given, and by what it is judged: the hyperparameters that TensorBoard's HParams shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from tbnotebook.events import schema
from tbnotebook.reader.names import text

HParam: TypeAlias = bool | float | str | None


@dataclass(frozen=True)
class HParams:
    """The hyperparameters of a run.

    Attributes
    ----------
    values
        By name.
    metrics
        Tags by which the run is judged.
    """

    values: Mapping[str, HParam]
    metrics: tuple[str, ...]


def hparams_of(session: bytes, experiment: bytes | None) -> HParams:
    """Decode the values of a session, and what an experiment says of the metrics.

    Raises
    ------
    ValueError
        The bytes are something else.
    """
    start = _data(session).session_start_info
    values = {text(entry.key): _plain(entry.value) for entry in start.hparams}
    infos = () if experiment is None else _data(experiment).experiment.metric_infos
    return HParams(values, tuple(text(info.name.tag) for info in infos))


def _data(payload: bytes) -> Any:
    try:
        value = schema.SummaryValue.FromString(payload)
        return schema.HParamsPluginData.FromString(value.metadata.plugin_data.content)
    except Exception as problem:  # protobuf's own, of another class in each version
        raise ValueError(f"{len(payload)} bytes that are no hyperparameters") from problem


def _plain(value: Any) -> HParam:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        return text(value.string_value)
    if kind in ("number_value", "bool_value"):
        found: bool | float = getattr(value, kind)
        return found
    return None
