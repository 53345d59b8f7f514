"""The panels of a view."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def open_panel(page: Page, view: Locator, panel: str) -> None:
    """Open a panel by its tab, or by the menu of those that have no room."""
    expect(view.locator(".tbn-tab").first).to_be_visible(timeout=20_000)
    tab = view.locator(f".tbn-tab[data-panel={panel}]")
    if tab.count() == 0:
        view.get_by_role("button", name="More panels").click()
        tab = page.locator(f"[role^=menuitem] [data-panel={panel}]")
    tab.click()
    expect(view.locator(f".tbn-tab[data-panel={panel}]")).to_have_attribute("aria-selected", "true")
