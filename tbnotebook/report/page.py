"""The HTML file: one document that asks nobody for anything, and whose policy would not let it."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files

from tbnotebook.wire import MIME


def page_html(title: str, body: str, byline: str = "") -> str:
    """The whole file.

    Parameters
    ----------
    title : str
        Text of the title; also the heading, if `body` has none of first rank.
    body : str
        HTML, already inert; figures as `figure_html` makes them.
    byline : str
        HTML of the line under the heading.

    Raises
    ------
    RuntimeError
        If `body` has a figure and the JavaScript bundle has not been built.
    """
    has_figures = f'<script type="{MIME}">' in body
    boot = _resource("boot.js")
    scripts = f'<script type="text/plain" id="tbn-bundle">{_bundle()}</script>\n' if has_figures else ""
    scripts += f'<script type="module">{boot}</script>\n' if has_figures else ""
    return (
        "<!DOCTYPE html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(boot if has_figures else None)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n"
        f"<style>\n{_resource('page.css')}</style>\n</head>\n"
        f"<body>\n<main>\n{_with_heading(title, body, byline)}\n</main>\n{scripts}</body>\n</html>\n"
    )


def policy(boot: str | None) -> str:
    """The content security policy: nothing from elsewhere, no script but `boot` and what it unpacks."""
    if boot is None:
        scripts = "script-src 'none'"
    else:
        digest = base64.b64encode(hashlib.sha256(boot.encode()).digest()).decode()
        scripts = f"script-src 'sha256-{digest}' blob:; worker-src blob:"
    return (
        f"default-src 'none'; {scripts}; style-src 'unsafe-inline'; img-src data: blob:; media-src blob:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def _with_heading(title: str, body: str, byline: str) -> str:
    line = f'\n<p class="tbn-byline">{byline}</p>' if byline else ""
    heading, end, rest = body.partition("</h1>")
    if end:
        return heading + end + line + rest
    return f"<h1>{escape(title)}</h1>{line}\n{body}"


def _resource(name: str) -> str:
    return (files("tbnotebook.report") / name).read_text("utf-8")


def _bundle() -> str:
    packed = files("tbnotebook") / "static" / "tbnotebook.js.gz"
    try:
        return base64.b64encode(packed.read_bytes()).decode()
    except FileNotFoundError as error:
        raise RuntimeError(
            "the JavaScript bundle tbnotebook/static/tbnotebook.js.gz is missing. "
            "In a checkout, build it with `make bundle` or `pip install -e .`; a wheel carries it."
        ) from error
