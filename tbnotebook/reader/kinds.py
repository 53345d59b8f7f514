"""The tables of each kind: which columns they have, and what rows a record gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from tbnotebook.reader.given import HParam
from tbnotebook.reader.media import Audio, Histogram, Images, PrCurve
from tbnotebook.reader.names import natural, text
from tbnotebook.reader.payloads import Payloads
from tbnotebook.reader.recorded import Recorded
from tbnotebook.reader.table import Columns, Field, Piece, Table, Unreadable

if TYPE_CHECKING:
    from tbnotebook.reader.logdir import LogDir

HPARAMS: Final = "hparams"
_MAGIC = (
    (b"\x89PNG", "png"),
    (b"GIF8", "gif"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"BM", "bmp"),
)


@dataclass(frozen=True)
class _Kind:
    """How the records of a kind become rows.

    Attributes
    ----------
    of
        Where a run has them.
    fields
        The columns behind those that every table has.
    rows
        The columns of one record.
    """

    of: Callable[[Recorded], Mapping[str, Payloads[Any]]]
    fields: tuple[Field, ...]
    rows: Callable[[Any], Columns]


def _histogram(one: Histogram) -> Columns:
    return {"left": one.left, "right": one.right, "count": one.count}


def _pr_curve(one: PrCurve) -> Columns:
    return {
        "threshold": one.thresholds,
        "precision": one.precision,
        "recall": one.recall,
        "tp": one.true_positives,
        "fp": one.false_positives,
        "tn": one.true_negatives,
        "fn": one.false_negatives,
    }


def _texts(one: NDArray[Any]) -> Columns:
    return {"index": np.arange(one.size), "value": list(one.reshape(-1))}


def _tensor(one: NDArray[Any]) -> Columns:
    """A row an element: numbers as such, strings as text. The shape is told once a row, as ``2x3``."""
    flat = one.reshape(-1)
    strings = one.dtype == object
    values = np.full(flat.size, np.nan) if strings else flat.real.astype(np.float64)
    return {
        "index": np.arange(flat.size),
        "shape": ["x".join(map(str, one.shape))] * flat.size,
        "value": values,
        "text": [text(each) for each in flat] if strings else [None] * flat.size,
    }


def _images(one: Images) -> Columns:
    count = len(one.encoded)
    return {
        "index": np.arange(count),
        "width": np.full(count, one.width),
        "height": np.full(count, one.height),
        "format": [_format_of(file) for file in one.encoded],
        "encoded": list(one.encoded),
    }


def _audio(one: Audio) -> Columns:
    return {
        "index": np.arange(len(one.encoded)),
        "label": list(one.labels),
        "format": [_format_of(file) for file in one.encoded],
        "encoded": list(one.encoded),
    }


def _format_of(file: bytes) -> str | None:
    """What a file's first bytes say that it is; None if nothing that is known here."""
    if file[:4] == b"RIFF":
        return {b"WAVE": "wav", b"WEBP": "webp"}.get(file[8:12])
    return next((name for magic, name in _MAGIC if file.startswith(magic)), None)


_INDEX = Field("index", "int64")
_FILE = (Field("format", "text"), Field("encoded", "bytes"))
_NUMBERS = partial(map, lambda name: Field(name, "float64"))

_KINDS: Final[Mapping[str, _Kind]] = {
    "histograms": _Kind(lambda run: run.histograms, tuple(_NUMBERS(("left", "right", "count"))), _histogram),
    "images": _Kind(
        lambda run: run.images, (_INDEX, Field("width", "int64"), Field("height", "int64"), *_FILE), _images
    ),
    "audio": _Kind(lambda run: run.audio, (_INDEX, Field("label", "text"), *_FILE), _audio),
    "texts": _Kind(lambda run: run.texts, (_INDEX, Field("value", "text")), _texts),
    "tensors": _Kind(
        lambda run: run.tensors,
        (_INDEX, Field("shape", "text"), Field("value", "float64"), Field("text", "text")),
        _tensor,
    ),
    "pr_curves": _Kind(
        lambda run: run.pr_curves,
        tuple(_NUMBERS(("threshold", "precision", "recall", "tp", "fp", "tn", "fn"))),
        _pr_curve,
    ),
}

KINDS: Final = (*_KINDS, HPARAMS)


@dataclass(frozen=True)
class _Records:
    """The records of one tag in one attempt; ``run`` and ``tag`` are indices into names."""

    run: int
    attempt: int
    tag: int
    what: str
    payloads: Payloads[Any]


