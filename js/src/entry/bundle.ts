/** The one module of a page: what the loader, the report and the labextension call. */
import { mountReport } from "./report";
import { mountSaved } from "./saved";
import { mountWidget } from "./widget";

export { mountReport, mountSaved, mountWidget };
export type MountWidget = typeof mountWidget;
export type MountReport = typeof mountReport;
export type MountSaved = typeof mountSaved;
