"""The browser of the tests: the Chromium that the machine has.

Run as a script (``make programs``) it installs Debian's where none is found and this may be done.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PACKAGES = ("chromium", "fonts-dejavu-core")
VIEWPORT = {"width": 1160, "height": 900}  # leaves a cell of about 900 pixels, the usual one, with the side bar folded

LAUNCH_ARGS = [
    "--disable-gpu",  # a test machine has none: drawing in software is asked for, not fallen back to after a crash
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # what a page tries to reach elsewhere is not reached
]
if hasattr(os, "geteuid") and os.geteuid() == 0:
    LAUNCH_ARGS.append("--no-sandbox")  # Chromium refuses to run as root with it


class MissingChromiumError(RuntimeError):
    """No Chromium was found."""


def chromium_path() -> str:
    """Return the browser's executable.

    Raises
    ------
    MissingChromiumError
        If there is none; the message says what to do.
    """
    chosen = os.environ.get("TBNOTEBOOK_CHROMIUM")
    if chosen:
        if not os.access(chosen, os.X_OK):
            raise MissingChromiumError(f"TBNOTEBOOK_CHROMIUM={chosen} is no program that can be run")
        return chosen
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise MissingChromiumError(
            f"no Chromium found (looked for {', '.join(NAMES)}): install one, "
            "or set TBNOTEBOOK_CHROMIUM to the path of a Chromium or Chrome"
        )
    return found


def install() -> None:
    """Install Debian's Chromium and a font, as root."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
    subprocess.run(command, check=True, env=environment)


def main() -> int:
    """Find Chromium, else install it; return a process's exit code."""
    try:
        try:
            chromium_path()
        except MissingChromiumError:
            may_install = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
            if os.environ.get("TBNOTEBOOK_CHROMIUM") or not may_install:
                raise
            install()
            chromium_path()
    except (MissingChromiumError, subprocess.CalledProcessError) as error:
        print(f"The browser tests need Chromium: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
