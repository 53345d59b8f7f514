/**
 * The labextension: draws the snapshots that are saved in a notebook.
 *
 * It is a module-federation container written by hand. The one module that it shares with JupyterLab is Lumino, and
 * what a container has to answer is two functions: less to read and to build than a second bundler.
 */
import { SNAPSHOT_MIME } from "../wire/snapshot";
import type { MountSaved } from "./bundle";
import type { Container, Factory, Lumino, MimeExtension } from "./jupyter";
import { SavedOutput } from "./saved-output";

declare const BUNDLE_FILE: string;

const page = globalThis as { _JUPYTERLAB?: Record<string, Container> };
const here = (document.currentScript as HTMLScriptElement).src;

let bundle: Promise<{ mountSaved: MountSaved }> | undefined;

function bringBundle(): Promise<{ mountSaved: MountSaved }> {
  return (bundle ??= import(new URL(BUNDLE_FILE, here).href) as Promise<{ mountSaved: MountSaved }>);
}

function mimeExtension({ Widget }: Lumino): MimeExtension {
  return {
    id: "tbnotebook:saved",
    rank: 0,
    dataType: "json",
    rendererFactory: {
      safe: true,
      mimeTypes: [SNAPSHOT_MIME],
      createRenderer() {
        const output = new SavedOutput(document, bringBundle);
        const widget = new Widget({ node: output.node });
        widget.disposed.connect(() => output.close());
        return Object.assign(widget, { renderModel: (model: { data: Record<string, unknown> }) => output.show(model) });
      },
    },
  };
}

let lumino: Factory | undefined;

(page._JUPYTERLAB ??= {}).tbnotebook = {
  async init(scope) {
    // JupyterLab shares one version of Lumino.
    lumino = await Object.values(scope["@lumino/widgets"] ?? {})[0]?.get();
  },
  get(module) {
    if (module !== "./mimeExtension") return Promise.reject(new Error(`tbnotebook has no module ${module}; it has ./mimeExtension`));
    if (lumino === undefined) return Promise.reject(new Error("tbnotebook: this page shares no @lumino/widgets; JupyterLab 4 does"));
    const extension = { __esModule: true, default: mimeExtension(lumino() as Lumino) };
    return Promise.resolve(() => extension);
  },
};
