/** The entry of our exporter under File → "Save and Export Notebook As". */
import type { Application, MainMenu } from "./jupyter";

const EXPORTER = "tbnotebook";
const LABEL = "Report (tbnotebook)";
const SUBMENU = "jp-mainmenu-file-notebookexport";
/** JupyterLab fills the submenu when the first notebook has opened and the server has told its exporters. */
const LOOK_EVERY_MS = 250;
const LOOKS = 40;

/** Give our exporter's entry its name: JupyterLab, which lists what the server has, makes "Tbnotebook" of it. */
export async function nameExportEntry(app: Application, menu: MainMenu): Promise<void> {
  const formats = await app.serviceManager.nbconvert.getExportFormats(false);
  if (formats === undefined || !(EXPORTER in formats)) return;
  for (let look = 0; look < LOOKS && !rename(menu); look++) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}

function rename(menu: MainMenu): boolean {
  const submenu = menu.fileMenu.items.find((item) => item.submenu?.id === SUBMENU)?.submenu;
  const index = submenu?.items.findIndex(({ args }) => args.format === EXPORTER) ?? -1;
  const entry = submenu?.items[index];
  if (submenu == null || entry === undefined) return false;
  const { command, args } = entry;
  submenu.removeItemAt(index);
  submenu.insertItem(index, { command, args: { ...args, label: LABEL } });
  return true;
}
