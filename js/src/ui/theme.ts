/** Light or dark, as the host is. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { CanvasLook } from "../panels/state";
import type { Theme } from "./tokens";

/** The host's theme: JupyterLab, VS Code and marimo say it on the body, Colab on the root; elsewhere the reader's preference counts. */
export function hostTheme(page: Document): Theme {
  const { jpThemeLight, vscodeThemeKind } = page.body.dataset;
  if (jpThemeLight !== undefined) return jpThemeLight === "false" ? "dark" : "light";
  if (vscodeThemeKind !== undefined) return /dark|high-contrast$/.test(vscodeThemeKind) ? "dark" : "light";
  const named = page.documentElement.getAttribute("theme") ?? page.body.dataset.theme;
  if (named === "dark" || named === "light") return named;
  return page.defaultView?.matchMedia("(prefers-color-scheme: dark)").matches === true ? "dark" : "light";
}

/** Follow the host's theme until `signal` aborts. */
export function followTheme(page: Document, abort: AbortSignal): ReadonlySignal<Theme> {
  const theme = signal(hostTheme(page));
  const update = () => (theme.value = hostTheme(page));
  const observer = new MutationObserver(update);
  observer.observe(page.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-vscode-theme-kind", "data-theme"] });
  observer.observe(page.documentElement, { attributes: true, attributeFilter: ["theme"] });
  page.defaultView?.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", update, { signal: abort });
  abort.addEventListener("abort", () => observer.disconnect());
  return theme;
}

/** The colours and the font of a view as a painter needs them. */
export function readLook(view: HTMLElement): CanvasLook {
  const style = getComputedStyle(view);
  const token = (name: string) => style.getPropertyValue(`--tbn-${name}`).trim();
  return {
    ground: token("ground") || "#ffffff",
    text: token("text"),
    second: token("second"),
    grid: token("grid"),
    baseline: token("baseline"),
    gone: token("gone"),
    font: style.fontFamily,
    rawAlpha: Number(token("raw")),
    olderAlpha: Number(token("older")),
  };
}
