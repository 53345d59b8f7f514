"""What is installed: the wheel and the sdist carry the bundle, and a writer loads no more than it needs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CARRIED = {f"tbnotebook/static/{name}" for name in ("tbnotebook.js.gz", "loader.js", "asset.js")}


LABEXTENSION = "share/jupyter/labextensions/tbnotebook"


def build(kind: str, source: Path, out: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", str(out), str(source)]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=False)


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sdist")
    ran = build("sdist", ROOT, out)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    (archive,) = out.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(out, filter="data")
    return next(path for path in out.iterdir() if path.is_dir())


def test_the_sdist_carries_the_bundle_and_its_sources(sdist: Path) -> None:
    names = {path.relative_to(sdist).as_posix() for path in sdist.rglob("*") if path.is_file()}
    assert names >= CARRIED | {
        "js/build.mjs",
        "js/package-lock.json",
        "js/src/ui/mount.tsx",
        "js/src/entry/labextension.ts",
        "tests/conftest.py",
    }
    assert not any("node_modules" in name for name in names)


def test_a_wheel_from_the_sdist_needs_no_npm_and_carries_the_bundle(sdist: Path, tmp_path: Path) -> None:
    ran = build("wheel", sdist, tmp_path, PATH=str(Path(sys.executable).parent))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert names >= CARRIED | {"tbnotebook/py.typed"}
    assert not any(name.startswith("tbnotebook/labextension/") for name in names), "the labextension is carried twice"
    assert any(name.endswith("licenses/THIRD_PARTY_NOTICES") for name in names)


def test_the_wheel_carries_the_labextension_where_jupyter_looks_for_it(sdist: Path, tmp_path: Path) -> None:
    ran = build("wheel", sdist, tmp_path, PATH=str(Path(sys.executable).parent))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    with zipfile.ZipFile(*tmp_path.glob("*.whl")) as wheel:
        (manifest,) = (name for name in wheel.namelist() if name.endswith(f"{LABEXTENSION}/package.json"))
        entry = json.loads(wheel.read(manifest))["jupyterlab"]["_build"]["load"]
        code = wheel.read(manifest.replace("package.json", entry)).decode()
        (bundle,) = (
            name for name in wheel.namelist() if re.search(rf"{LABEXTENSION}/static/tbnotebook\.\w+\.js$", name)
        )
    assert Path(bundle).name in code, "the entry names another bundle"


def test_without_npm_and_bundle_the_error_says_what_to_install(sdist: Path, tmp_path: Path) -> None:
    source = shutil.copytree(sdist, tmp_path / "source")
    (source / "tbnotebook/static/tbnotebook.js.gz").unlink()
    ran = build("wheel", source, tmp_path, PATH=str(Path(sys.executable).parent))
    assert ran.returncode != 0
    assert "needs npm, and there is none on PATH. Install Node.js 20" in ran.stdout + ran.stderr


def test_a_writer_on_a_cluster_node_loads_no_widget_and_no_torch(tmp_path: Path) -> None:
    code = (
        "import sys, tbnotebook\n"
        f"writer = tbnotebook.SummaryWriter({str(tmp_path)!r}); writer.add_scalar('a', 1.0, 0); writer.close()\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'ipywidgets', 'plotly', 'PIL', 'torch', 'IPython'}))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_an_unknown_name_of_the_package_lists_those_that_there_are() -> None:
    import tbnotebook

    with pytest.raises(AttributeError, match="it has FileWriter, GlobalSummaryWriter, LogDir, SummaryWriter"):
        _ = tbnotebook.Summarywriter
