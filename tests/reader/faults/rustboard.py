"""TensorBoard's fast loader: a server in a process of its own, asked over gRPC."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import grpc
from tensorboard.context import RequestContext
from tensorboard.data.server_ingester import ExistingServerDataIngester, get_server_binary
from tensorboard.util.grpc_util import ChannelCredsType

from tests.reader.faults.limits import confine

ALL = 10**6  # points of a tag: more than there are


class ServerEndedError(RuntimeError):
    """The server is no more."""


class LoaderEndedError(RuntimeError):
    """The server's thread that reads is no more."""


class ServerSilentError(RuntimeError):
    """The server gives no answer."""


class RustBoard:
    """A server that reads a folder again and again, with a second between; the limits bind it, not who asks it."""

    def __init__(self, folder: str, limits: Mapping[str, Any]) -> None:
        self._limits = limits
        self._folder = folder
        self._place = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        Path(self._place.name).chmod(0o777)  # the server may be nobody's, who may not enter where packages lie
        self._binary = shutil.copy(get_server_binary().path, self._place.name)
        self._server: subprocess.Popen[str] | None = None
        self.process = 0
        self._cycles = 0
        self._panicked = False
        self._changed = threading.Condition()

    def refresh(self) -> None:
        """Wait until it has read through the folder once from now on.

        Raises
        ------
        ServerEndedError, LoaderEndedError
            It will not do so any more.
        """
        begun = self._cycles
        if self._server is None:
            self._server, wanted = self._start(), 1
        else:
            wanted = begun + 2  # one may be under way
        with self._changed:
            self._changed.wait_for(lambda: self._cycles >= wanted or self._panicked or self._ended())
        if self._ended():
            raise ServerEndedError
        if self._panicked:
            raise LoaderEndedError

    def curves(self) -> dict[str, dict[str, list[tuple[int, float]]]]:
        if self._server is None or self._ended():
            return {}
        address = f"localhost:{self._port()}"
        provider = ExistingServerDataIngester(address, channel_creds_type=ChannelCredsType.LOCAL).data_provider
        context = RequestContext()
        try:
            shown: dict[str, Any] = {run.run_name: {} for run in provider.list_runs(context, experiment_id="")}
            curves = provider.read_scalars(context, experiment_id="", plugin_name="scalars", downsample=ALL)
        except grpc.RpcError as problem:
            raise ServerSilentError from problem
        for run, tags in curves.items():
            shown[run] = {tag: [(point.step, point.value) for point in points] for tag, points in tags.items()}
        return shown

    def _ended(self) -> bool:
        return self._server is None or self._server.poll() is not None

    def _start(self) -> subprocess.Popen[str]:
        command = [self._binary, f"--logdir={self._folder}", "--reload=1", "--samples-per-plugin=scalars=all"]
        command += ["--port=0", f"--port-file={self._place.name}/port", "--die-after-stdin", "--verbose"]
        pipe = subprocess.PIPE
        bind = partial(confine, self._limits)  # no thread runs yet that a fork could harm
        server = subprocess.Popen(command, stdin=pipe, stderr=pipe, text=True, errors="replace", preexec_fn=bind)
        self.process = server.pid
        threading.Thread(target=self._listen, args=(server,), daemon=True).start()
        return server

    def _listen(self, server: subprocess.Popen[str]) -> None:
        assert server.stderr is not None
        for line in server.stderr:
            with self._changed:
                self._cycles += "Finished load cycle" in line
                self._panicked |= "panicked at" in line
                self._changed.notify_all()
        server.wait()
        with self._changed:
            self._changed.notify_all()

    def _port(self) -> int:
        file = Path(self._place.name, "port")
        while not (file.exists() and file.read_text().endswith("\n")):
            time.sleep(0.01)
        return int(file.read_text())
