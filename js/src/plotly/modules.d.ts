/** The few shapes of plotly.js 4.1.1 and culori 4 that we use; neither carries types of its own sources. */

declare module "plotly.js/build/plotcss" {}

declare module "plotly.js/src/plot_api" {
  const api: import("./types").PlotApi;
  export default api;
}

declare module "plotly.js/src/registry" {
  const registry: { register(modules: unknown): void };
  export default registry;
}

declare module "plotly.js/src/*" {
  const module: unknown;
  export default module;
}

declare module "culori/fn" {
  export const modeHsl: unknown;
  export const modeLrgb: unknown;
  export const modeRgb: unknown;
  export const converter: unknown;
  export const formatHex: unknown;
  export const formatRgb: unknown;
  export const wcagContrast: unknown;
  export const wcagLuminance: unknown;
  export function useMode(mode: unknown): void;
}
