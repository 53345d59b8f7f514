/**
 * The labextension: draws the snapshots that are saved in a notebook, and follows what its kernel says of them.
 *
 * It is a module-federation container written by hand. It shares two modules with JupyterLab, and what a container has to
 * answer is two functions: less to read and to build than a second bundler.
 */
import { SNAPSHOT_MIME } from "../wire/snapshot";
import type { MountSaved } from "./bundle";
import { nameExportEntry } from "./export-entry";
import type { Container, Disposable, Lumino, MimeExtension, NotebookPanel, Plugin, ShareScope } from "./jupyter";
import { KernelFeed } from "./kernel-feed";
import { OutputKeeper } from "./output-keeper";
import type { Channel } from "./saved";
import { SavedOutput, type Surroundings } from "./saved-output";
import { tenureOf } from "./tenure";

declare const BUNDLE_FILE: string;

const page = globalThis as { _JUPYTERLAB?: Record<string, Container> };
const here = (document.currentScript as HTMLScriptElement).src;

/** The notebooks that are open in this page, and what their kernels say. */
const feeds = new Map<NotebookPanel, KernelFeed>();

let bundle: Promise<{ mountSaved: MountSaved }> | undefined;

const surroundings: Surroundings = {
  bundle: () => (bundle ??= import(new URL(BUNDLE_FILE, here).href) as Promise<{ mountSaved: MountSaved }>),
  channel(node, view): Channel | null {
    for (const [panel, feed] of feeds) if (panel.node.contains(node)) return feed.channel(view);
    return null;
  },
};

function mimeExtension({ Widget }: Lumino): MimeExtension {
  return {
    id: "tbnotebook:saved",
    rank: 0,
    dataType: "json",
    rendererFactory: {
      safe: true,
      mimeTypes: [SNAPSHOT_MIME],
      createRenderer() {
        const output = new SavedOutput(document, surroundings);
        const widget = new Widget({ node: output.node });
        widget.disposed.connect(() => output.close());
        return Object.assign(widget, { renderModel: (model: { data: Record<string, unknown> }) => output.show(model) });
      },
    },
  };
}

function plugin(mainMenu: unknown): Plugin {
  return {
    id: "tbnotebook:notebooks",
    autoStart: true,
    optional: [mainMenu],
    activate(app, menu) {
      app.docRegistry.addWidgetExtension("Notebook", {
        createNew(panel) {
          if (menu !== null) void nameExportEntry(app, menu);
          return follow(panel);
        },
      });
    },
  };
}

/** Follow the kernel of a notebook until it is closed. */
function follow(panel: NotebookPanel): Disposable {
  const ended = new AbortController();
  const feed = new KernelFeed(panel.sessionContext);
  const keeper = new OutputKeeper(panel, feed, tenureOf(panel.context.path, ended.signal));
  feeds.set(panel, feed);
  return {
    get isDisposed() {
      return ended.signal.aborted;
    },
    dispose() {
      ended.abort();
      keeper.close();
      feed.close();
      feeds.delete(panel);
    },
  };
}

let scope: ShareScope = {};

/** A module that JupyterLab shares; of each there is one version. */
async function shared<T>(name: string): Promise<T> {
  const factory = await Object.values(scope[name] ?? {})[0]?.get();
  if (factory === undefined) throw new Error(`tbnotebook: this page shares no ${name}; JupyterLab 4 does`);
  return factory() as T;
}

const modules: Record<string, () => Promise<unknown>> = {
  "./mimeExtension": async () => mimeExtension(await shared<Lumino>("@lumino/widgets")),
  "./extension": async () => plugin((await shared<{ IMainMenu: unknown }>("@jupyterlab/mainmenu")).IMainMenu),
};

(page._JUPYTERLAB ??= {}).tbnotebook = {
  init(given) {
    scope = given;
  },
  async get(name) {
    const make = modules[name];
    if (make === undefined) throw new Error(`tbnotebook has no module ${name}; it has ${Object.keys(modules).join(" and ")}`);
    const made = { __esModule: true, default: await make() };
    return () => made;
  },
};
