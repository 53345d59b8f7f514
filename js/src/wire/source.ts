/** What a view draws from: a live widget, a saved snapshot, or a test. */
import type { Message, Question } from "./frame";
import type { Options } from "./options";

export type MessageListener = (message: Message, buffer: ArrayBuffer | null) => void;

export interface Source {
  /** Identity of the view: the same in the live widget and in its saved picture. */
  readonly id: string;
  /** A saved source sends one key frame, and nothing after it. */
  readonly saved: { created: string } | null;
  /** Hear all messages, those that came before the call first; returns the way out. */
  subscribe(listener: MessageListener): () => void;
  /** The options as they were when the source was made. */
  readonly options: Options;
  /** Hear what others (Python, another tab) change. */
  onOptions(listener: (changed: Partial<Options>) => void): () => void;
  /** Keep what was changed here; may be dropped where nothing keeps options. */
  saveOptions(changed: Partial<Options>): void;
  /** The kernel hears what is asked also while it runs a cell. */
  readonly heardWhileBusy: boolean;
  /** Ask the kernel; it may never answer. */
  ask(question: Question): void;
  /** Hear that the other end went away (true) or came back (false). */
  onClosed(listener: (closed: boolean) => void): () => void;
}
