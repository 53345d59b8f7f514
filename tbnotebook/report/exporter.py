"""The nbconvert exporter `tbnotebook`: one HTML file, offline, its views alive."""

from __future__ import annotations

import re
import secrets
from html import escape
from typing import Any

from nbconvert.exporters.html import HTMLExporter
from traitlets import default
from traitlets.config import Config

from tbnotebook.report.figure import figure_html, saved_at
from tbnotebook.report.inert import make_inert
from tbnotebook.report.outputs import STATIC, settle_outputs
from tbnotebook.report.page import page_html
from tbnotebook.wire import MIME


class ReportExporter(HTMLExporter):
    """Exports a notebook as an article whose tbnotebook views can be used without a kernel or a network.

    nbconvert's own options work (`--no-input`, tags to remove, `--TemplateExporter.exclude_output`).
    Its templates do not: cells are rendered by its plain `basic` one, the page around them is ours.
    """

    export_from_notebook = "Report (tbnotebook)"

    @default("template_name")
    def _plain_template(self) -> str:
        return "basic"

    @property
    def default_config(self) -> Config:
        """Prompts are left out, pictures of Markdown cells taken in; nothing comes from an address."""
        config = Config(
            {
                "NbConvertBase": {"display_data_priority": list(STATIC)},
                "TemplateExporter": {"exclude_input_prompt": True, "exclude_output_prompt": True},
                "HTMLExporter": {
                    "embed_images": True,
                    "require_js_url": "",
                    "mathjax_url": "",
                    "jquery_url": "",
                    "jupyter_widgets_base_url": "",
                },
            }
        )
        inherited = Config(super().default_config)
        inherited.merge(config)
        return inherited

    def from_notebook_node(  # type: ignore[override]  # as nbconvert's own exporters: text, not a notebook
        self, nb: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert a notebook.

        Raises
        ------
        RuntimeError
            If it has views and the JavaScript bundle has not been built.
        """
        figures: list[dict[str, Any]] = []
        token = f"tbn-figure-{secrets.token_hex(8)}"  # nothing in the notebook can pass itself off as a figure

        def settle(settled: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
            figures[:] = settle_outputs(settled, token)
            return settled, resources

        inherited = list(self._preprocessors)
        # The last one: after those that remove cells by their tags.
        self.register_preprocessor(settle, enabled=True)  # type: ignore[no-untyped-call]
        try:
            body, resources = super().from_notebook_node(nb, resources, **kw)
        finally:
            self._preprocessors = inherited
        body = make_inert(body)
        for number, data in enumerate(figures):
            body = body.replace(f'<div id="{token}-{number}"></div>', figure_html(data, number + 1))
        name = str(resources.get("metadata", {}).get("name") or "")
        title = str(nb.metadata.get("title") or _first_heading(nb) or name or "Report")
        return page_html(title, body, _byline(figures, name)), resources


def _first_heading(nb: Any) -> str:
    for cell in nb.cells:
        if cell.cell_type == "markdown" and (found := re.search(r"^#\s+(.+?)\s*#*\s*$", cell.source, re.MULTILINE)):
            return str(found[1])
    return ""


def _byline(figures: list[dict[str, Any]], name: str) -> str:
    times = [time for data in figures if (time := saved_at(data[MIME]))]
    newest = max(times, default=None)
    parts = [f"{newest.day} {newest:%B %Y, %H:%M}"] if newest else []
    if name:
        parts.append(f"from <code>{escape(name)}.ipynb</code>")
    return " · ".join(parts)
