/** The part of JupyterLab 4 that the labextension uses (read from JupyterLab 4.6). */

/** `@lumino/widgets`, as JupyterLab shares it. */
export interface Lumino {
  Widget: new (options: { node: HTMLElement }) => LuminoWidget;
}

interface LuminoWidget {
  readonly disposed: { connect(slot: () => void): boolean };
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

/** Module federation's shared modules: name → version → how to get it. */
export type ShareScope = Record<string, Record<string, { get(): Factory | Promise<Factory> }> | undefined>;

export type Factory = () => unknown;

/** One federated extension, as JupyterLab's page loads it. */
export interface Container {
  init(scope: ShareScope): Promise<void>;
  get(module: string): Promise<Factory>;
}
