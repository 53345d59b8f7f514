/** The part of anywidget that we use (read from anywidget 0.11). */

/** A handle of a widget's model; its listeners go when the view or the model that it was made for goes. */
export interface WidgetModel {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  send(content: unknown): void;
  on(event: "msg:custom", listener: (content: unknown, buffers: DataView[]) => void): void;
  on(event: string, listener: () => void): void;
  /** The host's; JupyterLab's knows its kernel. */
  readonly widget_manager?: unknown;
}

/**
 * The messages of one model. The loader listens from the first moment and keeps what comes until the bundle is
 * there and takes over.
 */
export interface Queue {
  readonly model: WidgetModel;
  readonly items: [content: unknown, buffers: DataView[]][];
  take: ((content: unknown, buffers: DataView[]) => void) | null;
  /** The comm has gone and nothing has come since: known before there is a view to tell it. */
  closed: boolean;
}
