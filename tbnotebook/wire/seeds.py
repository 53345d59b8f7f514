"""Runs that are one experiment, done several times: groups of names that differ only in their seed, or of equals."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

SEEDS, FOLDER = "seeds", "folder"
HPARAM = "hparam:"
_SEED = re.compile(r"seed[ =_-]*[0-9]+", re.IGNORECASE)
_NUMBER = re.compile(r"(?:^|(?<=[/ _-]))[0-9]+$")
_EDGES = " /_-,="


@dataclass(frozen=True)
class Seeds:
    """One group.

    Attributes
    ----------
    name : str
        What its members' names have in common; ``"."`` if nothing.
    members : tuple of str
        Names of runs, in their order.
    """

    name: str
    members: tuple[str, ...]


Given = Mapping[str, Mapping[str, bool | float | str | None]]
"""By the name of a run what it was given."""

_NOTHING: Given = {}


def seeds_of(names: Sequence[str], rule: str, given: Given = _NOTHING) -> list[Seeds]:
    """Group runs by their names, in the order in which they come; a run that no other is like is in no group.

    Parameters
    ----------
    names : sequence of str
    rule : str
        ``"seeds"``: names that are equal but for ``seed`` and its number, or, where there is none, for a number that
        is their last part (``exp/2``, ``exp_2``). ``"folder"``: runs of one folder. ``"hparam:lr"``: runs that were
        given the same of that hyperparameter, and ``"hparam:lr,optimizer"`` of each of these; a run that was not given
        it is in no group. Anything else is a regular expression: names are equal in what its groups find, or, if it
        has none, in what it does not find; what it does not match is in no group, and one that is none finds nothing.
        ``""``: no groups.
    given
        What runs were given, where the rule asks for it.
    """
    common = _common(rule, given)
    groups: dict[str, list[str]] = {}
    for name in names:
        key = common(name)
        if key is not None:
            groups.setdefault(key, []).append(name)
    return [Seeds(key or ".", tuple(members)) for key, members in groups.items() if len(members) > 1]


def _common(rule: str, given: Given) -> Callable[[str], str | None]:
    if rule == SEEDS:
        return _but_for_seed
    if rule == FOLDER:
        return lambda name: name.rpartition("/")[0]
    if rule.startswith(HPARAM):
        wanted = _wanted(rule.removeprefix(HPARAM), given)
        return lambda name: _equal(wanted, given.get(name, {}))
    try:
        pattern = re.compile(rule) if rule else None
    except re.error:
        pattern = None
    return lambda name: None if pattern is None else _found(pattern, name)


def _wanted(names: str, given: Given) -> list[str]:
    """The hyperparameters that a rule names; one of them may have a comma in its own name."""
    return [names] if any(names in values for values in given.values()) else names.split(",")


def _equal(wanted: list[str], values: Mapping[str, bool | float | str | None]) -> str | None:
    if not all(name in values for name in wanted):
        return None
    return " ".join(f"{name}={value_text(values[name])}" for name in wanted)


def value_text(value: bool | float | str | None) -> str:
    """Return a hyperparameter as the page writes it in a group's name: numbers as short as they can be told."""
    if value is None or isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if not math.isfinite(value):
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    mantissa, _, exponent = repr(float(value)).partition("e")
    text = mantissa.removesuffix(".0")
    return f"{text}e{int(exponent)}" if exponent else "0" if text == "-0" else text


def _but_for_seed(name: str) -> str | None:
    found = _SEED.search(name) or _NUMBER.search(name)
    return None if found is None else _without(name, found)


def _found(pattern: re.Pattern[str], name: str) -> str | None:
    found = pattern.search(name)
    if found is None:
        return None
    return " ".join(part or "" for part in found.groups()) if pattern.groups else _without(name, found)


def _without(name: str, found: re.Match[str]) -> str:
    """Return a name without what was found; of the separators around it the first stays between two parts."""
    before, behind = name[: found.start()].rstrip(_EDGES), name[found.end() :].lstrip(_EDGES)
    separators = name[len(before) : found.start()] + name[found.end() : len(name) - len(behind)]
    return before + (separators[:1] if before and behind else "") + behind
