"""Which runs are parts of others: the folders that ``add_scalars`` made, one a key."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from tbnotebook.events.hparams import PLUGIN, SESSION_START
from tbnotebook.reader.content import Content
from tbnotebook.reader.names import text

# Time, host, process, number within the process, and suffix, as tensorboard names a file for torch. Our own writer's
# numbers begin with zeros: its files tell by themselves whose part they are, and are nobody's if they do not.
_TORCHS = re.compile(r"events\.out\.tfevents\.(\d+)\.(.+)\.(\d+)\.(0|[1-9]\d*)(\D.*)?", re.DOTALL)
_ANY = re.compile(r"events\.out\.tfevents\.(\d{9,11})\..+", re.DOTALL)  # whoever wrote it, the time comes first
_MOMENT = re.compile(r"\d{9,11}\.\d{1,9}")  # `str(time.time())`, by which `add_hparams` names a folder
_LATER = 2  # seconds from that until the file in it is begun, at most


@dataclass(frozen=True)
class Parentage:
    """What a run is a part of.

    Attributes
    ----------
    parent
        Name of the other run; None for a run of its own.
    keys
        For each tag that has points the key of ``add_scalars`` that it was given under.
    """

    parent: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)


NO_PARENTAGE = Parentage()


Names: TypeAlias = Callable[[], Sequence[str]]
"""Gives the names of a run's files; few runs are asked for them."""


def folders_above(name: str) -> Iterator[str]:
    """Yield the names of the runs that lie above one, the nearest first."""
    while name != ".":
        name = name.rpartition("/")[0] or "."
        yield name


def parentage(name: str, contents: Sequence[Content], names: Names, above: Mapping[str, Names]) -> Parentage:
    """Return what a run is a part of, if all that it holds says so.

    Our writer tells of each tag whose it is. A foreign run is taken for a part of another only if it holds one tag and
    nothing else, its name is the one that torch makes of the tag and some key, and one process wrote both runs: the
    names of torch's files say by which process each was begun. A folder that only happens to have such a name, beside a
    run of the same tag, has no such file. So is one of ``add_hparams`` that is named by the moment of the call, as by
    torch and tensorboardX where they are given no name: its one file was begun then, and it holds what a session was
    given and one point of each metric.

    Parameters
    ----------
    contents, names
        What its files hold, and their names.
    above
        The runs in the folders above it, by name, the nearest first, and the names of their files.
    """
    told = {tag: kinship for content in reversed(contents) for tag, kinship in content.kinships.items()}
    # What a session of ``add_hparams`` was given is told, too, and belongs to the run above as its metrics do.
    own = {kind for content in contents for kind, _ in content.places} - ({PLUGIN} if SESSION_START in told else set())
    if own == {PLUGIN} and not told:
        return _session(name, contents, names, above)
    if own or any(len(content.series) > max(len(told), 1) for content in contents):
        return NO_PARENTAGE
    tags = {tag for content in contents for tag in content.series}
    if told:
        ways = {kinship.up for kinship in told.values()}
        if len(ways) > 1 or not all(text(tag) in told for tag in tags):
            return NO_PARENTAGE
        parent = _up(name, ways.pop())
        if parent not in above:
            return NO_PARENTAGE
        return Parentage(parent, {tag: told[tag].key for tag in map(text, tags)})
    return _of_torch(name, text(tags.pop()), names, above) if len(tags) == 1 else NO_PARENTAGE


def _of_torch(name: str, tag: str, names: Names, above: Mapping[str, Names]) -> Parentage:
    begin = f"{tag.replace('/', '_')}_"
    for parent, theirs in above.items():
        below = name if parent == "." else name[len(parent) + 1 :]
        if below.startswith(begin) and _by_one_process(names(), theirs()):
            return Parentage(parent, {tag: below[len(begin) :]})
    return NO_PARENTAGE


def _session(name: str, contents: Sequence[Content], names: Names, above: Mapping[str, Names]) -> Parentage:
    parent, _, moment = name.rpartition("/")
    file = _ANY.fullmatch(os.path.basename(names()[0])) if len(names()) == 1 else None
    if file is None or not _MOMENT.fullmatch(moment) or (parent or ".") not in above:
        return NO_PARENTAGE
    begun = 0 <= int(file[1]) - int(float(moment)) <= _LATER
    told = all((PLUGIN, SESSION_START.encode()) in content.places for content in contents)
    once = all(len(points) == 1 for content in contents for points in content.series.values())
    if not (begun and told and once):
        return NO_PARENTAGE
    return Parentage(parent or ".", {text(tag): moment for content in contents for tag in content.series})


def _by_one_process(child: Sequence[str], parent: Sequence[str]) -> bool:
    """Whether some process began a file of the child, and before it one of the parent."""
    begun = [writer for path in parent if (writer := _writer_of(os.path.basename(path))) is not None]
    for path in child:
        writer = _writer_of(os.path.basename(path))
        if writer is not None and any(
            earlier.process == writer.process and (earlier.second, earlier.number) < (writer.second, writer.number)
            for earlier in begun
        ):
            return True
    return False


class _Writer(NamedTuple):
    """What a file's name says of its writer: host, process and suffix; when it was begun, and as the which-th."""

    process: tuple[str, str, str]
    second: int
    number: int


@lru_cache(maxsize=4096)
def _writer_of(name: str) -> _Writer | None:
    match = _TORCHS.fullmatch(name)
    if match is None or max(len(match[1]), len(match[4])) > 20:
        return None
    return _Writer((match[2], match[3], match[5] or ""), int(match[1]), int(match[4]))


def _up(name: str, count: int) -> str | None:
    """The name of the run so many folders above; None where the log does not reach so far."""
    for above in folders_above(name):
        count -= 1
        if not count:
            return above
    return None