def table_of(
    log: LogDir,
    kind: str,
    wanted_run: Callable[[str], object],
    wanted_tag: Callable[[str], object],
    *,
    encoded: bool = False,
) -> Table:
    """Return the table of a kind; its records are read when rows are asked for.

    Parameters
    ----------
    log
    kind
        One of `KINDS`.
    wanted_run, wanted_tag
        Tell whether a run, a tag (or the name of a hyperparameter) is wanted.
    encoded
        Whether pictures and sounds have a column with their files, as they were written.
    """
    if kind == HPARAMS:
        return _hparams_table(log, wanted_run, wanted_tag)
    how = _KINDS[kind]
    found = [
        (name, attempt.index, tag, payloads)
        for name, run in log.runs.items()
        if wanted_run(name)
        for attempt in run.attempts
        for tag, payloads in how.of(attempt).items()
        if wanted_tag(tag) and len(payloads)
    ]
    runs = _codes(name for name, *_ in found)
    tags = _codes(sorted({tag for _, _, tag, _ in found}, key=natural))
    fields = (
        Field("run", "names", tuple(runs)),
        Field("attempt", "int32"),
        Field("tag", "names", tuple(tags)),
        Field("step", "int64"),
        Field("wall_time", "float64"),
        *(field for field in how.fields if encoded or field.name != "encoded"),
    )
    records = [
        _Records(runs[run], attempt, tags[tag], f"{tag!r} of run {run!r}", payloads)
        for run, attempt, tag, payloads in found
    ]
    return Table(kind, fields, partial(_read, records, how))


def _read(records: list[_Records], how: _Kind) -> Iterator[Piece]:
    for one in records:
        steps, times = one.payloads.step, one.payloads.wall_time
        for number, (step, wall_time) in enumerate(zip(steps.tolist(), times.tolist())):
            try:
                columns = how.rows(one.payloads[number])
            except (OSError, ValueError) as error:
                yield Unreadable(f"{one.what} at step {step}", str(error))
                continue
            count = len(next(iter(columns.values())))
            codes = {"run": one.run, "attempt": one.attempt, "tag": one.tag}
            yield {
                **{name: np.full(count, code, np.int32) for name, code in codes.items()},
                "step": np.full(count, step, np.int64),
                "wall_time": np.full(count, wall_time),
                **columns,
            }


def _number(value: HParam) -> float:
    return value if isinstance(value, (bool, float)) else np.nan


def _hparams_table(log: LogDir, wanted_run: Callable[[str], object], wanted: Callable[[str], object]) -> Table:
    """A row a hyperparameter of the newest attempt: of which run, and in which it was told, as in one of its own.

    Behind them a row for each metric that the session has a value of, or where it is the only one, the run.
    """
    told = {name: found for name, run in log.runs.items() if (found := run.hparams) is not None}
    owners = {name: log.runs[name].parent or name for name in told}
    sessions_of = Counter(owners.values())
    metrics = dict.fromkeys(tag for found in told.values() for tag in found.metrics)
    given: list[tuple[str, str, str, str, HParam]] = []
    for name, found in told.items():
        owner = owners[name]
        if not wanted_run(owner):
            continue
        given += [(owner, name, key, _type_of(value), value) for key, value in found.values.items() if wanted(key)]
        sources = [
            log.runs[one].scalars for one in dict.fromkeys([name, owner]) if one == name or sessions_of[owner] == 1
        ]
        for tag in filter(wanted, metrics):
            values = next((scalars[tag].value for scalars in sources if tag in scalars), None)
            if values is not None and len(values):
                given.append((owner, name, tag, "metric", float(values[-1])))
    runs = _codes(run for run, _, _, _, _ in given)
    sessions = _codes(session for _, session, _, _, _ in given)
    names = _codes(name for _, _, name, _, _ in given)
    fields = (
        Field("run", "names", tuple(runs)),
        Field("session", "names", tuple(sessions)),
        Field("name", "names", tuple(names)),
        Field("type", "text"),
        Field("value", "text"),
        Field("number", "float64"),
    )
    columns: Columns = {
        "run": np.array([runs[run] for run, _, _, _, _ in given], np.int32),
        "session": np.array([sessions[session] for _, session, _, _, _ in given], np.int32),
        "name": np.array([names[name] for _, _, name, _, _ in given], np.int32),
        "type": [kind for _, _, _, kind, _ in given],
        "value": [None if value is None else str(value) for _, _, _, _, value in given],
        "number": np.array([_number(value) for _, _, _, _, value in given], float),
    }
    return Table(HPARAMS, fields, partial(iter, [columns]))


def _codes(names: Iterable[str]) -> dict[str, int]:
    return {name: code for code, name in enumerate(dict.fromkeys(names))}


def _type_of(value: object) -> str:
    if value is None:
        return "none"
    return "bool" if isinstance(value, bool) else "text" if isinstance(value, str) else "number"
