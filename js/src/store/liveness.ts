/** How old what a view shows is, on the browser's own clock. */
import { signal, type Signal } from "@preact/signals";
import { now } from "./now";

/** Each message tells when the next is due: the kernel is silent once this many times that has passed. */
const PATIENCE = 2.5;
/** Seconds between two messages of a kernel that does not tell. */
const USUAL_PACE = 2;

export class Liveness {
  /** When the state that is shown was saved; null in a live view, and once a saved one shows the kernel's data. */
  readonly saved: Signal<{ created: string } | null>;
  /** The comm is closed or the kernel is dead. */
  readonly closed = signal(false);
  /** The view was closed in Python. */
  readonly ended = signal(false);
  /** Wall time of the newest event, on the writer's clock. */
  readonly lastPoint = signal<number | null>(null);
  /** When the last message came (ms of `now`), the kernel's wall clock in it, and what it says of the next (seconds). */
  readonly heard = signal<{ at: number; kernel: number; next: number } | null>(null);
  /** When the kernel last looked at the folder (ms of `now`). */
  readonly looked = signal<number | null>(null);

  constructor(saved: { created: string } | null) {
    this.saved = signal(saved);
  }

  /** Take a message's times; a frame is made just after a look. */
  hear(message: { now: number; next?: number; looked?: number }): void {
    const at = now();
    this.heard.value = { at, kernel: message.now, next: message.next ?? USUAL_PACE };
    this.looked.value = at - (message.looked ?? 0) * 1000;
    this.closed.value = false;
    this.ended.value = false;
  }

  /** Whether a kernel may still send something: none has gone, and this is no saved state alone. */
  get mayCome(): boolean {
    return this.saved.value === null && !this.closed.value && !this.ended.value;
  }

  bye(): void {
    this.ended.value = true;
  }

  /** Seconds since the kernel was last heard; null before. */
  heardAge(at: number): number | null {
    const heard = this.heard.value;
    return heard === null ? null : Math.max(0, (at - heard.at) / 1000);
  }

  /** Seconds since the folder was last looked at; null before. */
  lookAge(at: number): number | null {
    return this.looked.value === null ? null : Math.max(0, (at - this.looked.value) / 1000);
  }

  /** Whether a message is overdue. */
  silent(at: number): boolean {
    const heard = this.heard.value;
    return heard !== null && at - heard.at > PATIENCE * heard.next * 1000;
  }

  /**
   * Seconds since the newest event was written; null where there is none.
   *
   * The kernel's clock at the last message is what the event's time is compared with: the clock of this machine
   * may be another.
   */
  pointAge(at: number): number | null {
    const heard = this.heard.value;
    const last = this.lastPoint.value;
    if (heard === null || last === null) return null;
    return Math.max(0, heard.kernel - last) + Math.max(0, (at - heard.at) / 1000);
  }
}
