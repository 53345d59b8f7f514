"""One event file, followed as it grows.

What a file gives depends on its bytes alone: sound records in order; behind a damaged record, whatever `resync`
finds. Bytes at the end that make no record are looked at again whenever the file has grown. That is why a search
that was right for a shorter file may be overruled by a longer one; the file is then read again from its beginning.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from tbnotebook.reader.breath import breathe
from tbnotebook.reader.content import Content
from tbnotebook.reader.frames import Verdict, examine
from tbnotebook.reader.names import shown, text
from tbnotebook.reader.patterns import Patterns
from tbnotebook.reader.pieces import Broken
from tbnotebook.reader.problem import Problem
from tbnotebook.reader.resync import Effort, Search
from tbnotebook.reader.storage import Entry, Source, Storage
from tbnotebook.reader.stream import Stream

STILL_SECONDS = 60.0

# Small enough that a poll keeps to its budget, large enough that its cost per window does not count. The wide one is
# for records that are read in rows, much faster.
WINDOW = 1 << 18
WIDE_WINDOW = 1 << 22

_FORESEEN = 256.0  # times the points of a file's first window, for which there is room from then on

_MOST_PROBLEMS = 100
_MARK = 64


class Tail:
    """The state of one file between polls; the file itself is open only within `read_on`.

    Parameters
    ----------
    patterns
        What the records of other files have taught; what those of this one teach is added.

    Attributes
    ----------
    path : str
        For the storage.
    run : str
        The name of its run.
    content : Content
        What has been read. Another object after the file was replaced or had to be read again.
    more : bool
        There are bytes that have not been looked at.
    """

    __slots__ = (
        "_changed_at",
        "_damage",
        "_damages",
        "_edge",
        "_effort",
        "_entry",
        "_latest",
        "_marked_end",
        "_marked_start",
        "_offset",
        "_open",
        "_patterns",
        "_records",
        "_refused",
        "_search",
        "_seen",
        "_storage",
        "_stream",
        "_window",
        "content",
        "more",
        "path",
        "run",
    )

    def __init__(self, storage: Storage, path: str, run: str, patterns: Patterns) -> None:
        self.path = path
        self.run = run
        self.more = False
        self._storage = storage
        self._patterns = patterns
        self._latest: Entry | None = None
        self._entry: Entry | None = None
        self._changed_at = time.monotonic()
        self._effort = Effort()
        self._refused: OSError | None = None
        self._restart()

    def _restart(self) -> None:
        self.content = Content()
        self._stream: Stream | None = None
        self._window = WINDOW
        self._offset = 0
        self._records = 0
        self._seen = 0
        # Bytes that must still be there when the file is opened again: of what was read, and of what waits behind.
        self._marked_start = self._marked_end = self._edge = (0, b"")
        self._search: Search | None = None
        self._open: dict[int, int] = {}
        self._damage: list[Problem] = []
        self._damages = 0

    @property
    def read(self) -> int:
        """Bytes that have been looked at."""
        return self._seen

    def look(self) -> bool:
        """Look at the file without opening it: whether there is anything to read.

        Raises ``FileNotFoundError`` if it is gone. Every other refusal of the system, here and in `read_on`, is
        one of the file's `problems`.
        """
        try:
            self._latest = self._storage.stat(self.path)
        except FileNotFoundError:
            raise
        except OSError as error:
            self._refused = error
            return False
        self.more |= self._latest != self._entry
        return self.more or self._refused is not None

    @property
    def refused(self) -> bool:
        """Whether the last look or read failed."""
        return self._refused is not None

    @property
    def size(self) -> int:
        """Bytes of the file when it was last looked at."""
        return self._latest.size if self._latest is not None else 0

    @property
    def modified(self) -> float:
        """When the file was last written, in seconds since the epoch."""
        return self._latest.modified if self._latest is not None else 0.0

    def read_on(self, deadline: float = float("inf")) -> set[str]:
        """Read what is new, until the deadline of ``time.monotonic()``; return the tags whose points changed."""
        changed: set[str] = set()
        try:
            with self._storage.open(self.path) as source:
                self._read(source, deadline, changed)
        except FileNotFoundError:
            raise
        except OSError as error:
            self._refused = error
            self.more = False
        else:
            self._refused = None
        return changed

    @property
    def offset(self) -> int:
        """Where the next record begins."""
        return self._offset

    def begin_at(self, offset: int) -> None:
        """Leave out what lies before a record of a file that is untouched so far."""
        self._offset = self._seen = offset
        if offset:
            self.content.assume_version()

    def become(self, other: Tail) -> None:
        """Go on from where another is that has read the same file, perhaps in another process."""
        for name in set(Tail.__slots__) - {"_storage", "_patterns", "_changed_at", "path", "run"}:
            setattr(self, name, getattr(other, name))

    @property
    def untouched(self) -> bool:
        """Whether nothing of the file has been read yet."""
        return self._entry is None and self._refused is None

    def adopt(self, entry: Entry, data: bytes, content: Content, records: int) -> None:
        """Take for granted that the file, untouched so far, was read to its end: it held ``data``."""
        self._latest = self._entry = entry
        self.content, self._records, self.more = content, records, False
        self._offset = self._seen = len(data)
        self._marked_start = (0, data[:_MARK])
        self._marked_end = _end(data, len(data), 0)
        self._edge = (len(data), b"")

    def problems(self, now: float) -> list[Problem]:
        """Return what is wrong with the file, judged at ``now`` seconds of the wall clock."""
        if not (self._damage or self._search or self._refused or self.content.losses):
            return []
        found = list(self._damage)
        if self._damages > len(found):
            found.append(self._problem(None, f"{self._damages - len(found)} more damaged places", "damaged"))
        if self._refused is not None:
            found.append(self._problem(None, f"cannot be read: {self._refused.strerror}", "unreadable"))
        if self._search is not None and not self.more and self._still(now):
            reason = self._search.finding.reason
            if self._search.gave_up:
                reason += "; too many false records follow to look for a sound one"
            if not self._records:
                found.append(self._problem(0, f"holds no event: {reason}", "foreign"))
            else:
                found.append(self._problem(self._search.damaged, f"{reason}; no record follows", "damaged"))
        found += [self._problem(None, loss_text, "lost") for loss_text in self._loss_texts()]
        return found

    def _still(self, now: float) -> bool:
        modified = self._entry.modified if self._entry is not None else now
        return max(now - modified, time.monotonic() - self._changed_at) >= STILL_SECONDS

    def _loss_texts(self) -> Iterator[str]:
        for loss in self.content.losses:
            steps = "" if loss.steps is None else f" between step {loss.steps[0]} and step {loss.steps[1]}"
            yield f"the writer lost {loss.count} events{steps}: {loss.reason}"

    def _problem(self, offset: int | None, reason: str, kind: str) -> Problem:
        return Problem(shown(self.path), offset, reason, kind, shown(self.run))

    def _read(self, source: Source, deadline: float, changed: set[str]) -> None:
        entry = source.entry
        if entry != self._entry:
            self._changed_at = time.monotonic()
        another = self._is_another(source)
        if another or self._is_overruled(source, entry.size):
            changed |= {text(tag) for tag in self.content.series}
            self._restart()
        if another:
            self._effort = Effort()
        self._latest = self._entry = entry
        self._resume(source)
        self.more = True
        while self.more:
            self.more = self._step(source, changed)
            breathe()
            if time.monotonic() >= deadline:
                break
        self._remember(source)

    def _step(self, source: Source, changed: set[str]) -> bool:
        """Read one window, or search one window behind damage; return whether there is more to do."""
        if self._search is not None:
            return self._resync(source)
        left = self.size - self._offset
        window = source.read(self._offset, min(self._window, left)) if left > 0 else b""
        if not window:
            self._seen = self.size
            return False
        if self._take(window, changed):
            return True
        finding = examine(source, self._offset, self.size)
        if finding.verdict is Verdict.VALID and finding.end is not None:
            # A record larger than the window: sound, so its length is no lie.
            self._take(source.read(self._offset, finding.end - self._offset), changed)
            return True
        self._search = Search(self._offset, finding)
        return True

    def _take(self, window: bytes, changed: set[str]) -> bool:
        """Take the sound records at the window's beginning; False if there is none."""
        if self._stream is None:
            self._stream = Stream(self._patterns)
        pieces, records, alike, rest = self._stream.take(window, self.content.metadata)
        if not records:
            return False
        self._window = WIDE_WINDOW if 8 * alike >= 7 * records else WINDOW
        for piece in pieces:
            if isinstance(piece, Broken):
                self._add_damage(self._offset + piece.begin, piece.reason)
        changed |= {text(tag) for tag in self.content.add(pieces, self._offset)}
        self._marked_end = _end(window, rest, self._offset)
        self._offset += rest
        self._seen = self._offset
        if self._records == 0:  # memory that is never written to costs nothing
            self.content.expect(min((self.size - self._offset) / self._offset, _FORESEEN))
        self._records += records
        return True

    def _resync(self, source: Source) -> bool:
        search = self._search
        assert search is not None, "called only while a search is under way"
        found = search.step(source, self.size, self._effort)
        if found is None:
            if search.more(self.size):
                return True
            self._seen = self.size
            return False
        skipped = f"skipped {found - search.damaged} bytes, reading goes on at {found}"
        self._add_damage(search.damaged, f"{search.finding.reason}; {skipped}")
        if search.damaged == 0:
            self.content.assume_version()
        self._open |= search.open
        if search.finding.verdict is Verdict.CUT and search.finding.end is not None:
            self._open[search.damaged] = search.finding.end
        self._offset = found
        self._search = None
        return True

    def _add_damage(self, offset: int, reason: str) -> None:
        self._damages += 1
        if len(self._damage) < _MOST_PROBLEMS:
            self._damage.append(self._problem(offset, reason, "damaged"))

    def _is_another(self, source: Source) -> bool:
        """Whether the file is not the one that was read: replaced, cut, or written anew."""
        before, now = self._entry, source.entry
        if before is None:
            return False
        if now.identity != before.identity or (now.version != before.version and now.size <= before.size):
            return True
        return not (_holds(source, self._marked_start) and _holds(source, self._marked_end))

    def _resume(self, source: Source) -> None:
        """Keep a search under way only if what it has seen is still true."""
        if self._search is None:
            return
        known = self._search.finding
        if known.verdict is Verdict.CUT:
            self._search.finding = examine(source, self._search.damaged, self.size)
        now = self._search.finding
        if not _holds(source, self._edge):
            self._search, self._effort = None, Effort()  # it was spent on bytes that are no longer there
        elif now.verdict is Verdict.VALID or now.end != known.end:
            self._search = None

    def _remember(self, source: Source) -> None:
        if len(self._marked_start[1]) < min(_MARK, self._offset):
            self._marked_start = (0, source.read(0, min(_MARK, self._offset)))
        edge = max(self._seen - _MARK, self._offset)
        self._edge = (edge, source.read(edge, self._seen - edge) if self._seen > edge else b"")

    def _is_overruled(self, source: Source, size: int) -> bool:
        """Whether a record that was passed over as unfinished has become sound, or is told to be damaged otherwise."""
        told = {problem.offset for problem in self._damage}
        for offset in [offset for offset, needed in self._open.items() if needed <= size]:
            finding = examine(source, offset, size)
            if finding.verdict is Verdict.VALID or (finding.verdict is not Verdict.CUT and offset in told):
                return True
            del self._open[offset]
            if finding.verdict is Verdict.CUT:
                self._open[offset] = finding.end or size + 1
        return False


def _holds(source: Source, mark: tuple[int, bytes]) -> bool:
    offset, want = mark
    return not want or source.read(offset, len(want)) == want


def _end(data: bytes, end: int, offset: int) -> tuple[int, bytes]:
    """Return the last bytes before ``end`` in data that lie at ``offset``, and where they lie."""
    begin = max(end - _MARK, 0)
    return offset + begin, data[begin:end]
