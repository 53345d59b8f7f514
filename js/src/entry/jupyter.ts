/** The part of JupyterLab 4 and Notebook 7 that the labextension uses (read from JupyterLab 4.6). */

/** Lumino's signals. */
export interface Signal<Sender, Args> {
  connect(slot: (sender: Sender, args: Args) => void): boolean;
  disconnect(slot: (sender: Sender, args: Args) => void): boolean;
}

/** `@lumino/widgets`, as JupyterLab shares it. */
export interface Lumino {
  Widget: new (options: { node: HTMLElement }) => LuminoWidget;
}

interface LuminoWidget {
  readonly disposed: Signal<unknown, unknown>;
}

/** The mime types of one output. */
export interface MimeModel {
  readonly data: Readonly<Record<string, unknown>>;
}

/** What JupyterLab asks of a mime extension (`IRenderMime.IExtension`). */
export interface MimeExtension {
  readonly id: string;
  readonly rank: number;
  readonly dataType: "json";
  readonly rendererFactory: {
    /** Whether an untrusted notebook may be drawn by it. */
    readonly safe: boolean;
    readonly mimeTypes: readonly string[];
    createRenderer(): LuminoWidget & { renderModel(model: MimeModel): Promise<void> };
  };
}

/** What JupyterLab asks of a plugin; `optional` services come behind the application, null where there is none. */
export interface Plugin {
  readonly id: string;
  readonly autoStart: true;
  readonly optional: readonly unknown[];
  activate(app: Application, menu: MainMenu | null): void;
}

export interface Application {
  readonly docRegistry: {
    /** Called with each notebook that is opened; what it returns is disposed of with the notebook. */
    addWidgetExtension(factory: "Notebook", extension: { createNew(panel: NotebookPanel): Disposable }): void;
  };
  readonly serviceManager: { readonly nbconvert: { getExportFormats(force: boolean): Promise<Record<string, unknown> | undefined> } };
}

export interface Disposable {
  readonly isDisposed: boolean;
  dispose(): void;
}

/** `IMainMenu`: `optional` asks for it by the token of this name in `@jupyterlab/mainmenu`. */
export interface MainMenu {
  readonly fileMenu: { readonly items: readonly MenuItem[] };
}

export interface MenuItem {
  readonly type: string;
  readonly command: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly submenu: Menu | null;
}

export interface Menu {
  readonly id: string;
  readonly items: readonly MenuItem[];
  insertItem(index: number, options: { command: string; args: Record<string, unknown> }): void;
  removeItemAt(index: number): void;
}

export interface NotebookPanel {
  readonly node: HTMLElement;
  readonly content: { readonly model: NotebookModel | null };
  readonly context: { readonly path: string };
  readonly sessionContext: SessionContext;
}

export interface NotebookModel {
  readonly cells: Iterable<CellModel>;
  /** There is something to save. */
  dirty: boolean;
}

export interface CellModel {
  readonly id: string;
  /** Code cells have outputs. */
  readonly outputs?: OutputList;
}

export interface OutputList {
  readonly length: number;
  get(index: number): { readonly data: Readonly<Record<string, unknown>>; readonly metadata: Readonly<Record<string, unknown>> };
  set(index: number, output: Output): void;
  add(output: Output): number;
}

/** An output as the notebook's file holds it. */
export interface Output {
  output_type: "display_data";
  data: Readonly<Record<string, unknown>>;
  metadata: Readonly<Record<string, unknown>>;
}

export interface SessionContext {
  readonly session: { readonly kernel: Kernel | null } | null;
  readonly kernelChanged: Signal<unknown, { oldValue: Kernel | null; newValue: Kernel | null }>;
  readonly statusChanged: Signal<unknown, string>;
}

export interface Kernel {
  readonly id: string;
  readonly anyMessage: Signal<Kernel, { direction: "send" | "recv"; msg: KernelMessage }>;
}

/** A message of the kernel's protocol. */
export interface KernelMessage {
  readonly channel: string;
  readonly header: { readonly msg_type: string };
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly content: Readonly<Record<string, unknown>>;
  readonly buffers?: readonly (ArrayBuffer | DataView)[];
}

/** Module federation's shared modules: name → version → how to get it. */
export type ShareScope = Record<string, Record<string, { get(): Factory | Promise<Factory> }> | undefined>;

export type Factory = () => unknown;

/** One federated extension, as JupyterLab's page loads it. */
export interface Container {
  init(scope: ShareScope): void | Promise<void>;
  get(module: string): Promise<Factory>;
}
