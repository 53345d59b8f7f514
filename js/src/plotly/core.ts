/**
 * Plotly with scatter, without the components that no chart of ours has (sliders, menus, range selectors, images,
 * 3-D annotations, error bars): what `plotly.js/lib/core` does, less a tenth of the bundle. It reaches into
 * plotly.js' sources, whose version is therefore exact.
 */
import "plotly.js/build/plotcss";
import plotApi from "plotly.js/src/plot_api";
import colorbar from "plotly.js/src/components/colorbar";
import colorscale from "plotly.js/src/components/colorscale";
import fx from "plotly.js/src/components/fx";
import grid from "plotly.js/src/components/grid";
import legend from "plotly.js/src/components/legend";
import modebar from "plotly.js/src/components/modebar";
import selections from "plotly.js/src/components/selections";
import shapes from "plotly.js/src/components/shapes";
import english from "plotly.js/src/locale-en";
import american from "plotly.js/src/locale-en-us";
import registry from "plotly.js/src/registry";
import scatter from "plotly.js/src/traces/scatter";

for (const [name, fn] of Object.entries<unknown>({ ...plotApi })) registry.register({ moduleType: "apiMethod", name, fn });
registry.register(scatter);
registry.register([selections, shapes, grid, colorscale, colorbar, legend, fx, modebar]);
registry.register([english, american]);

export const { newPlot, relayout, purge, toImage } = plotApi;
