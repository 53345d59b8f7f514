"""The built JavaScript, as it lies in the package."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Bundle:
    """What a page needs to draw.

    Attributes
    ----------
    gzip : bytes
        The whole user interface, one ES module, compressed.
    hash : str
        Names the bundle's content: a page that has it cached under this name need not be sent it.
    loader : str
        The module of a view: waits for the bundle, then mounts.
    asset : str
        The module of the model that brings the bundle, one a kernel.
    """

    gzip: bytes
    hash: str
    loader: str
    asset: str

    @property
    def whole(self) -> str:
        """The loader with the bundle in it, for a host where it can neither be pushed nor asked for."""
        packed = base64.b64encode(self.gzip).decode()
        return f'{self.loader}\n(globalThis.__tbnotebookPacked ??= new Map()).set("{self.hash}", "{packed}");\n'


@cache
def bundle() -> Bundle:
    """Read the bundle once.

    Raises
    ------
    RuntimeError
        If it has not been built, as in a checkout that was not installed.
    """
    static = files("tbnotebook") / "static"
    try:
        packed = (static / "tbnotebook.js.gz").read_bytes()
        loader, asset = ((static / name).read_text("utf-8") for name in ("loader.js", "asset.js"))
    except FileNotFoundError as error:
        raise RuntimeError(
            f"tbnotebook: the JavaScript bundle is missing ({error.filename}). "
            "In a checkout, build it with `make bundle` or `pip install -e .`; a wheel carries it."
        ) from error
    return Bundle(packed, hashlib.sha256(packed).hexdigest()[:16], loader, asset)
