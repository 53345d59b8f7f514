import { afterEach, describe, expect, it, vi } from "vitest";
import { hostTheme } from "../../src/ui/theme";

afterEach(() => {
  vi.restoreAllMocks();
  for (const name of ["data-jp-theme-light", "data-vscode-theme-kind", "data-theme"]) document.body.removeAttribute(name);
  document.documentElement.removeAttribute("theme");
});

function prefers(theme: "light" | "dark"): void {
  vi.spyOn(window, "matchMedia").mockImplementation((query) => ({ matches: query.includes(theme) }) as MediaQueryList);
}

describe("the host's theme", () => {
  it.each([
    ["JupyterLab", () => (document.body.dataset.jpThemeLight = "false")],
    ["VS Code", () => (document.body.dataset.vscodeThemeKind = "vscode-dark")],
    ["VS Code in high contrast", () => (document.body.dataset.vscodeThemeKind = "vscode-high-contrast")],
    ["Colab", () => document.documentElement.setAttribute("theme", "dark")],
    ["marimo", () => (document.body.dataset.theme = "dark")],
  ])("%s says dark, whatever the reader prefers", (_, say) => {
    prefers("light");
    say();
    expect(hostTheme(document)).toBe("dark");
  });

  it("a host that says light is light for a reader who prefers dark", () => {
    prefers("dark");
    document.body.dataset.vscodeThemeKind = "vscode-high-contrast-light";
    expect(hostTheme(document)).toBe("light");
  });

  it("is the reader's preference where no host says one", () => {
    prefers("dark");
    expect(hostTheme(document)).toBe("dark");
  });
});
