"""The facts of a traced graph as JSON, and back from JSON that nobody vouches for."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, TypeVar

from tbnotebook.graph.model import Graph, Parameter, Scope, Tensor

if TYPE_CHECKING:
    from collections.abc import Callable

FORMAT = 1
DEEPEST_SCOPE = 500
"""Modules nested deeper than this are not a network that somebody wrote."""

_GRAPH_FACTS = ("mode", "torch", "notes", "params", "trainable", "dtypes")
_T = TypeVar("_T", Tensor, Parameter, Scope)


def scopes_json(graph: Graph) -> bytes:
    """Scopes and totals of `graph` as UTF-8 JSON; what has its default value is left out."""
    facts = {name: getattr(graph, name) for name in _GRAPH_FACTS}
    content = {"format": FORMAT, **facts, "scopes": [plain(scope) for scope in graph.scopes]}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def read_scopes(content: bytes) -> Graph:
    """A graph with the scopes and totals of `scopes_json`, and no nodes yet.

    Raises
    ------
    ValueError
        `content` is not such JSON: the text says what is wrong with it.
    """
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"the scopes are no JSON: {error}") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        given = data.get("format") if isinstance(data, dict) else type(data).__name__
        raise ValueError(f"the scopes have format {given!r:.40}; this version reads format {FORMAT}")
    known = {field.name: field for field in fields(Graph)}
    facts = {name: _READERS[str(known[name].type)](data[name]) for name in _GRAPH_FACTS if name in data}
    scopes = [from_plain(Scope, item) for item in _list(data.get("scopes"))]
    depths: list[int] = []
    for index, scope in enumerate(scopes):
        if not (-1 <= scope.parent < index) or (scope.parent == -1) != (index == 0):
            raise ValueError(f"scope {index} has parent {scope.parent}; only scope 0 is a root, parents come first")
        if not -1 <= scope.shared_with < index:
            raise ValueError(f"scope {index} is called again from {scope.shared_with}, which does not come before it")
        depths.append(depths[scope.parent] + 1 if index else 0)
        if depths[-1] > DEEPEST_SCOPE:
            raise ValueError(f"scope {index} stands {depths[-1]} deep; at most {DEEPEST_SCOPE} is read")
    if not scopes:
        raise ValueError("there is no scope")
    return Graph(scopes, **facts)


def plain(value: Any) -> dict[str, Any]:
    """A dataclass of the model as a dict of what is not its default."""
    made: dict[str, Any] = {}
    for field in fields(value):
        item = getattr(value, field.name)
        if field.default is not MISSING and item == field.default:
            continue
        if field.default_factory is not MISSING and item == field.default_factory():
            continue
        records = isinstance(item, list) and field.type in ("list[Tensor]", "list[Parameter]")
        made[field.name] = [plain(part) for part in item] if records else item
    return made


def from_plain(cls: type[_T], data: Any) -> _T:
    """The dataclass that `plain` made `data` of; ValueError if it is something else."""
    if not isinstance(data, dict):
        raise ValueError(f"a {cls.__name__} is an object, not {data!r:.40}")
    values: dict[str, Any] = {}
    for field in fields(cls):
        if field.name in data:
            values[field.name] = _READERS[str(field.type)](data[field.name])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise ValueError(f"a {cls.__name__} without {field.name}: {str(data)[:80]}")
    return cls(**values)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"a text is wanted, not {value!r:.40}")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"a whole number is wanted, not {value!r:.40}")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"true or false is wanted, not {value!r:.40}")
    return value


def _shape(value: Any) -> tuple[int | None, ...] | None:
    if value is None:
        return None
    return tuple(None if size is None else _number(size) for size in _list(value))


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"a list is wanted, not {value!r:.40}")
    return value


def _pairs(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError(f"an object is wanted, not {value!r:.40}")
    return {key: _text(item) for key, item in value.items()}


_READERS: dict[str, Callable[[Any], Any]] = {
    "str": _text,
    "int": _number,
    "bool": _flag,
    "Shape": _shape,
    "list[str]": lambda value: [_text(item) for item in _list(value)],
    "list[Tensor]": lambda value: [from_plain(Tensor, item) for item in _list(value)],
    "list[Parameter]": lambda value: [from_plain(Parameter, item) for item in _list(value)],
    "dict[str, str]": _pairs,
}
"""What reads a field, by its annotation in the model."""
