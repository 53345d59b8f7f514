/**
 * The part of culori that Plotly uses, for sRGB and HSL: the whole, with twenty-odd colour spaces, would be a
 * twentieth of the bundle. The build puts this module in the place of `culori`.
 */
import { modeHsl, modeLrgb, modeRgb, useMode } from "culori/fn";

useMode(modeRgb);
useMode(modeHsl);
useMode(modeLrgb);

export { converter, formatHex, formatRgb, wcagContrast, wcagLuminance } from "culori/fn";
