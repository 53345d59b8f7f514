/** A sound that is played in the page: one at a time. */
import { signal, type ReadonlySignal } from "@preact/signals";

export class Player {
  /** The one that plays. */
  static #playing: Player | null = null;
  readonly #element: HTMLAudioElement;
  readonly #url: string;
  readonly #time = signal(0);
  readonly #seconds = signal<number | null>(null);
  readonly #plays = signal(false);
  readonly #fault = signal<string | null>(null);
  #frame = 0;

  constructor(bytes: Uint8Array<ArrayBuffer>, type: string) {
    // From the page's own memory: nothing is asked for elsewhere.
    this.#url = URL.createObjectURL(new Blob([bytes], { type }));
    const element = new Audio();
    // What has read no more than the header begins again to play, at which Chromium fails where a FLAC is one frame.
    element.preload = "auto";
    element.addEventListener("loadedmetadata", () => (this.#seconds.value = Number.isFinite(element.duration) ? element.duration : null));
    element.addEventListener("error", () => {
      this.#fault.value = "this browser cannot play it";
      this.#plays.value = false;
    });
    element.addEventListener("play", () => this.#follow());
    element.addEventListener("seeked", () => (this.#time.value = element.currentTime));
    element.addEventListener("pause", () => {
      this.#plays.value = false;
      if (Player.#playing === this) Player.#playing = null;
    });
    element.src = this.#url;
    this.#element = element;
  }

  /** Seconds from the beginning. */
  get time(): ReadonlySignal<number> {
    return this.#time;
  }

  /** How long it is; null as long as that is not known. */
  get seconds(): ReadonlySignal<number | null> {
    return this.#seconds;
  }

  get plays(): ReadonlySignal<boolean> {
    return this.#plays;
  }

  /** Why it cannot be played. */
  get fault(): ReadonlySignal<string | null> {
    return this.#fault;
  }

  toggle(): void {
    if (!this.#element.paused) {
      this.#element.pause();
      return;
    }
    if (Player.#playing !== null) Player.#playing.#element.pause();
    Player.#playing = this;
    this.#element.play().catch((error: unknown) => {
      // A press on pause takes back what the press on play began.
      if (error instanceof Error && error.name !== "AbortError") this.#fault.value = `it cannot be played: ${error.message}`;
    });
  }

  seek(time: number): void {
    const to = Math.max(0, Math.min(this.#seconds.peek() ?? 0, time));
    this.#time.value = to;
    this.#element.currentTime = to;
  }

  /** Let go of the sound. */
  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#element.pause();
    this.#element.removeAttribute("src");
    this.#element.load();
    URL.revokeObjectURL(this.#url);
  }

  #follow(): void {
    this.#plays.value = true;
    const tick = () => {
      this.#time.value = this.#element.currentTime;
      if (this.#plays.peek()) this.#frame = requestAnimationFrame(tick);
    };
    tick();
  }
}
