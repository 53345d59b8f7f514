"""A server of our own, JupyterLab or Notebook 7, apart from everything else on the machine."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

LABEXTENSION = Path(__file__).parents[2] / "tbnotebook" / "labextension"


class Application(NamedTuple):
    """What the two frontends of one server differ in: the module to start, its configuration's class, its addresses."""

    module: str
    config: str
    tree: str


JUPYTERLAB = Application("jupyterlab", "LabApp", "lab/tree")
NOTEBOOK_7 = Application("notebook", "JupyterNotebookApp", "notebooks")

START_TIMEOUT = 90.0
END_TIMEOUT = 15.0

# JupyterLab would ask about news at first sight, and an autosave in between would spoil what a test says about saving.
SETTINGS = {
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    "@jupyterlab/docmanager-extension/plugin.jupyterlab-settings": {"autosave": False},
}


class Lab:
    """A running JupyterLab or Notebook 7; a context manager.

    Parameters
    ----------
    application : Application
        `JUPYTERLAB` or `NOTEBOOK_7`.
    labextension : bool
        With our labextension. Without it is how a kernel of another environment meets a JupyterLab that lacks it.

    Attributes
    ----------
    folder : Path
        What it serves; notebooks and their logs go here.
    temporary : Path
        The TMPDIR of its kernels.
    url : str
        Its root, with a slash at the end.
    tree : str
        Where its notebooks are, without a slash at the end.
    """

    _python = Path(sys.executable)

    def __init__(self, application: Application = JUPYTERLAB, *, labextension: bool = False) -> None:
        self._labextension = labextension
        self._home = Path(tempfile.mkdtemp(prefix="tbnotebook-lab-"))
        self.folder = self._home / "work"
        self.folder.mkdir()
        self.temporary = self._home / "tmpdir"
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/"
        self.tree = self.url + application.tree
        self._log = (self._home / "server.log").open("wb")
        self._process = subprocess.Popen(
            [str(self._python), *_arguments(application, port)],
            cwd=self.folder,
            env=self._environment(),
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a process group of its own, kernels included, so that its end is everyone's
        )
        try:
            self._await_start()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Lab:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the server and all its kernels, and remove its folders."""
        end_group(self._process)
        self._log.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def api(self, path: str, method: str = "GET") -> Any:
        """Call the server's REST API and return its JSON, or None where it answers with nothing."""
        request = urllib.request.Request(self.url + "api/" + path, method=method)
        with urllib.request.urlopen(request, timeout=10) as response:
            body = response.read()
        return json.loads(body) if body else None

    def end_sessions(self) -> None:
        """Shut every kernel down: the next test has the processors to itself."""
        for session in self.api("sessions"):
            self.api(f"sessions/{session['id']}", "DELETE")

    def log_text(self) -> str:
        """Return what the server has written."""
        return (self._home / "server.log").read_text("utf-8", "replace")

    def _environment(self) -> dict[str, str]:
        folders = {
            name: self._home / name.lower()
            for name in (
                "JUPYTER_CONFIG_DIR",
                "JUPYTER_RUNTIME_DIR",
                "JUPYTER_DATA_DIR",
                "JUPYTERLAB_SETTINGS_DIR",
                "JUPYTERLAB_WORKSPACES_DIR",
                "IPYTHONDIR",
                "TMPDIR",
            )
        }
        for folder in folders.values():
            folder.mkdir()
        for name, settings in SETTINGS.items():
            file = folders["JUPYTERLAB_SETTINGS_DIR"] / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(settings))
        # Each page would ask whether JupyterLab should be built anew, for which the server starts Node twice.
        page = {"buildAvailable": False, "buildCheck": False}
        if self._labextension:
            # An editable install has the one of its day of installation; this path comes before the environment's.
            shutil.copytree(LABEXTENSION, self._home / "jupyter" / "labextensions" / "tbnotebook")
        else:
            page["disabledExtensions"] = {"tbnotebook": True}
        page_config = folders["JUPYTER_CONFIG_DIR"] / "labconfig" / "page_config.json"
        page_config.parent.mkdir()
        page_config.write_text(json.dumps(page))
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
        data = os.pathsep.join(filter(None, [str(self._home / "jupyter"), os.environ.get("JUPYTER_PATH")]))
        own = {name: str(folder) for name, folder in folders.items()}
        return {**os.environ, "PATH": path, "JUPYTER_PATH": data, **own}

    def _await_start(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                self.api("status")
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError(f"{self.tree} did not start; it said:\n{self.log_text()[-3000:]}")


def _arguments(application: Application, port: int) -> list[str]:
    return [
        "-m",
        application.module,
        "--no-browser",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
        "--ServerApp.password=",
        "--ServerApp.disable_check_xsrf=True",  # Lab.api has no cookie
        f"--{application.config}.expose_app_in_browser=True",
        "--LabApp.extension_manager=readonly",
        *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
    ]


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Ask a process group to end, then make it: kernels outlive a server that was killed."""
    for ask in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, ask)
        except ProcessLookupError:
            break
        try:
            process.wait(END_TIMEOUT)
        except subprocess.TimeoutExpired:
            continue
