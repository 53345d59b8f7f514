"""Build hook: the JavaScript bundle is built before the Python package is put together."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OUTPUTS = tuple(f"static/{name}" for name in ("tbnotebook.js.gz", "loader.js", "asset.js", "sources.sha256"))
OUTPUTS += ("labextension/package.json",)


def sources_hash(js: Path) -> str:
    """Hash of all that the bundle is made of (mtimes lie after a clone or an unpacked sdist)."""
    digest = hashlib.sha256()
    recipe = ("build.mjs", "notices.mjs", "package.json", "package-lock.json")
    for file in [*sorted((js / "src").rglob("*")), *(js / name for name in recipe)]:
        if file.is_file():
            digest.update(file.relative_to(js).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def npm_command() -> list[str]:
    """The machine's npm, else a clear error."""
    if npm := shutil.which("npm"):
        return [npm]
    raise RuntimeError(
        "tbnotebook: building the JavaScript bundle needs npm, and there is none on PATH. Install Node.js 20 or newer, "
        "or run `make`, which brings Node from PyPI, or install tbnotebook from a wheel, which carries the bundle."
    )


def build_bundle(root: Path) -> bool:
    """Build bundle and labextension into the package unless what lies there was made of the same sources.

    Returns
    -------
    bool
        True if something was built.
    """
    js, package = root / "js", root / "tbnotebook"
    want = sources_hash(js)
    stamp = package / "static" / "sources.sha256"
    if all((package / name).is_file() for name in OUTPUTS) and stamp.read_text().strip() == want:
        return False
    npm = npm_command()
    if not (js / "node_modules" / ".package-lock.json").is_file():
        subprocess.run([*npm, "ci", "--no-audit", "--no-fund"], cwd=js, check=True)
    subprocess.run([*npm, "run", "--silent", "build"], cwd=js, check=True)
    stamp.write_text(want + "\n")
    return True


class BundleHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build_bundle(Path(self.root))


if __name__ == "__main__":
    print("built" if build_bundle(Path(__file__).parent.parent) else "up to date")
