"""A JupyterLab of an environment of its own; its kernel is of the project's, as on many a server."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from jupyter_core.paths import jupyter_path

from tests.browser.lab import Lab
from tests.overlays import environment

CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"


class OtherLab(Lab):
    """A JupyterLab that was installed alone.

    Which parts of ours and of the widgets' its page has is what the server finds on its data path. They are laid there
    one by one, so that one environment, kept from run to run, can lack any of them.

    Parameters
    ----------
    *labextensions : str
        The names of those that it has.
    """

    def __init__(self, *labextensions: str) -> None:
        self._python = environment("lab-alone", ["-c", str(CONSTRAINTS), "jupyterlab"])
        self._labextensions = labextensions
        super().__init__()

    def install(self, *labextensions: str) -> None:
        """Add labextensions; a page that is loaded anew has them."""
        for name in labextensions:
            shutil.copytree(_labextension(name), self._data / "labextensions" / name, dirs_exist_ok=True)

    @property
    def _data(self) -> Path:
        return self._home / "data"

    def _environment(self) -> dict[str, str]:
        kernel = self._data / "kernels" / "python3" / "kernel.json"
        kernel.parent.mkdir(parents=True)
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        kernel.write_text(json.dumps({"argv": command, "display_name": "Python 3", "language": "python"}))
        self.install(*self._labextensions)
        # Nothing of the project's environment but its kernel is on the server's paths.
        inherited = super()._environment()
        return {**inherited, "JUPYTER_PATH": str(self._data), "JUPYTER_CONFIG_PATH": ""}


def _labextension(name: str) -> Path:
    """Return where the project's environment has a labextension."""
    return next(path for folder in jupyter_path("labextensions") if (path := Path(folder, name)).is_dir())
