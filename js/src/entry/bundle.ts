/** The one module of a page: what the loader and the report call. */
import { mountReport } from "./report";
import { mountWidget } from "./widget";

export { mountReport, mountWidget };
export type MountWidget = typeof mountWidget;
export type MountReport = typeof mountReport;
