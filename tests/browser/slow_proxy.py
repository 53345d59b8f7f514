"""A proxy before a server that lets only so much through, as a hub far away."""

from __future__ import annotations

import asyncio
import threading
from types import TracebackType
from urllib.parse import urlsplit

from tests.browser.lab import Lab

PIECE = 16_384


class SlowProxy:
    """Passes connections on to a JupyterLab; a context manager that takes `Lab`'s place for a `Notebook`.

    Attributes
    ----------
    width : float or None
        Bytes a second that all connections together bring to the browser; None lets all through.
    passed : int
        Bytes brought since `width` was set.
    """

    def __init__(self, lab: Lab) -> None:
        self.folder = lab.folder
        self.width: float | None = None
        self.passed = 0
        self._behind = urlsplit(lab.url).port
        self._free_at = 0.0
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self._connect, "127.0.0.1", 0, limit=PIECE), self._loop
        ).result(10)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/"
        self.tree = self.url + urlsplit(lab.tree).path.lstrip("/")

    def __enter__(self) -> SlowProxy:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._end)
        self._thread.join(10)

    def _end(self) -> None:
        self._server.close()
        for writer in self._writers:  # what reads from the other end of each then ends by itself
            writer.transport.abort()
        self._loop.call_later(0.5, self._loop.stop)

    async def _connect(self, browser: asyncio.StreamReader, to_browser: asyncio.StreamWriter) -> None:
        server, to_server = await asyncio.open_connection("127.0.0.1", self._behind, limit=PIECE)
        self._writers |= {to_browser, to_server}
        await asyncio.gather(self._pass(browser, to_server), self._pass(server, to_browser, slow=True))

    async def _pass(self, source: asyncio.StreamReader, to: asyncio.StreamWriter, *, slow: bool = False) -> None:
        try:
            while piece := await source.read(PIECE):
                if slow and self.width is not None:
                    now = self._loop.time()
                    self._free_at = max(now, self._free_at) + len(piece) / self.width
                    self.passed += len(piece)
                    await asyncio.sleep(self._free_at - now)
                to.write(piece)
                await to.drain()
        except OSError:
            pass
        finally:
            to.close()
