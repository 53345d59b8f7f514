/**
 * What a page says to a kernel that runs a cell: over the control channel, which ipykernel serves in a thread of its own.
 *
 * Comm messages wait on the shell channel until the cell ends. The word travels in a request that every kernel knows and
 * whose busy and idle no front end takes note of; a kernel in which nobody listens for it answers the request as usual.
 */
import type { Question } from "../wire/frame";
import type { WidgetModel } from "./model";

const FIELD = "tbnotebook";

interface Reply {
  readonly content: Readonly<Record<string, unknown>>;
}

/** The part of JupyterLab's kernel connection that is used here (read from JupyterLab 4.6). */
interface ControlledKernel {
  readonly clientId: string;
  readonly username: string;
  sendControlMessage?(message: unknown, expectReply: boolean): { onReply: (reply: Reply) => void; readonly done: Promise<unknown> };
}

export class Control {
  readonly #kernel: ControlledKernel | null;
  readonly #view: string;
  /** Whether the kernel has said that it hears this way; null until it has answered. */
  #heard: boolean | null = null;

  constructor(model: WidgetModel, view: string) {
    this.#kernel = ((model.widget_manager ?? {}) as { kernel?: ControlledKernel | null }).kernel ?? null;
    this.#view = view;
  }

  /** The kernel has said that it hears this way. */
  get heard(): boolean {
    return this.#heard === true;
  }

  /** Say something; false where it is not known that the kernel hears it this way. What may come twice tries it. */
  say(word: Question): boolean {
    if (this.#kernel?.sendControlMessage === undefined || this.#heard === false) return false;
    if (this.#heard === null && word.type !== "got") return false;
    try {
      const future = this.#kernel.sendControlMessage(this.#request(this.#kernel, word), true);
      future.onReply = ({ content }) => (this.#heard = content[FIELD] === true);
      future.done.catch(() => undefined); // the kernel went before it answered: others tell
    } catch {
      return false;
    }
    return this.heard;
  }

  #request({ clientId, username }: ControlledKernel, word: Question): object {
    const header = {
      date: new Date().toISOString(),
      msg_id: crypto.getRandomValues(new Uint32Array(4)).join("-"), // randomUUID is not there on plain http
      msg_type: "comm_info_request",
      session: clientId,
      username,
      version: "5.2",
    };
    const content = { target_name: FIELD, [FIELD]: { view: this.#view, word } };
    return { channel: "control", header, parent_header: {}, metadata: {}, content, buffers: [] };
  }
}
