"""What a run was given, and by what it is judged: TensorBoard's HParams."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from tbnotebook.events import schema
from tbnotebook.events.hparams import EXPERIMENT, PLUGIN, SESSION_END, SESSION_START
from tbnotebook.writer.values import BadValue, describe, to_tag

_UNSET, _STRING, _BOOL, _FLOAT = range(4)
_SUCCESS: Final = 1
_MOST_OF_A_LIST: Final = 100
_DEEPEST: Final = 20


def flattened(given: Any) -> dict[str, Any]:
    """Return hyperparameters by name, each a bool, a number, a text or None.

    A dict within gives ``outer/inner`` for each of its keys, a list ``name/0``, ``name/1`` and so on. A list of more
    than 100, an empty one and whatever else it may be is its text; what can be called, its name.

    Raises
    ------
    BadValue
        It is no dict, or one that nests for ever.
    """
    if not isinstance(given, Mapping):
        raise BadValue(f"hyperparameters and metrics are dicts; got {describe(given)}")
    return dict(_leaves("", given, 0))


def _leaves(name: str, value: Any, depth: int) -> Iterator[tuple[str, Any]]:
    if depth > _DEEPEST:
        raise BadValue(f"hyperparameters nest no deeper than {_DEEPEST}; got {name!r}")
    if isinstance(value, Mapping) and (value or not depth):
        items = [(str(key), inner) for key, inner in value.items()]
    elif isinstance(value, Sequence) and not isinstance(value, (str, bytes)) and 0 < len(value) <= _MOST_OF_A_LIST:
        items = [(str(place), inner) for place, inner in enumerate(value)]
    else:
        yield name, leaf(value)
        return
    for key, inner in items:
        yield from _leaves(f"{name}/{key}" if name else key, inner, depth + 1)


def leaf(value: Any) -> Any:
    """Return one hyperparameter as a bool, a number, a text or None."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, bytes):
        return to_tag(value).decode()
    item = getattr(value, "item", None)  # of a numpy scalar or a tensor
    try:
        number = value if item is None else item()
        return number if isinstance(number, (bool, str)) else float(number)
    except Exception:  # a foreign object's own: it has a text all the same
        return getattr(value, "__name__", None) or describe(value) if callable(value) else str(value)


def experiment(hparams: Mapping[str, Any], metrics: Sequence[str], domains: Mapping[str, Sequence[Any]]) -> Any:
    """Return the summary that says which hyperparameters and metrics there are."""
    found = schema.Experiment(time_created_secs=time.time())
    for name, value in hparams.items():
        info = found.hparam_infos.add(name=to_tag(name), type=_type(value))
        for each in domains.get(name, ()):
            _set(info.domain_discrete.values.add(), each)
    for tag in metrics:
        found.metric_infos.add().name.tag = to_tag(tag)
    return _summary(EXPERIMENT, schema.HParamsPluginData(experiment=found))


def session_start(hparams: Mapping[str, Any]) -> Any:
    """Return the summary that says what the run was given. None is the null value, which TensorBoard leaves empty."""
    found = schema.SessionStartInfo(start_time_secs=time.time())
    for key, value in hparams.items():
        entry = found.hparams.add(key=to_tag(key))
        _set(entry.value, value)
    return _summary(SESSION_START, schema.HParamsPluginData(session_start_info=found))


def session_end() -> Any:
    """Return the summary that says that the run is over."""
    found = schema.SessionEndInfo(status=_SUCCESS, end_time_secs=time.time())
    return _summary(SESSION_END, schema.HParamsPluginData(session_end_info=found))


def _type(value: Any) -> int:
    if value is None:
        return _UNSET
    return _BOOL if isinstance(value, bool) else _FLOAT if isinstance(value, float) else _STRING


def _set(message: Any, value: Any) -> None:
    if value is None:
        message.null_value = 0
    elif isinstance(value, bool):
        message.bool_value = value
    elif isinstance(value, float):
        message.number_value = value
    else:
        message.string_value = to_tag(value)


def _summary(tag: str, data: Any) -> Any:
    summary = schema.Summary()
    plugin = summary.value.add(tag=tag.encode()).metadata.plugin_data
    plugin.plugin_name, plugin.content = PLUGIN.encode(), data.SerializeToString()
    return summary
